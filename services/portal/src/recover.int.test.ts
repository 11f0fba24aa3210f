import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { recoverAtRunning } from './recover.ts';

const servers: Server[] = [];
async function runs(listener: RequestListener): Promise<{ url: string; token: string }> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 'x' };
}
const end = async (server: Server) => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
};
afterEach(async () => void (await Promise.all(servers.splice(0).map(end))));

test('a portal that runs and hangs is told of; the command does not wait for it', async () => {
  const hangs = await runs(() => undefined);
  await expect(recoverAtRunning(hangs, 'helena@example.org', 0.2)).rejects.toThrow('does not answer. End it');
  const hangsLater = await runs((req, res) => void (req.url === '/livez' && res.end()));
  await expect(recoverAtRunning(hangsLater, 'helena@example.org', 0.2)).rejects.toThrow('No portal answers');
});

test('where nothing runs any more there is no link to ask for', async () => {
  const gone = await runs(() => undefined);
  await Promise.all(servers.splice(0).map(end));
  expect(await recoverAtRunning(gone, 'helena@example.org')).toBeNull();
  expect(await recoverAtRunning(null, 'helena@example.org')).toBeNull();
});
