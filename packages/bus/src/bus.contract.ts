import { expect } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { until } from '@sidekick/testing';
import { currentOrigin, type Origin, withOrigin } from '@sidekick/tracing';
import { failuresContract } from './bus.failures.contract.ts';
import { replicaContract } from './bus.replica.contract.ts';
import { aHolidayEvent, aProjectEvent } from './testing/events.ts';
import { type BusSide, collect, queue, sequences, testWith } from './testing/side.ts';

/** What every bus must do; run on both sides. `make` gives each test a bus of its own. */
export function busContract(make: () => Promise<BusSide>): void {
  const withBus = testWith(make);
  failuresContract(make);
  replicaContract(make);

  withBus('delivers every event once in order of arrival, as it was published', async ({ open }) => {
    const bus = await open();
    const got = await collect(bus);
    const sent = Array.from({ length: 200 }, (_, n) => aProjectEvent(n + 1));
    for (const event of sent) await bus.publish([event]);
    await until('all events', () => got.length >= 200);
    expect(got).toEqual(sent);
    await until('an empty queue', async () => (await bus.depth(queue)) === 0);
  });

  withBus('keeps events while nobody is subscribed, and over a close', async ({ open }) => {
    const first = await open();
    await first.publish([aProjectEvent(1), aProjectEvent(2)]);
    await until('two waiting', async () => (await first.depth(queue)) === 2);
    await first.close();
    const second = await open();
    await second.publish([aProjectEvent(3)]);
    const got = await collect(second);
    await until('three', () => got.length === 3);
    expect(sequences(got)).toEqual([1, 2, 3]);
  });

  withBus('takes many publishes at once', async ({ open }) => {
    const bus = await open();
    const got = await collect(bus);
    await Promise.all(Array.from({ length: 1000 }, (_, n) => bus.publish([aProjectEvent(n + 1)])));
    await until('all', () => got.length >= 1000);
    expect(new Set(sequences(got)).size).toBe(1000);
  });

  withBus('refuses an event that its schema does not allow, and publishes nothing of that call', async ({ open }) => {
    const bus = await open();
    const bad = { ...aProjectEvent(2), data: { nonsense: true } } as unknown as Envelope;
    await expect(bus.publish([aProjectEvent(1), bad])).rejects.toThrow();
    expect(await bus.depth(queue)).toBe(0);
  });

  withBus('counts an event that no queue wants as published', async ({ open }) => {
    const bus = await open();
    await bus.publish([aHolidayEvent(1)]);
    expect(await bus.depth(queue)).toBe(0);
  });

  withBus('lets one handler run at a time', async ({ open }) => {
    const bus = await open();
    let running = 0;
    let most = 0;
    let handled = 0;
    await bus.subscribe(queue, async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      handled += 1;
    });
    await bus.publish(Array.from({ length: 30 }, (_, n) => aProjectEvent(n + 1)));
    await until('thirty', () => handled === 30);
    expect(most).toBe(1);
  });

  withBus('refuses a second subscription of a queue in one process', async ({ open }) => {
    const bus = await open();
    await collect(bus);
    await expect(collect(bus)).rejects.toThrow('has a subscription');
  });

  withBus('drops fields it does not know, so that an old release reads a new one', async ({ open, smuggle }) => {
    await (await open()).close();
    const event = aProjectEvent(1);
    await smuggle(JSON.stringify({ ...event, invented: 1, data: { ...(event.data as object), alsoInvented: 2 } }));
    const got = await collect(await open());
    await until('the event', () => got.length === 1);
    expect(got[0]).toEqual(event);
  });

  withBus('handles an event for the request that made it, in what is told of it too', async ({ open }) => {
    const told: (Origin | null)[] = [];
    const handled: (Origin | null)[] = [];
    const bus = await open({ retryDelays: [], notify: ({ what }) => void (what === 'dead' && told.push(currentOrigin())) });
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    const event = withOrigin({ requestId: 'request-1', traceparent }, () => aProjectEvent(1));
    const ofNobody = aProjectEvent(2);
    expect(event).toMatchObject({ requestid: 'request-1', traceparent });
    await bus.subscribe(queue, async () => {
      handled.push(currentOrigin());
      throw new Error('for its notice');
    });
    await withOrigin({ requestId: 'another' }, () => bus.publish([event, ofNobody]));
    await until('both told of', () => told.length === 2);
    expect(handled).toEqual([{ requestId: 'request-1', traceparent }, null]);
    expect(told).toEqual(handled);
  });

  withBus('tells that a transient queue is read, which misses what was published before', async ({ open }) => {
    const bus = await open();
    await bus.publish([aProjectEvent(1)]);
    const seen: (number | string)[] = [];
    const onBound = (fresh: boolean) => void seen.push(fresh ? 'made' : 'found');
    await bus.subscribe('gateway.live', async ({ sequence }) => void seen.push(sequence), { onBound });
    await bus.publish([aProjectEvent(2)]);
    await until('the second', () => seen.length > 1);
    expect(seen).toEqual(['made', 2]);
  });

  withBus('gives a transient queue what comes while it is subscribed, and nothing that was kept', async ({ open }) => {
    const first = await open();
    await first.publish([aProjectEvent(1)]);
    const got: number[] = [];
    await first.subscribe('gateway.live', async ({ sequence }) => {
      if (sequence === 3 && !got.includes(-3)) {
        got.push(-3);
        throw new Error('once');
      }
      got.push(sequence);
    });
    await first.publish([aProjectEvent(2), aProjectEvent(3), aProjectEvent(4)]);
    await until('three and a failure', () => got.length === 4);
    expect([...got].sort()).toEqual([-3, 2, 3, 4]);
    expect(await first.deadLetters('gateway.live', 10)).toEqual([]);
    await first.close();
    const second = await open();
    await second.publish([aProjectEvent(5)]);
    await second.subscribe('gateway.live', async ({ sequence }) => void got.push(sequence));
    await second.publish([aProjectEvent(6)]);
    await until('the sixth', () => got.includes(6));
    expect(got).not.toContain(5);
  });
}
