import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import express from 'express';
import { addressOf } from './visitor.ts';

const hops = [0, 1, 2, 3];
/** At `/1` behind one proxy, and so on: what Express takes for the address, and what we do. */
const app = express();
for (const proxyHops of hops) {
  const behind = express().set('trust proxy', proxyHops);
  app.use(
    `/${proxyHops}`,
    behind.use((req, res) => void res.json([req.ip, addressOf(req, proxyHops)])),
  );
}
const server = createServer(app).listen(0, '127.0.0.1');
beforeAll(async () => {
  if (!server.listening) await once(server, 'listening');
});
afterAll(() => void server.close());

const ask = async (proxyHops: number, forwarded: string | undefined) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/${proxyHops}`, { headers });
  return (await answer.json()) as [express: string, ours: string];
};

test.each([
  [undefined, '127.0.0.1'],
  ['', '127.0.0.1'],
  ['203.0.113.7', '203.0.113.7'],
  ['made-up, 203.0.113.7', '203.0.113.7'],
  [' 198.51.100.1 ,, 2001:db8::7 , 203.0.113.7 ', '203.0.113.7'],
])('with X-Forwarded-For %j somebody sits where Express says, behind any number of proxies', async (forwarded, behindOne) => {
  for (const proxyHops of hops) {
    const [theirs, ours] = await ask(proxyHops, forwarded);
    expect([proxyHops, ours]).toEqual([proxyHops, theirs]);
  }
  expect((await ask(0, forwarded))[1]).toBe('127.0.0.1');
  expect((await ask(1, forwarded))[1]).toBe(behindOne);
});
