import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  currentOrigin,
  hasWritten,
  inSpan,
  noteWritten,
  patienceWithin,
  startTracing,
  traceIdOf,
  traceparentOf,
  tracer,
  withOrigin,
} from './index.ts';

const parent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const unsampled = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
const options = { service: 'sidekick-test', version: '1' };

interface Sent {
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  name: string;
  status: { code: number; message?: string };
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A collector, and what it was sent. */
async function collector() {
  const spans: Sent[] = [];
  const server = createServer(async (req, res) => {
    const chunks: Buffer[] = [];
    for await (const chunk of req) chunks.push(chunk as Buffer);
    const { resourceSpans } = JSON.parse(Buffer.concat(chunks).toString());
    for (const { scopeSpans } of resourceSpans) for (const scope of scopeSpans) spans.push(...scope.spans);
    res.writeHead(200, { 'content-type': 'application/json' }).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ends.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, spans };
}

describe('the origin of work', () => {
  test('goes with it through awaits and timers, and no further', async () => {
    const seen = await withOrigin({ requestId: 'one' }, async () => {
      await pause(1);
      const inside = withOrigin(null, () => currentOrigin());
      return [currentOrigin(), inside];
    });
    expect(seen).toEqual([{ requestId: 'one' }, null]);
    expect(currentOrigin()).toBeNull();
  });

  test('knows whether anything was written for it, and nothing of what others write', async () => {
    const seen = await withOrigin({ requestId: 'one' }, async () => {
      await withOrigin({ requestId: 'another' }, async () => noteWritten());
      const before = hasWritten();
      noteWritten();
      return [before, hasWritten()];
    });
    noteWritten();
    expect([seen, hasWritten()]).toEqual([[false, true], false]);
  });

  test('is kept for works at the same time, each until it has ended, however the others end', async () => {
    const work = (n: number) =>
      withOrigin({ requestId: `work-${n}` }, async () => {
        const seen: (string | undefined)[] = [];
        for (let turn = 0; turn <= n % 7; turn += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          await withOrigin({ requestId: 'within' }, async () => {});
          seen.push(currentOrigin()?.requestId);
        }
        if (n % 3 === 0) throw new Error(String(seen.every((id) => id === `work-${n}`)));
        return String(seen.every((id) => id === `work-${n}`));
      }).catch((error: Error) => error.message);
    for (let round = 0; round < 5; round += 1) {
      const right = await Promise.all(Array.from({ length: 40 }, (_, n) => work(n)));
      expect(right).toEqual(right.map(() => 'true'));
      expect(currentOrigin()).toBeNull();
    }
  });

  test('takes a traceparent as W3C writes it and nothing else', () => {
    expect(traceparentOf(parent)).toBe(parent);
    expect(traceIdOf(parent)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
    for (const wrong of [
      undefined,
      ['a'],
      '',
      parent.toUpperCase(),
      `${parent}-00`,
      parent.replace('00-', 'ff-'),
      `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`,
    ]) {
      expect(traceparentOf(wrong)).toBeUndefined();
    }
  });
});

describe('traces', () => {
  test('cost nothing while nobody collects them', async () => {
    expect(tracer()).toBeNull();
    const origin = { requestId: 'one', traceparent: parent };
    expect(await withOrigin(origin, () => inSpan('work', { kind: 'client' }, async () => currentOrigin()))).toBe(origin);
  });

  test('arrive with each span below the one it was started in, and failures by their kind alone', async () => {
    const { endpoint, spans } = await collector();
    const { stop } = await startTracing({ ...options, endpoint });
    const failing = () => inSpan('inner', { kind: 'client' }, () => Promise.reject(new TypeError('words of a user')));
    await withOrigin({ traceparent: parent }, async () => {
      await inSpan('outer', { kind: 'server' }, failing).catch(noteWritten);
      await inSpan('next', { kind: 'server' }, async () => expect(hasWritten()).toBe(true));
    });
    await stop();
    const [inner, outer] = ['inner', 'outer'].map((name) => spans.find((span) => span.name === name));
    expect(outer).toMatchObject({ traceId: traceIdOf(parent), parentSpanId: '00f067aa0ba902b7' });
    expect(inner).toMatchObject({ traceId: traceIdOf(parent), parentSpanId: outer?.spanId, status: { code: 2, message: 'TypeError' } });
    expect(tracer()).toBeNull();
  });

  test('are not made of a request that its caller did not sample, and the mark goes on', async () => {
    const { endpoint, spans } = await collector();
    const { stop } = await startTracing({ ...options, endpoint });
    const below = await inSpan('unwanted', { kind: 'server', parent: unsampled }, async () => currentOrigin()?.traceparent);
    await inSpan('wanted', { kind: 'server', parent }, async () => {});
    await stop();
    expect(below).toMatch(/^00-4bf92f3577b34da6a3ce929d0e0e4736-[\da-f]{16}-00$/);
    expect(spans.map(({ name }) => name)).toEqual(['wanted']);
  });

  test('that cannot be delivered are told of, and stop nothing', async () => {
    const told: string[] = [];
    const { stop } = await startTracing({ ...options, endpoint: 'http://127.0.0.1:9', warn: (reason) => told.push(reason) });
    await inSpan('lost', { kind: 'server' }, async () => {});
    await stop();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/ECONNREFUSED|fetch failed|bad port/i);
  });
});

describe('what is done for somebody who waits', () => {
  const within = (left: number | undefined) =>
    withOrigin({ requestId: 'a' }, () => patienceWithin(4_000), { wrote: false, left: () => left });

  test('may take what they still wait, at least a second, and as long as ever once nobody waits', () => {
    expect([9_000, 2_500, 1_000, 20, -3_000, undefined].map(within)).toEqual([4_000, 2_500, 1_000, 1_000, 1_000, 4_000]);
    expect([patienceWithin(4_000), withOrigin({ requestId: 'a' }, () => patienceWithin(4_000))]).toEqual([4_000, 4_000]);
  });

  test('in a span as well', async () => {
    const left = () => 1_500;
    await withOrigin(
      { requestId: 'a' },
      () => inSpan('inside', { kind: 'client' }, async () => expect(patienceWithin(4_000)).toBe(1_500)),
      {
        wrote: false,
        left,
      },
    );
  });
});
