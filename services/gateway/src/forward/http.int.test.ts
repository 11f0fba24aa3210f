import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, request, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { quietLog, until } from '@sidekick/testing';
import { type HttpForward, overHttp } from './http.ts';

interface Part {
  url: string;
  /** Method, path and body of what has reached it. */
  seen: string[];
  close(): Promise<void>;
}

const opened: { close(): Promise<void> }[] = [];
const closing = (server: Server) => async () => {
  server.closeAllConnections();
  server.close();
};

/** A part that answers as it is told. */
async function aPart(answer: RequestListener): Promise<Part> {
  const seen: string[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    seen.push(`${req.method} ${req.url} ${Buffer.concat(chunks).toString().slice(0, 40)}`.trim());
    answer(req, res);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const part = { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, close: closing(server) };
  opened.push(part);
  return part;
}

const starting: RequestListener = (_req, res) =>
  void res.writeHead(503, { 'retry-after': '2', 'sidekick-not-taken': 'starting' }).end('{}');
const leaves: RequestListener = (_req, res) => void res.setHeader('connection', 'close').end('fine');
const ok: RequestListener = (_req, res) => void res.setHeader('x-part', 'ok').end('fine');
/** Takes the request and breaks the connection before a byte of an answer. */
const breaks: RequestListener = (req) => void req.socket.resetAndDestroy();

let forward: HttpForward;
let front: string;

/** A gateway with nothing but the forward, before these addresses. */
const before = (...urls: string[]): Promise<void> => beforeWith({}, ...urls);
async function beforeWith(options: { mostAtOnce?: number }, ...urls: string[]): Promise<void> {
  forward = overHttp({ parts: { content: urls }, log: quietLog, ...options });
  const server = createServer((req: IncomingMessage, res: ServerResponse) => forward.forward(req, res, 'content'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  front = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  opened.push({ close: closing(server) }, { close: () => forward.close() });
}

/** An address at which nobody listens any more. */
async function nobody(): Promise<string> {
  const part = await aPart(ok);
  await part.close();
  return part.url;
}

beforeEach(() => void opened.splice(0));
afterEach(async () => {
  for (const { close } of opened.reverse()) await close();
});

const ask = (path: string, init: RequestInit = {}) => fetch(front + path, init);
const json = (body: object) => ({ body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
const create = { method: 'PUT', body: '{"a":1}', headers: { 'content-type': 'application/json', 'if-none-match': '*' } };

describe('requests to a part over HTTP', () => {
  test('go to its addresses in turns, with method, path, body and headers of the message', async () => {
    const [one, two] = [await aPart(ok), await aPart(ok)];
    await before(one.url, two.url);
    for (let n = 0; n < 4; n += 1) {
      const answer = await ask(`/pages?n=${n}`, { method: 'POST', ...json({ n }) });
      expect([answer.status, answer.headers.get('x-part'), await answer.text()]).toEqual([200, 'ok', 'fine']);
    }
    expect([one.seen.length, two.seen.length]).toEqual([2, 2]);
    expect([...one.seen, ...two.seen].sort()).toEqual([0, 1, 2, 3].map((n) => `POST /pages?n=${n} {"n":${n}}`));
  });

  test('by a method that their address does not take are answered as the part does it, with those that it takes', async () => {
    const part = await aPart((_req, res) => void res.writeHead(405, { allow: 'GET, HEAD' }).end('{"status":405}'));
    await before(part.url);
    const answer = await ask('/pages', { method: 'PUT', ...json({}) });
    expect([answer.status, answer.headers.get('allow'), await answer.json()]).toEqual([405, 'GET, HEAD', { status: 405 }]);
  });

  test('a GET is sent again elsewhere when its connection was lost before a byte of the answer', async () => {
    const [broken, good] = [await aPart(breaks), await aPart(ok)];
    await before(broken.url, good.url);
    for (let n = 0; n < 4; n += 1) expect((await ask(`/pages/${n}`)).status).toBe(200);
    expect(broken.seen.length).toBeGreaterThan(0);
  });

  test('a creation under an id of the client is not sent to the next replica after one died of it, body and all', async () => {
    const [broken, other] = [await aPart(breaks), await aPart(breaks)];
    await before(broken.url, other.url);
    const answer = await ask('/pages/0', create);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ type: 'urn:sidekick:problem:answer-lost' });
    expect([...broken.seen, ...other.seen]).toEqual(['PUT /pages/0 {"a":1}']);
  });

  test('it goes elsewhere when the connection was refused', async () => {
    const good = await aPart(ok);
    await before(await nobody(), good.url);
    for (let n = 0; n < 2; n += 1) expect((await ask(`/pages/${n}`, create)).status).toBe(200);
    expect(good.seen).toEqual(['PUT /pages/0 {"a":1}', 'PUT /pages/1 {"a":1}']);
  });

  test('another write whose connection was lost is not: it may have been carried out', async () => {
    const [broken, other] = [await aPart(breaks), await aPart(breaks)];
    await before(broken.url, other.url);
    const answer = await ask('/pages', { method: 'POST', ...json({ a: 1 }) });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ type: 'urn:sidekick:problem:answer-lost' });
    expect(broken.seen.length + other.seen.length).toBe(1);
  });

  test('any write goes elsewhere when the connection was refused', async () => {
    const good = await aPart(ok);
    await before(await nobody(), good.url);
    for (let n = 0; n < 3; n += 1) expect((await ask(`/pages/${n}`, { method: 'POST', ...json({ n }) })).status).toBe(200);
    expect(good.seen).toHaveLength(3);
  });

  test('any write goes elsewhere when a part says that it is still starting', async () => {
    const [young, good] = [await aPart(starting), await aPart(ok)];
    await before(young.url, good.url);
    for (let n = 0; n < 4; n += 1) expect((await ask(`/pages/${n}`, { method: 'POST', ...json({ n }) })).status).toBe(200);
    expect(young.seen).toHaveLength(1);
    expect(good.seen).toHaveLength(4);
  });

  test('say to the part that takes them how long they have waited', async () => {
    const waited: number[] = [];
    let isStarting = true;
    const part = await aPart((req, res) => {
      waited.push(Number(req.headers['sidekick-waited']));
      (isStarting ? starting : ok)(req, res);
      isStarting = false;
    });
    await before(part.url);
    expect((await ask('/pages', { method: 'POST', ...json({}) })).status).toBe(200);
    expect(waited).toHaveLength(2);
    expect(Number(waited[1]) - Number(waited[0])).toBeGreaterThanOrEqual(15);
  });

  test('are tried again for as long as a part that died takes to come back, since nothing was taken', async () => {
    let refusals = 0;
    const young = await aPart((req, res) => (++refusals <= 5 ? starting : ok)(req, res));
    await before(young.url);
    expect((await ask('/pages/1', { method: 'PATCH', ...json({ a: 1 }) })).status).toBe(200);
    expect(young.seen).toHaveLength(6);
  });

  test('go elsewhere once a part has said goodbye, and back to it when every other is gone', async () => {
    const [leaving, good] = [await aPart(leaves), await aPart(ok)];
    await before(leaving.url, good.url);
    for (let n = 0; n < 6; n += 1) expect((await ask(`/pages/${n}`, { method: 'PATCH', ...json({ n }) })).status).toBe(200);
    expect([leaving.seen.length, good.seen.length]).toEqual([1, 5]);
    await good.close();
    expect((await ask('/pages/last')).status).toBe(200);
    expect(leaving.seen.at(-1)).toBe('GET /pages/last');
  });

  test('what the gateway itself asks goes elsewhere too', async () => {
    const [young, good] = [await aPart(starting), await aPart(ok)];
    await before(young.url, good.url);
    for (let n = 0; n < 3; n += 1) {
      const { status, body } = await forward.ask('content', { path: '/operations.json', signed: null, requestId: 'abcdefgh' });
      expect([status, body]).toEqual([200, 'fine']);
    }
    expect(young.seen).toHaveLength(1);
  });

  test('to nobody but a part that is starting answer 503 with Retry-After', async () => {
    await before((await aPart(starting)).url);
    const answer = await ask('/pages', { method: 'POST', ...json({}) });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await answer.json()).toMatchObject({ type: 'urn:sidekick:problem:part-unavailable' });
  });

  test('to a part that is gone answer 503 with Retry-After, and do not hang', async () => {
    await before(await nobody(), await nobody());
    const answer = await ask('/pages/1');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '2']);
    await expect(forward.ask('content', { path: '/x', signed: null, requestId: 'abcdefgh' })).rejects.toThrow('does not answer');
  });

  test('above what a part may have at once are shed with Retry-After, never sent, and go again as soon as there is room', async () => {
    const held: ServerResponse[] = [];
    const busy = await aPart((_req, res) => void held.push(res));
    await beforeWith({ mostAtOnce: 2 }, busy.url);
    const underWay = [ask('/1', { method: 'POST', ...json({}) }), ask('/2', { method: 'POST', ...json({}) })];
    await until('both to be under way', () => held.length === 2);
    const [shed, asked] = await Promise.all([
      ask('/3', { method: 'POST', ...json({}) }),
      forward.ask('content', { path: '/4', requestId: 'r', signed: null }).catch((error: unknown) => error),
    ]);
    expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '2']);
    expect(await shed.json()).toMatchObject({ type: 'urn:sidekick:problem:part-overloaded' });
    expect(asked).toMatchObject({ code: 'part-overloaded' });
    const waits = ask('/5', { method: 'POST', ...json({}) });
    for (const res of held.splice(0)) res.end('fine');
    expect((await Promise.all(underWay)).map(({ status }) => status)).toEqual([200, 200]);
    await until('the one that waits to be sent', () => held.length === 1);
    held[0]?.end('fine');
    expect((await waits).status).toBe(200);
    expect(busy.seen.map((line) => line.slice(0, 7))).toEqual(['POST /1', 'POST /2', 'POST /5']);
  });

  test('go to another address when one has as many as it may have', async () => {
    const held: ServerResponse[] = [];
    const [busy, good] = [await aPart((_req, res) => void held.push(res)), await aPart(ok)];
    await beforeWith({ mostAtOnce: 1 }, good.url, busy.url);
    const first = ask('/0');
    await until('the first in turn to be busy', () => held.length === 1);
    for (let n = 1; n < 6; n += 1) expect((await ask(`/${n}`, { method: 'POST', ...json({ n }) })).status).toBe(200);
    expect(busy.seen).toHaveLength(1);
    held[0]?.end('fine');
    expect((await first).status).toBe(200);
  });

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
    const asking = request(`${front}/pages/1`).on('error', () => undefined);
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

  test('every address can be asked at once, and one that does not answer says so', async () => {
    const good = await aPart(ok);
    const gone = await nobody();
    await before(good.url, gone);
    const answers = await forward.askAll('content', { path: '/readyz', signed: null, requestId: 'abcdefgh' });
    expect(answers.map(({ address, answer }) => [address, answer?.status ?? null])).toEqual([
      [good.url, 200],
      [gone, null],
    ]);
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
  const socket = connect(Number(new URL(front).port), '127.0.0.1');
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
