import type { RequestListener, ServerResponse } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { forwarding, ok } from '../testing/forwarding.ts';

const starting: RequestListener = (_req, res) =>
  void res.writeHead(503, { 'retry-after': '2', 'sidekick-not-taken': 'starting' }).end('{}');
const leaves: RequestListener = (_req, res) => void res.setHeader('connection', 'close').end('fine');
/** Takes the request and breaks the connection before a byte of an answer. */
const breaks: RequestListener = (req) => void req.socket.resetAndDestroy();

const { aPart, before, beforeWith, nobody, forward, ask, close } = forwarding();
afterEach(close);

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
      const { status, body } = await forward().ask('content', { path: '/operations.json', signed: null, requestId: 'abcdefgh' });
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
    await expect(forward().ask('content', { path: '/x', signed: null, requestId: 'abcdefgh' })).rejects.toThrow('does not answer');
  });

  test('above what a part may have at once are shed with Retry-After, never sent, and go again as soon as there is room', async () => {
    const held: ServerResponse[] = [];
    const busy = await aPart((_req, res) => void held.push(res));
    await beforeWith({ mostAtOnce: 2 }, busy.url);
    const underWay = [ask('/1', { method: 'POST', ...json({}) }), ask('/2', { method: 'POST', ...json({}) })];
    await until('both to be under way', () => held.length === 2);
    const [shed, asked] = await Promise.all([
      ask('/3', { method: 'POST', ...json({}) }),
      forward()
        .ask('content', { path: '/4', requestId: 'r', signed: null })
        .catch((error: unknown) => error),
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

  test('every address can be asked at once, and one that does not answer says so', async () => {
    const good = await aPart(ok);
    const gone = await nobody();
    await before(good.url, gone);
    const answers = await forward().askAll('content', { path: '/readyz', signed: null, requestId: 'abcdefgh' });
    expect(answers.map(({ address, answer }) => [address, answer?.status ?? null])).toEqual([
      [good.url, 200],
      [gone, null],
    ]);
  });
});
