import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { attemptsHeader } from '@sidekick/bus/rabbit';
import type { DeadLetterView } from '@sidekick/contracts';
import { describeWith, until } from '@sidekick/testing';
import { type Apart, hurry, smuggle, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { type Caller, callerAt } from '../testing/caller.ts';
import { aCollector, type CollectedSpan, type Collector } from '../testing/collector.ts';
import { change, newPerson } from '../testing/records.ts';

jest.setTimeout(300_000);

/** Title of a page that search refuses. */
const poison = 'Poisonous toadstool';

/** What a browser or a proxy in front would send. */
const from = (n: number) => ({
  traceId: `${n}`.padStart(32, 'a'),
  headers: { 'x-request-id': `request-of-test-${n}`, traceparent: `00-${`${n}`.padStart(32, 'a')}-00000000000000bb-01` },
});

describeWith(['mongo', 'amqp', 'redis'], 'a change on its way between the parts', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let collector: Collector;
  let apart: Apart;
  let caller: Caller;
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-poison-'));
  const refusing = join(folder, 'refuse');
  beforeAll(async () => {
    collector = await aCollector();
    writeFileSync(refusing, '');
    const preload = new URL(`../testing/poison.mjs?${new URLSearchParams({ title: poison, file: refusing })}`, import.meta.url);
    const env = { all: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url }, search: { NODE_OPTIONS: `--import ${preload.href}` } };
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, env });
    caller = callerAt(() => ({ url: apart.url, token: apart.token }));
    await newPage(poison, 'quokka');
    await newPage('Behind the failing one', 'quokka');
    await smuggle(amqpUrl, `${apart.names.prefix}search.index.0`, '{ no JSON at all');
    await newPage('Behind the broken one', 'quokka');
    await finds('quokka', 2);
  });
  afterAll(async () => {
    await apart?.close();
    await collector?.close();
    rmSync(folder, { recursive: true });
  });

  async function newPage(title: string, body: string): Promise<void> {
    const id = ulid();
    const page = { path: `pages/${id.toLowerCase()}`, title, body };
    expect((await caller.api('put', `/pages/${id}`, { body: page, headers: { 'if-none-match': '*' } })).status).toBe(201);
  }
  const finds = (word: string, count: number) =>
    until(
      `${count} hits for ${word}`,
      async () => (await caller.api('get', `/search?q=${word}&exact=true`)).body.items.length === count,
      60,
    );
  const letters = async (): Promise<DeadLetterView[]> => (await caller.api('get', '/system/dead-letters')).body.items;

  const seen = (traceId: string) => collector.spans(traceId).map(({ service, name }) => `${service}: ${name}`);
  const wholeTrace = async (traceId: string, names: string[]): Promise<CollectedSpan[]> => {
    await until(`a trace of ${names.length} spans`, () => names.every((name) => seen(traceId).includes(name)), 30);
    return collector.spans(traceId);
  };
  const requestLines = (part: keyof Apart['replicas'], requestId: string) =>
    apart.replicas[part].flatMap((replica) => replica.log()).filter((line) => line['requestId'] === requestId);

  test('is one trace from the gateway through content and RabbitMQ to search and the live updates', async () => {
    const { traceId, headers } = from(1);
    const page = { path: 'traced', title: 'A secret title', body: 'Words that no log and no span may hold.' };
    const made = await caller.api('put', `/pages/${ulid()}`, { body: page, headers: { ...headers, 'if-none-match': '*' } });
    expect(made).toMatchObject({ status: 201, headers: { 'x-request-id': headers['x-request-id'] } });
    const spans = await wholeTrace(traceId, [
      'sidekick-gateway: PUT to content',
      'sidekick-content: PUT createPage',
      'sidekick-content: publish content.page.changed.v1',
      'sidekick-search: process content.page.changed.v1',
      'sidekick-gateway: process content.page.changed.v1',
    ]);
    expect(parentOf(spans, 'PUT createPage')).toMatchObject({ service: 'sidekick-gateway', kind: 3 });
    for (const name of ['publish content.page.changed.v1', 'process content.page.changed.v1']) {
      expect(parentOf(spans, name)).toMatchObject({ name: 'PUT createPage', kind: 2 });
    }
    const ids = new Set([...spans.map(({ spanId }) => spanId), '00000000000000bb']);
    for (const { name, parentSpanId } of spans) expect([name, ids.has(parentSpanId ?? '')]).toEqual([name, true]);
    expect(JSON.stringify(spans)).not.toMatch(/secret title|Words that/);
  });

  test('is one trace from a change set through the staffing log to search', async () => {
    const { traceId, headers } = from(2);
    expect((await change(caller, [newPerson('Traced Person')], headers)).status).toBe(201);
    const spans = await wholeTrace(traceId, [
      'sidekick-staffing: POST change',
      'sidekick-staffing: publish staffing.person.changed.v1',
      'sidekick-search: process staffing.person.changed.v1',
    ]);
    expect(parentOf(spans, 'process staffing.person.changed.v1')).toMatchObject({ name: 'POST change' });
    const consumer = spans.find(({ kind, service }) => kind === 5 && service === 'sidekick-search');
    expect(consumer?.attributes).toMatchObject({ 'sidekick.request_id': headers['x-request-id'], 'sidekick.queue': 'search.index' });
  });

  test('is one line in the log of each part it passes, with its id and trace, and without what it says', async () => {
    const { traceId, headers } = from(3);
    const path = `/search?q=${encodeURIComponent('words of a query')}`;
    expect((await caller.api('get', path, { headers })).status).toBe(200);
    for (const part of ['gateway', 'search'] as const) {
      await until(`the line of ${part}`, () => requestLines(part, headers['x-request-id']).length > 0);
      const lines = requestLines(part, headers['x-request-id']);
      expect(lines).toEqual([
        expect.objectContaining({ service: part, traceId, method: 'GET', status: 200, ms: expect.any(Number), msg: 'request' }),
      ]);
      expect(JSON.stringify(lines)).not.toContain('words');
    }
    await wholeTrace(traceId, ['sidekick-search: GET search']);
  });

  test('that search cannot handle becomes, after its tries, a dead letter, while the queue behind it goes on; sent again it is handled', async () => {
    await hurry(amqpUrl, apart.names.prefix, attemptsHeader);
    const dead = await until('two dead letters', async () => ((await letters()).length === 2 ? await letters() : null), 60);
    expect(dead.map(({ attempts, reason }) => [attempts, reason.split(':')[0]]).sort()).toEqual([
      [1, 'does not parse'],
      [4, 'Error'],
    ]);
    await newPage('Behind the dead letters', 'quokka');
    await finds('quokka', 3);
    const failed = dead.find(({ event }) => event !== null);
    expect(failed?.reason).toContain('the index refuses it');

    rmSync(refusing);
    const address = `/system/dead-letters/search.index/${encodeURIComponent(failed?.id ?? '')}`;
    expect((await caller.api('post', `${address}/replay`)).status).toBe(204);
    await finds('quokka', 4);
    await until('the broken one alone', async () => (await letters()).map(({ event }) => event).join() === '');
    expect(await letters()).toHaveLength(1);
  });
});

/** The span above the first of a name. */
function parentOf(spans: readonly CollectedSpan[], name: string): CollectedSpan | undefined {
  const below = spans.find((span) => span.name === name);
  return spans.find(({ spanId }) => spanId === below?.parentSpanId);
}
