import type { ServerResponse } from 'node:http';
import { expect, test } from '@jest/globals';
import { serve } from './serve.ts';

test('a request that was under way when the goodbye began says it too, and is answered', async () => {
  let came: (res: ServerResponse) => void = () => undefined;
  const reached = new Promise<ServerResponse>((resolve) => {
    came = resolve;
  });
  const served = await serve((_req, res) => came(res), { host: '127.0.0.1', port: 0 });
  const answer = fetch(served.url);
  const res = await reached;
  const closed = served.close({ drainSeconds: 0.05, graceSeconds: 5 });
  res.end('late');
  const { status, headers } = await answer;
  expect([status, headers.get('connection')]).toEqual([200, 'close']);
  await closed;
  await expect(fetch(served.url)).rejects.toThrow();
});
