import { request } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { aManager, type Client, clientOf, testKeys, until } from '@sidekick/testing';
import { z } from 'zod';
import { createApp, createLog, createMetrics, NotFound, route, type Service, sendLines } from './index.ts';

const Thing = z.strictObject({ text: z.string() });
const reads = { method: 'get', access: 'public', answers: { 200: Thing, 204: null, 304: null } } as const;
const routes = [
  route({
    ...{ ...reads, path: '/plain', operation: 'plain', summary: 'Says nothing of its head' },
    handle: async () => ({ status: 200, body: { text: 'Größe' } }),
  }),
  route({
    ...{ ...reads, path: '/own', operation: 'own', summary: 'Has headers of its own' },
    handle: async ({ res }) => {
      res.setHeader('things-head', '7').setHeader('cache-control', 'set before');
      const headers = { 'cache-control': 'no-cache', 'content-security-policy': 'sandbox', 'set-cookie': ['a=1', 'b=2'] };
      return { status: 200, body: { text: 'own' }, headers };
    },
  }),
  route({
    ...{ ...reads, path: '/nothing/{id}', operation: 'nothing', summary: 'Has no body' },
    params: z.object({ id: z.string() }),
    handle: async () => ({ status: 204 }),
  }),
  route({
    ...{ method: 'get', access: 'public', path: '/lines', operation: 'lines', summary: 'Breaks off' },
    answers: { 200: { media: 'application/x-ndjson' } },
    handle: async ({ res }) => {
      await sendLines(res, breaking());
      return null;
    },
  }),
  route({
    ...{ ...reads, path: '/unsaid', operation: 'unsaid', summary: 'Answers itself and does not say so' },
    handle: async ({ res }) => {
      res.end();
      return null;
    },
  }),
];

/** Of `/lines`: breaks off once its reader has the first. */
let heard = () => {};
const firstLine = new Promise<void>((resolve) => {
  heard = resolve;
});
async function* breaking() {
  yield 1;
  await firstLine;
  throw new NotFound('gone', 'It is gone');
}

let client: Client;
let lines: Record<string, unknown>[] = [];
beforeAll(async () => {
  const { sign, verify } = await testKeys();
  const log = createLog({ level: 'warn', destination: { write: (text: string) => void lines.push(JSON.parse(text)) } });
  const missing = async () => ({ vital: [], other: [] });
  const app = createApp({ name: 'things', routes, verify, log, metrics: createMetrics('things'), missing });
  const service: Service = { name: 'things', app, routes, missing, start: async () => undefined, stop: async () => undefined };
  client = await clientOf(service, sign);
});
afterAll(() => client.close());
beforeEach(() => {
  lines = [];
});

interface Told {
  status: number;
  /** As they were sent. */
  head: [string, string][];
  text: string;
  broken: boolean;
}

/** `fetch` would join headers that were sent twice. */
const get = (path: string, method = 'GET', headers: Record<string, string> = {}): Promise<Told> =>
  new Promise((resolve, reject) => {
    const req = request(client.url + path, { method, headers, agent: false }, (res) => {
      let text = '';
      const raw = res.rawHeaders;
      const head = raw.flatMap((name, n): [string, string][] => (n % 2 === 0 ? [[name.toLowerCase(), raw[n + 1] ?? '']] : []));
      res.setEncoding('utf8').on('data', (more: string) => {
        text += more;
        if (path === '/lines') heard();
      });
      const end = (broken: boolean) => resolve({ status: res.statusCode ?? 0, head, text, broken });
      res.on('end', () => end(false)).on('error', () => end(true));
    });
    req.on('error', reject).end();
  });

const named = ({ head }: Told, wanted: string): string[] => head.flatMap(([name, value]) => (name === wanted ? [value] : []));

test('an answer has each header once, its length, the id of its request and what helmet says', async () => {
  const told = await get('/plain', 'GET', { 'x-request-id': 'request-7' });
  expect(told.text).toBe('{"text":"Größe"}');
  expect(new Set(told.head.map(([name]) => name)).size).toBe(told.head.length);
  expect(Object.fromEntries(told.head)).toMatchObject({
    ...{
      'x-request-id': 'request-7',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('default-src'),
    },
    ...{ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8', 'content-length': '18' },
  });
  const other = named(await get('/plain'), 'x-request-id');
  expect([other.length, other[0]]).toEqual([1, expect.stringMatching(/^[\w-]{36}$/)]);
});

test('what a route says itself stands in place of what all say and of what was set before; what only was set stays', async () => {
  const told = await get('/own');
  expect(named(told, 'content-security-policy')).toEqual(['sandbox']);
  expect(named(told, 'cache-control')).toEqual(['no-cache']);
  expect(named(told, 'things-head')).toEqual(['7']);
  expect(named(told, 'set-cookie')).toEqual(['a=1', 'b=2']);
  expect(named(told, 'x-request-id')).toHaveLength(1);
});

test('an answer without a body has no length where HTTP allows none', async () => {
  const nothing = await get('/nothing/7');
  expect([nothing.status, nothing.text, named(nothing, 'content-length'), named(nothing, 'transfer-encoding')]).toEqual([204, '', [], []]);
  const head = await get('/plain', 'HEAD');
  expect([head.status, head.text, named(head, 'transfer-encoding')]).toEqual([200, '', []]);
  expect(named(head, 'content-type')).toEqual(['application/json; charset=utf-8']);
});

test('an address that does not decode is refused as everything else is', async () => {
  const told = await get('/nothing/%zz');
  expect([told.status, JSON.parse(told.text).type]).toEqual([400, 'urn:sidekick:problem:invalid-request']);
  expect(named(told, 'x-content-type-options')).toEqual(['nosniff']);
});

test('an answer that breaks off ends its connection and leaves a line that says why', async () => {
  const told = await get('/lines', 'GET', { 'x-request-id': 'request-8' });
  expect([told.text, told.broken, named(told, 'x-content-type-options')]).toEqual(['1\n', true, ['nosniff']]);
  const line = await until('the line', () => lines.find(({ requestId }) => requestId === 'request-8'));
  expect(line).toMatchObject({ level: 40, msg: 'an answer broke off', err: { message: 'It is gone' } });
  await client.ask('get', '/plain', { as: aManager });
  expect(lines).toHaveLength(1);
});

test('a route that answers itself without saying so in what it declares is a fault, for its answer has not the headers of all', async () => {
  await get('/unsaid', 'GET', { 'x-request-id': 'request-9' });
  const line = await until('the line', () => lines.find(({ requestId }) => requestId === 'request-9'));
  expect(line).toMatchObject({ level: 50, err: { message: 'unsaid answered nothing' } });
});
