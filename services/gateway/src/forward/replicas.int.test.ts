import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { quietLog } from '@sidekick/testing';
import { overHttp } from './http.ts';

test('a name that stands for several replicas is asked at each of their addresses', async () => {
  const answering = (name: string, host: string, port = 0) =>
    new Promise<{ port: number; close: () => void }>((resolve) => {
      const server = createServer((_req, res) => res.end(name)).listen(port, host, () =>
        resolve({ port: (server.address() as { port: number }).port, close: () => server.close() }),
      );
    });
  const one = await answering('one', '127.0.0.1');
  const two = await answering('two', '127.0.0.2', one.port);
  const resolve = async (name: string) => (name === 'content' ? ['127.0.0.2', '127.0.0.1'] : []);
  const forward = overHttp({ parts: { content: [`http://content:${one.port}`] }, log: quietLog, resolve });
  try {
    const answers = await forward.askAll('content', { path: '/readyz', signed: null, requestId: 'abcdefgh' });
    expect(answers.map(({ address, answer }) => [address, answer?.body])).toEqual([
      [`http://127.0.0.1:${one.port}`, 'one'],
      [`http://127.0.0.2:${one.port}`, 'two'],
    ]);
  } finally {
    one.close();
    two.close();
    await forward.close();
  }
});
