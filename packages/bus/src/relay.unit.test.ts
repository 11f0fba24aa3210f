import { afterEach, describe, expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import type { Entry, Log, Outbox } from '@sidekick/store';
import { until } from '@sidekick/testing';
import type { BusNotice } from './delivery.ts';
import type { Relay } from './relay.loop.ts';
import { relayDocuments, relayLog } from './relay.ts';
import { aProjectEvent } from './testing/events.ts';

const running: Relay[] = [];
const started = (relay: Relay): Relay => {
  running.push(relay);
  relay.start();
  return relay;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((relay) => relay.stop()));
});

describe('relay of documents', () => {
  test('publishes a write of this process at once and clears it', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 60_000 }));
    outbox.write('a', 1);
    await until('cleared', () => outbox.rows.size === 0);
    expect(bus.published.map(({ sequence }) => sequence)).toEqual([1]);
  });

  test('leaves what another process wrote to that one for a while, then sends it', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    outbox.rows.set('theirs', { version: 1, event: aProjectEvent(1), writtenAt: Date.now() - 200 });
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 20, othersAfterMs: 500 }));
    outbox.write('mine', 2);
    await until('mine sent', () => bus.published.length === 1);
    expect(bus.published[0]?.sequence).toBe(2);
    await until('theirs sent', () => bus.published.length === 2);
    expect(Date.now() - (outbox.sentAt.get('theirs') ?? 0)).toBeLessThan(5_000);
    expect(outbox.sentAt.get('theirs')).toBeGreaterThanOrEqual((outbox.sentAt.get('mine') ?? 0) + 100);
  });

  test('does not ask an outbox that nothing was written to for each write to another', async () => {
    const [busy, quiet] = [anOutbox(), anOutbox()];
    const bus = aBus();
    started(relayDocuments({ outboxes: [busy, quiet], bus, pollMs: 60_000 }));
    await until('the first look', () => quiet.reads === 1);
    for (let n = 1; n <= 5; n += 1) {
      busy.write('a', n);
      await until('cleared', () => busy.rows.size === 0);
    }
    expect(busy.reads).toBeGreaterThanOrEqual(6);
    expect(quiet.reads).toBe(1);
    quiet.write('b', 1);
    await until('cleared', () => quiet.rows.size === 0);
    expect(bus.published).toHaveLength(6);
  });

  test('looks for what others left also while its own writes never rest', async () => {
    const [busy, quiet] = [anOutbox(), anOutbox()];
    const bus = aBus();
    started(relayDocuments({ outboxes: [busy, quiet], bus, pollMs: 40 }));
    bus.during = () => setImmediate(() => busy.write('a', busy.reads));
    busy.write('a', 1);
    await until('the first look', () => quiet.reads > 0);
    quiet.rows.set('left', { version: 1, event: aProjectEvent(1), writtenAt: 0 });
    await until('sent', () => quiet.rows.size === 0);
    bus.during = () => {};
  });

  test('loses nothing while publishing fails, and says how long the oldest has waited', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    const notices: BusNotice[] = [];
    bus.broken = true;
    const relay = started(relayDocuments({ outboxes: [outbox], bus, notify: (notice) => notices.push(notice) }));
    outbox.write('a', 1);
    await until('two attempts', () => notices.length >= 2);
    expect(outbox.rows.size).toBe(1);
    expect(await relay.oldestUnsent()).toBeGreaterThan(0.05);
    bus.broken = false;
    await until('sent', () => outbox.rows.size === 0);
    expect(await relay.oldestUnsent()).toBe(0);
    expect(bus.published).toHaveLength(1);
  });

  test('sends a newer event that is written while the older is under way', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    bus.during = () => {
      bus.during = () => {};
      outbox.write('a', 2);
    };
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 60_000 }));
    outbox.write('a', 1);
    await until('both', () => outbox.rows.size === 0 && bus.published.length === 2);
    expect(bus.published.map(({ sequence }) => sequence)).toEqual([1, 2]);
  });

  test('passes by an event that does not parse, tells of it once and goes on', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    const notices: BusNotice[] = [];
    outbox.rows.set('bad', { version: 1, event: { ...aProjectEvent(1), type: 'nonsense' } as unknown as Envelope, writtenAt: 0 });
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 10, notify: (notice) => notices.push(notice) }));
    outbox.write('a', 2);
    await until('the good one', () => bus.published.length === 1);
    await until('several passes', () => outbox.reads > 5);
    expect([...outbox.rows.keys()]).toEqual(['bad']);
    expect(notices).toHaveLength(1);
  });

  test('sends what a newer release left behind without the fields that only that one knows', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    const known = aProjectEvent(1);
    const newer = { ...known, later: 1, data: { ...known.data, extra: true } } as unknown as Envelope;
    outbox.rows.set('left', { version: 1, event: newer, writtenAt: 0 });
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 10 }));
    await until('cleared', () => outbox.rows.size === 0);
    expect(bus.published).toEqual([known]);
  });

  test('sends more than one batch', async () => {
    const outbox = anOutbox();
    const bus = aBus();
    for (let n = 1; n <= 900; n += 1) outbox.rows.set(`d${n}`, { version: 1, event: aProjectEvent(n), writtenAt: 0 });
    started(relayDocuments({ outboxes: [outbox], bus, pollMs: 60_000 }));
    await until('all', () => outbox.rows.size === 0);
    expect(new Set(bus.published.map(({ sequence }) => sequence)).size).toBe(900);
  });
});

describe('relay of a log', () => {
  const toEvents = ({ number }: Entry<unknown>) => [aProjectEvent(number), aProjectEvent(number, { subject: 'project-2' })];

  test('publishes entries in order from its position on, and moves it after the confirm', async () => {
    const log = aLog();
    const bus = aBus();
    log.entries = 450;
    log.at = 100;
    started(relayLog({ log, bus, toEvents, othersAfterMs: 0 }));
    await until('all', () => log.at === 450);
    expect(bus.published.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 700 }, (_, n) => 101 + Math.floor(n / 2)));
    log.append();
    await until('the next', () => log.at === 451);
    expect(bus.published).toHaveLength(702);
  });

  test('stays where it is while publishing fails', async () => {
    const log = aLog();
    const bus = aBus();
    const notices: BusNotice[] = [];
    bus.broken = true;
    const relay = started(relayLog({ log, bus, toEvents, notify: (notice) => notices.push(notice) }));
    log.append();
    await until('two attempts', () => notices.length >= 2);
    expect(log.at).toBe(0);
    expect(await relay.oldestUnsent()).toBeGreaterThan(0.05);
    bus.broken = false;
    await until('sent', () => log.at === 1);
    expect(bus.published).toHaveLength(2);
    await until('nothing behind', async () => (await relay.oldestUnsent()) === 0);
  });

  test('leaves the entries of another process to that one while its position moves', async () => {
    const log = aLog();
    const bus = aBus();
    started(relayLog({ log, bus, toEvents, pollMs: 10, othersAfterMs: 2_000 }));
    for (let n = 1; n <= 5; n += 1) {
      const reads = log.reads;
      log.entries = n;
      await until('a look', () => log.reads > reads + 1);
      log.at = n;
    }
    expect(bus.published).toEqual([]);
    log.entries = 6;
    await until('the abandoned one', () => log.at === 6);
    expect(bus.published).toHaveLength(2);
  });
});

function aBus() {
  return {
    broken: false,
    published: [] as Envelope[],
    during: () => {},
    async publish(events: readonly Envelope[]): Promise<void> {
      if (this.broken) throw new Error('the broker is away');
      this.during();
      this.published.push(...events);
    },
  };
}

interface Row {
  version: number;
  event: Envelope;
  writtenAt: number;
}

function anOutbox() {
  const listeners = new Set<(id?: string) => void>();
  const rows = new Map<string, Row>();
  const sentAt = new Map<string, number>();
  const outbox = {
    name: 'documents',
    rows,
    sentAt,
    reads: 0,
    write(id: string, version: number): void {
      rows.set(id, { version, event: aProjectEvent(version), writtenAt: Date.now() });
      for (const listener of listeners) listener(id);
    },
    async unsent(limit: number) {
      outbox.reads += 1;
      return [...rows].slice(0, limit).map(([id, row]) => ({ id, ...row }));
    },
    async sent(events: readonly { id: string; version: number }[]) {
      for (const { id, version } of events) {
        sentAt.set(id, Date.now());
        if (rows.get(id)?.version === version) rows.delete(id);
      }
    },
    oldestUnsent: async () => (rows.size === 0 ? null : Math.min(...[...rows.values()].map(({ writtenAt }) => writtenAt))),
    onWrite(listener: (id?: string) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return outbox satisfies Outbox;
}

function aLog() {
  let wake = () => {};
  const log = {
    entries: 0,
    at: 0,
    reads: 0,
    async read(after: number, limit: number): Promise<Entry<unknown>[]> {
      log.reads += 1;
      const count = Math.max(0, Math.min(limit, log.entries - after));
      return Array.from({ length: count }, (_, n) => ({ number: after + n + 1, requestId: `r${after + n + 1}`, entry: {} }));
    },
    position: async () => log.at,
    async moveTo(position: number) {
      log.at = Math.max(log.at, position);
    },
    onAppend(listener: () => void) {
      wake = listener;
      return () => {};
    },
    append() {
      log.entries += 1;
      wake();
    },
  };
  return log as typeof log & Pick<Log<unknown>, 'read'> as typeof log & Log<unknown>;
}
