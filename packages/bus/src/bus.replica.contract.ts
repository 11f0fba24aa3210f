import { setTimeout as pause } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import { aProjectEvent } from './testing/events.ts';
import { type BusSide, queue, testWith } from './testing/side.ts';

/** The part of the bus's suite about a queue that belongs to a replica. */
export function replicaContract(make: () => Promise<BusSide>): void {
  const withBus = testWith(make);

  withBus('says whether the queue was missing, before anything is handled, and keeps events from then on', async ({ open }) => {
    const seen: string[] = [];
    const subscribe = async () => {
      const bus = await open({ bare: true });
      const { fresh } = await bus.subscribe(queue, async ({ sequence }) => void seen.push(`event ${sequence}`), {
        replica: 0,
        onMissing: () => void seen.push('missing'),
        onBound: (made) => void seen.push(made ? 'made' : 'found'),
      });
      return { bus, fresh };
    };
    const first = await subscribe();
    expect(first.fresh).toBe(true);
    await first.bus.publish([aProjectEvent(1)]);
    await until('the event', () => seen.length === 3);
    await until('an empty queue', async () => (await first.bus.depth(queue)) === 0);
    await first.bus.close();
    const between = await open({ bare: true });
    await between.publish([aProjectEvent(2)]);
    await between.close();
    const second = await subscribe();
    expect(second.fresh).toBe(false);
    await until('the event in between', () => seen.length === 5);
    expect(seen).toEqual(['missing', 'made', 'event 1', 'found', 'event 2']);
  });

  withBus('waits for what its consumer notes of a missing queue', async ({ open }) => {
    const bus = await open({ bare: true });
    const seen: string[] = [];
    await bus.subscribe(queue, async () => {}, {
      replica: 0,
      async onMissing() {
        await pause(50);
        seen.push('noted');
      },
      onBound: () => void seen.push('bound'),
    });
    expect(seen).toEqual(['noted', 'bound']);
  });

  withBus('knows the time of the oldest event that waits, is under way, or is tried again', async ({ open }) => {
    const bus = await open({ retryDelays: Array.from({ length: 40 }, () => 200) });
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let mended = false;
    const handled: number[] = [];
    const { oldest } = await bus.subscribe(queue, async ({ sequence }) => {
      await held;
      if (sequence === 1 && !mended) throw new Error('not yet');
      handled.push(sequence);
    });
    expect(oldest()).toBeNull();
    const events = [1, 2].map((sequence) => ({ ...aProjectEvent(sequence), time: `2026-11-25T00:00:0${sequence}.000Z` }));
    await bus.publish(events);
    const first = Date.parse('2026-11-25T00:00:01.000Z');
    await until('the first under way', () => oldest() === first);
    release();
    await until('the second handled', () => handled.includes(2));
    await until('the first waiting for its next try', () => oldest() === first);
    mended = true;
    await until('nothing waiting', () => oldest() === null);
    expect(handled).toEqual([2, 1]);
  });

  withBus('ends a subscription with the handler under way, and leaves the rest to the next one', async ({ open }) => {
    const bus = await open();
    const first: number[] = [];
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    let begun = false;
    const subscription = await bus.subscribe(queue, async ({ sequence }) => {
      begun = true;
      await held;
      first.push(sequence);
    });
    await bus.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    await until('the first under way', () => begun);
    const ended = subscription.end();
    release();
    await ended;
    expect(first).toEqual([1]);
    expect(bus.health()).toEqual({ ok: true });
    const second: number[] = [];
    await bus.subscribe(queue, async ({ sequence }) => void second.push(sequence));
    await until('the rest', () => second.length === 2);
    expect(second).toEqual([2, 3]);
  });

  withBus('knows which queues have replicas', async ({ open }) => {
    const bus = await open();
    await expect(bus.subscribe('gateway.live', async () => {}, { replica: 0 })).rejects.toThrow('has no replicas');
    await expect(bus.subscribe(queue, async () => {}, { replica: -1 })).rejects.toThrow('no number of a replica');
  });
}
