import { expect } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import { until } from '@sidekick/testing';
import type { BusNotice } from './delivery.ts';
import { isNewer, NoDeadLetter, Unprocessable } from './index.ts';
import { childOf } from './testing/child.ts';
import { aProjectEvent } from './testing/events.ts';
import { type BusSide, collect, queue, sequences, testWith } from './testing/side.ts';

const delays = [40, 80];

/** The part of the bus's suite in which something goes wrong. */
export function failuresContract(make: () => Promise<BusSide>): void {
  const withBus = testWith(make);

  withBus('tries again after a pause, and lets others pass meanwhile', async ({ open }) => {
    const notices: BusNotice[] = [];
    const patient = Array.from({ length: 20 }, () => 150);
    const bus = await open({ retryDelays: patient, notify: (notice) => notices.push(notice) });
    const got: number[] = [];
    let failures = 0;
    let mended = false;
    await bus.subscribe(queue, async ({ sequence }) => {
      if (sequence === 1 && !mended) {
        failures += 1;
        throw new Error('not yet');
      }
      got.push(sequence);
    });
    await bus.publish([aProjectEvent(1), aProjectEvent(2), aProjectEvent(3)]);
    await until('the others handled, and the failed one kept', async () => (await bus.depth(queue)) === 1);
    await until('a second failure', () => failures >= 2);
    expect(got).toEqual([2, 3]);
    mended = true;
    await until('the failed one', () => got.length === 3);
    expect(got).toEqual([2, 3, 1]);
    expect(notices.filter(({ what }) => what === 'retried')).toHaveLength(failures);
    expect(await bus.deadLetters(queue, 10)).toEqual([]);
  });

  withBus('ends an event that always fails as a dead letter after its tries, and the queue goes on', async ({ open }) => {
    const bus = await open({ retryDelays: delays });
    const tries = new Map<number, number>();
    await bus.subscribe(queue, async ({ sequence }) => {
      tries.set(sequence, (tries.get(sequence) ?? 0) + 1);
      if (sequence === 2) throw new TypeError('poison');
    });
    await bus.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    const [letter] = await until('a dead letter', async () => {
      const letters = await bus.deadLetters(queue, 10);
      return letters.length > 0 ? letters : null;
    });
    await bus.publish([aProjectEvent(4)]);
    await until('the next', () => tries.has(4));
    expect(Object.fromEntries(tries)).toEqual({ 1: 1, 2: delays.length + 1, 3: 1, 4: 1 });
    expect(letter).toMatchObject({ queue, attempts: delays.length + 1, body: { sequence: 2 } });
    expect(letter?.reason).toContain('poison');
    expect(Date.now() - Date.parse(letter?.diedAt ?? '')).toBeLessThan(20_000);
    await until('an empty queue', async () => (await bus.depth(queue)) === 0);
  });

  withBus('makes a dead letter at once of what no retry can help', async ({ open, smuggle }) => {
    await (await open({ retryDelays: delays })).close();
    await smuggle('{ this is no JSON');
    await smuggle(JSON.stringify({ ...aProjectEvent(3), data: 7 }));
    const bus = await open({ retryDelays: delays });
    let tries = 0;
    await bus.subscribe(queue, async () => {
      tries += 1;
      throw new Unprocessable('never');
    });
    await bus.publish([aProjectEvent(1)]);
    const letters = await until('three dead letters', async () => {
      const found = await bus.deadLetters(queue, 10);
      return found.length === 3 ? found : null;
    });
    expect(tries).toBe(1);
    const reasons = letters.map(({ reason }) => reason);
    expect(reasons.filter((reason) => reason.startsWith('does not parse: '))).toHaveLength(2);
    expect(reasons).toContainEqual(expect.stringContaining('never'));
    expect(reasons).toContainEqual(expect.stringMatching(/^does not parse: (data: )?This must be a group of fields$/));
    expect(letters.find(({ body }) => typeof body === 'string')?.body).toBe('{ this is no JSON');
  });

  withBus(
    'passes over what only a newer release knows, tells of it, and the queue goes on without a dead letter',
    async ({ open, smuggle }) => {
      await (await open({ retryDelays: delays })).close();
      await smuggle(JSON.stringify({ ...aProjectEvent(1), type: 'staffing.unheard-of.changed.v1', data: { state: 'of its own' } }));
      const notices: BusNotice[] = [];
      const bus = await open({ retryDelays: delays, notify: (notice) => void notices.push(notice) });
      const got: number[] = [];
      const { passedOver } = await bus.subscribe(queue, async ({ sequence }) => void got.push(sequence));
      await bus.publish([aProjectEvent(2)]);
      await until('the next', () => got.length === 1);
      await until('an empty queue', async () => (await bus.depth(queue)) === 0);
      expect([got, passedOver(), await bus.deadLetterCount(queue)]).toEqual([[2], 1, 0]);
      expect(notices.filter(({ what }) => what === 'passed over')).toEqual([
        { what: 'passed over', queue, type: 'staffing.unheard-of.changed.v1', reason: expect.stringContaining('newer release') },
      ]);
    },
  );

  withBus('shows dead letters as often as asked, replays one with its tries at 0, discards another', async ({ open }) => {
    const bus = await open({ retryDelays: [10] });
    let broken = true;
    const got: number[] = [];
    await bus.subscribe(queue, async ({ sequence }) => {
      if (broken) throw new Error('broken');
      got.push(sequence);
    });
    await bus.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    const dead = async () => {
      const letters = await bus.deadLetters(queue, 10);
      return letters.length === 3 ? letters : null;
    };
    await until('three dead letters', dead);
    for (let n = 0; n < 30; n += 1) await until('the same three', dead);
    expect(await bus.deadLetters(queue, 2)).toHaveLength(2);
    await until('all three counted', async () => (await bus.deadLetterCount(queue)) === 3);
    const letters = await until('all again', dead);
    const idOf = (sequence: number) => letters.find(({ body }) => (body as Envelope).sequence === sequence)?.id ?? '';
    broken = false;
    await bus.replay(queue, idOf(2));
    await until('the replayed one', () => got.length === 1);
    await bus.discard(queue, idOf(1));
    const rest = await until('one left', async () => {
      const left = await bus.deadLetters(queue, 10);
      return left.length === 1 ? left : null;
    });
    expect(got).toEqual([2]);
    expect(rest[0]).toMatchObject({ body: { sequence: 3 } });
    await expect(bus.replay(queue, '999999')).rejects.toBeInstanceOf(NoDeadLetter);
    await expect(bus.discard(queue, 'nonsense')).rejects.toBeInstanceOf(NoDeadLetter);
    broken = true;
    await bus.replay(queue, idOf(3));
    const [again] = await until('dead again', async () => {
      const left = await bus.deadLetters(queue, 10);
      return left.length === 1 ? left : null;
    });
    expect(again?.attempts).toBe(2);
  });

  withBus('leaves a projection at the newest state, whatever the order and however often', async ({ open }) => {
    const bus = await open();
    const rows = new Map<string, { epoch: string; sequence: number }>();
    let handled = 0;
    await bus.subscribe(queue, async (event) => {
      if (isNewer(rows.get(event.subject) ?? null, event)) rows.set(event.subject, { epoch: event.epoch, sequence: event.sequence });
      handled += 1;
    });
    const again = aProjectEvent(7);
    const later = '01K9000000000000000000000A';
    const events = [again, aProjectEvent(3), again, aProjectEvent(9), aProjectEvent(8), aProjectEvent(2, { subject: 'project-2' })];
    const restored = [aProjectEvent(4, { subject: 'project-3' }), aProjectEvent(1, { subject: 'project-3', epoch: later })];
    await bus.publish([...events, ...restored, aProjectEvent(5, { subject: 'project-3' })]);
    await until('all', () => handled === 9);
    expect([...rows].map(([subject, { sequence }]) => [subject, sequence])).toEqual([
      ['project-1', 9],
      ['project-2', 2],
      ['project-3', 1],
    ]);
  });

  withBus('waits for the handler under way when it closes, and delivers the rest next time', async ({ open }) => {
    const first = await open();
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const done: number[] = [];
    let begun = false;
    await first.subscribe(queue, async ({ sequence }) => {
      begun = true;
      await held;
      done.push(sequence);
    });
    await first.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    await until('the first handler', () => begun);
    const closing = first.close();
    setTimeout(release, 30);
    await closing;
    expect(done).toEqual([1]);
    expect(first.health().ok).toBe(false);
    await expect(first.publish([aProjectEvent(4)])).rejects.toThrow('closed');
    const second = await open();
    const got = await collect(second);
    await until('the rest', () => got.length === 2);
    expect(sequences(got)).toEqual([2, 3]);
  });

  withBus(
    'loses nothing when the process is killed between publish and handling',
    async ({ open, childArguments }) => {
      const setUp = await open();
      await setUp.close();
      const published = new Set<number>();
      const handled = new Set<number>();
      for (let kill = 1; kill <= 5; kill += 1) {
        const child = childOf('bus.child.ts', [...childArguments, String(kill * 100_000)]);
        await until('some published', () => child.numbers('published').length > 60 && child.numbers('handled').length > 5, 20);
        await child.kill();
        for (const n of child.numbers('published')) published.add(n);
        for (const n of child.numbers('handled')) handled.add(n);
      }
      const bus = await open();
      await bus.subscribe(queue, async ({ sequence }) => void handled.add(sequence));
      await until('an empty queue', async () => (await bus.depth(queue)) === 0, 30);
      await until('every published one handled', () => [...published].every((n) => handled.has(n)), 5);
      expect(await bus.deadLetters(queue, 10)).toEqual([]);
    },
    90_000,
  );
}
