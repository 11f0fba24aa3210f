import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { closing, forwarding, ok } from '../testing/forwarding.ts';

const { opened, aPart, before, front, ask, close } = forwarding();
afterEach(close);

describe('what a part answers over HTTP', () => {
  test('an answer that breaks off in the middle breaks off for the client too, and is not asked for again', async () => {
    const cut = await aPart((req, res) => {
      res.writeHead(200, { 'content-length': '100' });
      res.write('half', () => req.socket.resetAndDestroy());
    });
    await before(cut.url);
    await expect(ask('/pages/1').then((answer) => answer.text())).rejects.toThrow();
    expect(cut.seen).toHaveLength(1);
  });

  test('a body too large to hold is passed on as it comes', async () => {
    const part = await aPart(ok);
    await before(part.url);
    const answer = await ask('/imports', {
      method: 'POST',
      body: new Uint8Array(3_000_000).fill(65),
      headers: { 'content-type': 'application/zip' },
    });
    expect(answer.status).toBe(200);
    expect(part.seen[0]).toBe(`POST /imports ${'A'.repeat(40)}`);
  });

  test('a client that leaves ends the request at the part', async () => {
    let left = false;
    let came = false;
    const slow = await aPart((_req, res) => {
      came = true;
      res.once('close', () => {
        left = true;
      });
    });
    await before(slow.url);
    const asking = request(`${front()}/pages/1`).on('error', () => undefined);
    asking.end();
    await until('the request at the part', () => came);
    asking.destroy();
    await until('its end', () => left);
  });

  test('a headless answer and a HEAD have no body', async () => {
    const part = await aPart((req, res) =>
      req.method === 'HEAD' ? res.setHeader('content-length', '5').end() : res.writeHead(304, { etag: '"1"' }).end(),
    );
    await before(part.url);
    const head = await ask('/a', { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '5', '']);
    const unchanged = await ask('/a');
    expect([unchanged.status, unchanged.headers.get('etag')]).toEqual([304, '"1"']);
  });
});

test('a part that answers before it has read an upload leaves its connection to the next request', async () => {
  const part = createServer((req, res) => {
    if (req.method === 'GET') res.end('fine');
    else req.once('data', () => res.writeHead(413, { 'content-length': 0 }).end() && req.pause());
  }).listen(0, '127.0.0.1');
  await once(part, 'listening');
  opened.push({ close: closing(part) });
  await before(`http://127.0.0.1:${(part.address() as AddressInfo).port}`);
  const socket = connect(Number(new URL(front()).port), '127.0.0.1');
  const size = 40_000_000;
  let heard = '';
  socket.on('data', (bytes) => {
    heard += String(bytes);
  });
  socket.on('error', () => undefined);
  socket.write(`POST / HTTP/1.1\r\nhost: here\r\ncontent-length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  socket.write('GET / HTTP/1.1\r\nhost: here\r\n\r\n');
  const statuses = () => [...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
  await until('both answers', () => statuses().length === 2 || socket.destroyed, 10);
  expect(statuses()).toEqual(['413', '200']);
  socket.destroy();
});
