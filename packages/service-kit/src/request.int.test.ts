import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { aManager, type Client, clientOf, testKeys, until } from '@sidekick/testing';
import { patienceWithin } from '@sidekick/tracing';
import { z } from 'zod';
import { createApp, createLog, createMetrics, etag, NotFound, route, type Service, waitedHeader } from './index.ts';

const Thing = z.strictObject({ text: z.string() });
const routes = [
  route({
    method: 'post',
    path: '/things',
    operation: 'makeThing',
    summary: 'Makes one',
    access: ['manager'],
    body: Thing,
    answers: { 201: Thing },
    handle: async ({ body, log, res }) => {
      await new Promise((resolve) => setImmediate(resolve));
      log.warn({ made: 1 }, 'by the handler');
      patience = [patienceWithin(60_000)];
      res.once('close', () => patience.push(patienceWithin(60_000)));
      return { status: 201, body, headers: { etag: etag(1) } };
    },
  }),
  route({
    method: 'get',
    path: '/things/{id}',
    operation: 'readThing',
    summary: 'Reads one',
    access: ['manager'],
    params: z.object({ id: z.string() }),
    answers: { 200: Thing },
    problems: [404],
    handle: async ({ params }) => {
      if (params.id === 'broken') throw new TypeError('something inside');
      throw new NotFound('no-thing', 'There is no such thing');
    },
  }),
];

/** How long a store may take while the thing is made, and after it was answered. */
let patience: number[] = [];
let client: Client;
let lines: Record<string, unknown>[] = [];
const metrics = createMetrics('things');
beforeAll(async () => {
  const { sign, verify } = await testKeys();
  const log = createLog({ level: 'info', destination: { write: (text: string) => void lines.push(JSON.parse(text)) } });
  const missing = async () => ({ vital: [], other: [] });
  const app = createApp({ name: 'things', routes, verify, log, metrics, missing });
  const service: Service = { name: 'things', app, routes, missing, start: async () => undefined, stop: async () => undefined };
  client = await clientOf(service, sign);
});
afterAll(() => client.close());
beforeEach(() => {
  lines = [];
});

const ended = (id: string) =>
  until('the line of the request', () => lines.find((line) => line['msg'] === 'request' && line['requestId'] === id));
const headers = (id: string) => ({ 'x-request-id': id });

describe('a request', () => {
  test('that changes something may keep what it asks waiting for less than 4 s, and longer once it was answered', async () => {
    await client.ask('post', '/things', { as: aManager, body: { text: 'a' }, headers: headers('request-0') });
    await ended('request-0');
    expect(patience).toEqual([expect.any(Number), 60_000]);
    expect(patience[0]).toBeGreaterThan(0);
    expect(patience[0]).toBeLessThan(4_000);
    const waited = { ...headers('request-00'), [waitedHeader]: '2900' };
    await client.ask('post', '/things', { as: aManager, body: { text: 'a' }, headers: waited });
    expect(patience[0]).toBe(1_000);
  });

  test('is one line when it ends, without what it says', async () => {
    await client.ask('post', '/things', { as: aManager, body: { text: 'a secret' }, headers: headers('request-1') });
    expect(await ended('request-1')).toEqual({
      ...{ level: 30, time: expect.any(String), msg: 'request', service: 'things', method: 'POST', operation: 'makeThing' },
      ...{ status: 201, ms: expect.any(Number), requestId: 'request-1' },
    });
    expect(lines.filter((line) => line['msg'] === 'request')).toHaveLength(1);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('gives its id and trace to what its handler logs, also after a pause', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    await client.ask('post', '/things', { as: aManager, body: { text: 'x' }, headers: { ...headers('request-2'), traceparent } });
    expect(lines.find((line) => line['msg'] === 'by the handler')).toMatchObject({
      requestId: 'request-2',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      made: 1,
    });
  });

  test('keeps the ids of requests at the same time apart', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => `request-of-many-${n}`);
    await Promise.all(ids.map((id) => client.ask('post', '/things', { as: aManager, body: { text: id }, headers: headers(id) })));
    expect(
      lines
        .filter((line) => line['msg'] === 'by the handler')
        .map((line) => line['requestId'])
        .sort(),
    ).toEqual([...ids].sort());
  });

  test('that fails inside is an error with its stack; one that is refused is not', async () => {
    const broken = await client.ask('get', '/things/broken', { as: aManager, headers: headers('request-3') });
    expect(broken).toMatchObject({ status: 500, body: { requestId: 'request-3' } });
    expect(await ended('request-3')).toMatchObject({ status: 500, operation: 'readThing' });
    const [failure, ...more] = lines.filter((line) => line['level'] === 50);
    expect(failure).toMatchObject({
      requestId: 'request-3',
      err: { type: 'TypeError', stack: expect.stringContaining('request.int.test') },
    });
    expect(more).toEqual([]);
    lines = [];
    await client.ask('get', '/things/7', { as: aManager, headers: headers('request-4') });
    expect(await ended('request-4')).toMatchObject({ status: 404 });
    expect(lines.filter((line) => line['level'] !== 30)).toEqual([]);
  });

  test('of a probe or of monitoring is no line, one to nowhere is', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/status'])
      await client.ask('get', path, { headers: headers(`probe-of-${path.slice(1)}`) });
    await client.ask('get', '/nowhere', { headers: headers('request-5') });
    expect(await ended('request-5')).toMatchObject({ operation: 'none', status: 404 });
    expect(lines.filter(({ requestId }) => String(requestId).startsWith('probe-of-'))).toEqual([]);
  });

  test('is measured by operation and status', async () => {
    await client.ask('get', '/things/7', { as: aManager, headers: headers('request-6') });
    await ended('request-6');
    expect(await metrics.registry.metrics()).toMatch(
      /sidekick_http_request_seconds_count\{service="things",operation="readThing",status="404"\} [1-9]|sidekick_http_request_seconds_count\{operation="readThing",status="404",service="things"\} [1-9]/,
    );
  });
});

describe('metrics', () => {
  test('name what is away, and tell the rest all the same', async () => {
    const { registry, dependencies, gauge } = createMetrics('part');
    dependencies({ vital: { store: () => Promise.reject(new Error('away')) }, other: { bus: () => ({ ok: false }), cache: () => true } });
    gauge('broken', 'Cannot be read', () => Promise.reject(new Error('away')));
    gauge('whole', 'Can be read', () => 3);
    const text = await registry.metrics();
    expect(text).toContain('sidekick_dependency_up{dependency="store",service="part"} 0');
    expect(text).toContain('sidekick_dependency_up{dependency="bus",service="part"} 0');
    expect(text).toContain('sidekick_dependency_up{dependency="cache",service="part"} 1');
    expect(text).toContain('sidekick_broken{service="part"} Nan');
    expect(text).toContain('sidekick_whole{service="part"} 3');
  });

  test('count jobs of each kind, and leave out what a kind does not count', async () => {
    const { registry, jobs } = createMetrics('part');
    jobs({
      import: { running: async () => 1, waiting: async () => 2 },
      mail: { running: async () => 3, waiting: async () => 4, dead: async () => 5 },
    });
    const text = await registry.metrics();
    const counted = [...text.matchAll(/^sidekick_jobs_(\w+)\{kind="(\w+)",service="part"\} (\d)$/gm)].map(([, ...words]) =>
      words.join(' '),
    );
    expect(counted).toEqual(['running import 1', 'running mail 3', 'waiting import 2', 'waiting mail 4', 'dead mail 5']);
  });

  test('count tries of events by how they ended', async () => {
    const { registry, handled } = createMetrics('part');
    const handler = handled('search.index', async (fails: boolean) => {
      if (fails) throw new Error('not yet');
    });
    await handler(false);
    await expect(handler(true)).rejects.toThrow('not yet');
    const text = await registry.metrics();
    for (const outcome of ['done', 'failed']) {
      expect(text).toContain(`sidekick_events_handled_total{queue="search.index",outcome="${outcome}",service="part"} 1`);
    }
  });
});
