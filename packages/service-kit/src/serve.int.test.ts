import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { PassThrough } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
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

/** Sends a request over one connection, and a second one when told to; sets `sent` when that has left. */
const client = `
const { connect } = require('node:net');
const { parentPort, workerData: { port, sent } } = require('node:worker_threads');
const socket = connect(port, '127.0.0.1');
const say = (path, done) => socket.write('GET ' + path + ' HTTP/1.1\\r\\nhost: here\\r\\n\\r\\n', done);
socket.on('data', (part) => parentPort.postMessage(String(part).split('\\r\\n')[0]));
socket.on('error', (error) => parentPort.postMessage(error.code));
socket.on('close', () => parentPort.postMessage('closed'));
parentPort.once('message', () => say('/second', () => { Atomics.store(sent, 0, 1); Atomics.notify(sent, 0); }));
say('/first');
`;

test('a request that reached a busy process before the goodbye ended is answered, though nobody had read it yet', async () => {
  const seen: string[] = [];
  const served = await serve(
    (req, res) => {
      seen.push(req.url ?? '');
      res.end('fine');
    },
    { host: '127.0.0.1', port: 0 },
  );
  const sent = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(client, { eval: true, workerData: { port: Number(new URL(served.url).port), sent } });
  const ended = once(worker, 'exit');
  const heard: string[] = [];
  worker.on('message', (line: string) => heard.push(line));
  await once(worker, 'message');
  const closed = served.close({ drainSeconds: 0.01, graceSeconds: 5 });
  worker.postMessage('second');
  // Busy until it has been sent, and until the goodbye is over.
  Atomics.wait(sent, 0, 0);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
  await closed;
  await ended;
  expect(seen).toEqual(['/first', '/second']);
  expect(heard).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'closed']);
});

const refuse = (res: ServerResponse) => void res.writeHead(413, { 'content-length': 0 }).end();

test.each<[string, (req: IncomingMessage, res: ServerResponse) => unknown, RegExp]>([
  ['is read to its end', (req, res) => req.once('data', () => refuse(res) ?? req.pause()), /^413 200 (?:open|ended)$/],
  ['ends the connection when it cannot be read', (req, res) => refuseMidway(req).catch(() => refuse(res)), /^413 ended$/],
  [
    'ends the connection when it is given up later',
    (req, res) => req.once('data', () => refuse(res) ?? setImmediate(giveUp, req)),
    /^413 ended$/,
  ],
])('what is left of a request that was answered early %s', async (_what, take, expected) => {
  const served = await serve((req, res) => (req.method === 'GET' ? res.end('fine') : take(req, res)), { host: '127.0.0.1', port: 0 });
  const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
  let heard = '';
  socket.on('data', (part) => {
    heard += String(part);
  });
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', () => resolve('ended')));
  const size = 4_000_000;
  socket.write(`POST / HTTP/1.1\r\nhost: here\r\ncontent-length: ${size}\r\n\r\n`);
  socket.write(Buffer.alloc(size));
  socket.write('GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n');
  const end = await Promise.race([ended, sleep(10_000, 'stuck')]);
  expect([...[...heard.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status), end].join(' ')).toMatch(expected);
  socket.destroy();
  await served.close({ drainSeconds: 0, graceSeconds: 1 });
});

const refuseMidway = (req: IncomingMessage) =>
  pipeline(req, new PassThrough({ transform: (_part, _encoding, next) => next(new Error('too large')) }));
/** As undici does with the request of an answer that came early. */
const giveUp = (req: IncomingMessage) => Object.assign<IncomingMessage, object>(req, { socket: null }).destroy();
