import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { describeWith, until } from '@sidekick/testing';
import { type Apart, startApart } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { type Caller, callerAt } from '../testing/caller.ts';
import { aCollector, type CollectedSpan, type Collector } from '../testing/collector.ts';
import { change, newPerson } from '../testing/records.ts';

jest.setTimeout(240_000);

/** What a browser or a proxy in front would send. */
const from = (n: number) => ({
  traceId: `${n}`.padStart(32, 'a'),
  headers: { 'x-request-id': `request-of-test-${n}`, traceparent: `00-${`${n}`.padStart(32, 'a')}-00000000000000bb-01` },
});

describeWith(['mongo', 'amqp', 'redis'], 'a request that is traced', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let collector: Collector;
  let apart: Apart;
  let caller: Caller;
  beforeAll(async () => {
    collector = await aCollector();
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, env: { all: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url } } });
    caller = callerAt(() => ({ url: apart.url, token: apart.token }));
  });
  afterAll(async () => {
    await apart?.close();
    await collector?.close();
  });

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
});

/** The span above the first of a name. */
function parentOf(spans: readonly CollectedSpan[], name: string): CollectedSpan | undefined {
  const below = spans.find((span) => span.name === name);
  return spans.find(({ spanId }) => spanId === below?.parentSpanId);
}
