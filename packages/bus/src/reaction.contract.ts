import { expect, test } from '@jest/globals';
import { type Collection, type Store, StoreUnavailable } from '@sidekick/store';
import { until } from '@sidekick/testing';
import { type Bus, insertOnce, reactionsOf } from './index.ts';
import { childOf } from './testing/child.ts';
import { aProjectEvent } from './testing/events.ts';
import { effects } from './testing/replica.ts';
import { told } from './testing/told.ts';

/** What a test of reactions gets: a bus and a store that belong together. */
export interface ReactionSide {
  /**
   * Another replica each time. Behind a broker they share its queues and the database; in one process each has a bus of its own,
   * so that both get what is published at both.
   */
  open(options?: { retryDelays?: readonly number[] }): Promise<{ bus: Bus; store: Store }>;
  /** Arguments for the child process in place of the first replica. */
  childArguments: string[];
  end(): Promise<void>;
}

const clock = { now: () => new Date() };
/** Nobody's try is taken for dead in a test that names no lease. */
const noLease = 600_000;

/** What reactions must do on every bus with its store. */
export function reactionContract(make: () => Promise<ReactionSide>): void {
  const withSide = (title: string, body: (side: ReactionSide) => Promise<void>) =>
    test(title, async () => {
      const side = await make();
      try {
        await body(side);
      } finally {
        await side.end();
      }
    }, 60_000);

  withSide('keeps what comes before anybody reacts, and runs once for an event that comes twice', async ({ open }) => {
    const { bus, store } = await open();
    const { once } = reactionsOf({ store, clock });
    const [first, second] = [aProjectEvent(1), aProjectEvent(2)];
    await bus.publish([first]);
    await until('the event kept', async () => (await bus.depth(told)) === 1);
    const runs: string[] = [];
    const handled: string[] = [];
    const react = once(told, async ({ id }) => void runs.push(id));
    await bus.subscribe(told, async (event) => {
      await react(event);
      handled.push(event.id);
    });
    await bus.publish([first, second, first]);
    await until('all handled', () => handled.length === 4);
    expect(runs).toEqual([first.id, second.id]);
  });

  withSide('remembers apart for two queues that want the same event', async ({ open }) => {
    const { store } = await open();
    const { once } = reactionsOf({ store, clock });
    const runs: string[] = [];
    const both = [told, 'gateway.other' as typeof told].map((queue) => once(queue, async () => void runs.push(queue)));
    const event = aProjectEvent(1);
    for (const react of [...both, ...both]) await react(event);
    expect(runs).toEqual([told, 'gateway.other']);
  });

  withSide('runs once for each event that two replicas get at once', async ({ open }) => {
    const runs: string[] = [];
    let handled = 0;
    const reactAt = async () => {
      const { bus, store } = await open();
      const react = reactionsOf({ store, clock }).once(told, async ({ id }) => {
        await new Promise((resolve) => setImmediate(resolve));
        runs.push(id);
      });
      await bus.subscribe(told, async (event) => {
        await react(event);
        handled += 1;
      });
      return { bus, react };
    };
    const one = await reactAt();
    const other = await reactAt();
    const events = Array.from({ length: 20 }, (_, n) => aProjectEvent(n + 1));
    await Promise.all([one.bus.publish(events), other.bus.publish(events)]);
    await until('both copies of each handled', () => handled === 40);
    const atOnce = aProjectEvent(21);
    await Promise.all(Array.from({ length: 10 }, (_, n) => (n % 2 ? one : other).react(atOnce)));
    expect(runs.toSorted()).toEqual([...events, atOnce].map(({ id }) => id).toSorted());
  });

  withSide('leaves an event to a try that lives, however long it takes', async ({ open }) => {
    const [one, other] = [await open(), await open()];
    const runs: string[] = [];
    const held = gate();
    const at = (store: Store, name: string) =>
      reactionsOf({ store, clock, leaseMs: 3_000 }).once(told, async () => {
        runs.push(name);
        await held.opened;
      });
    const event = aProjectEvent(1);
    const slow = at(one.store, 'one')(event);
    await until('the first under way', () => runs.length === 1);
    const late = at(other.store, 'other');
    await expect(late(event)).rejects.toThrow('handled elsewhere');
    held.open();
    await slow;
    await late(event);
    expect(runs).toEqual(['one']);
  });

  withSide('tries again when it throws, ends as a dead letter, and runs when that is replayed', async ({ open }) => {
    const { bus, store } = await open({ retryDelays: [20, 40] });
    const made = store.collection(effects);
    let broken = true;
    let runs = 0;
    const react = reactionsOf({ store, clock, leaseMs: noLease }).once(told, async ({ id }) => {
      runs += 1;
      if (broken) throw new Error('no room');
      await insertOnce(made, { _id: id });
    });
    let handled = 0;
    await bus.subscribe(told, async (event) => {
      await react(event);
      handled += 1;
    });
    const event = aProjectEvent(1);
    await bus.publish([event]);
    const [letter] = await until('a dead letter', async () => {
      const letters = await bus.deadLetters(told, 10);
      return letters.length > 0 ? letters : null;
    });
    expect(letter).toMatchObject({ attempts: 3, reason: 'Error: no room' });
    expect(runs).toBe(3);
    expect(await idsIn(made)).toEqual([]);
    broken = false;
    await bus.replay(told, letter?.id ?? '');
    await until('the replayed one', () => handled === 1);
    await bus.publish([event]);
    await until('the copy', () => handled === 2);
    expect(runs).toBe(4);
    expect(await idsIn(made)).toEqual([event.id]);
  });

  for (const { place, runsAgain } of [
    { place: 'begun', runsAgain: 1 },
    { place: 'made', runsAgain: 1 },
    { place: 'handled', runsAgain: 0 },
  ]) {
    withSide(`makes its document once when the process is killed at "${place}"`, async ({ open, childArguments }) => {
      const child = childOf('reaction.child.ts', [place, ...childArguments]);
      await until(`the child at "${place}"`, () => child.numbers(place).length === 1);
      await child.kill();
      const { bus, store } = await open();
      const made = store.collection(effects);
      let runs = 0;
      const react = reactionsOf({ store, clock, leaseMs: 1_000 }).once(told, async ({ id }) => {
        runs += 1;
        await insertOnce(made, { _id: id });
      });
      let handled = 0;
      await bus.subscribe(told, async (event) => {
        await react(event);
        handled += 1;
      });
      await until('the event that came again', () => handled === 1);
      expect(runs).toBe(runsAgain);
      expect(await idsIn(made)).toEqual(['event-1']);
    });
  }

  withSide('holds a success for good though another took over meanwhile and fails', async ({ open }) => {
    const { store } = await open();
    const made = store.collection(effects);
    const away = { now: true };
    const event = aProjectEvent(1);
    const runs: string[] = [];
    const [first, second] = [gate(), gate()];
    const slow = reactionsOf({ store: cutOff(store, away), clock, leaseMs: 500 }).once(told, async ({ id }) => {
      runs.push('first');
      await first.opened;
      await insertOnce(made, { _id: id });
    })(event);
    await until('the first under way', () => runs.length === 1);
    const taken = reactionsOf({ store, clock, leaseMs: 500 }).once(told, async ({ id }) => {
      runs.push('second');
      await second.opened;
      expect(await insertOnce(made, { _id: id })).toBe(false);
      throw new Error('too late');
    });
    const failed = expect(taken(event)).rejects.toThrow('too late');
    await until('the second in its place', () => runs.length === 2);
    away.now = false;
    first.open();
    await slow;
    second.open();
    await failed;
    await taken(event);
    expect(runs).toEqual(['first', 'second']);
    expect(await idsIn(made)).toEqual([event.id]);
  });

  withSide('does not make anew what was deleted since', async ({ open }) => {
    const { store } = await open();
    const made = store.collection(effects);
    expect(await insertOnce(made, { _id: 'a' })).toBe(true);
    const stored = await made.get('a');
    if (stored) await made.remove(stored);
    expect(await insertOnce(made, { _id: 'a' })).toBe(false);
    expect(await idsIn(made)).toEqual([]);
  });

  withSide('forgets ids after their time and not before', async ({ open }) => {
    const { store } = await open();
    let now = '2026-11-25T12:00:00Z';
    const { once, sweep } = reactionsOf({ store, clock: { now: () => new Date(now) }, keepDays: 30 });
    const runs: number[] = [];
    const react = once(told, async ({ sequence }) => void runs.push(sequence));
    const [old, recent] = [aProjectEvent(1), aProjectEvent(2)];
    await react(old);
    now = '2026-11-26T00:00:00Z';
    await react(recent);
    now = '2026-12-25T23:59:59Z';
    expect(await sweep()).toBe(0);
    await react(old);
    expect(runs).toEqual([1, 2]);
    now = '2026-12-26T00:00:00Z';
    expect(await sweep()).toBe(1);
    expect(await sweep()).toBe(0);
    for (const event of [old, recent]) await react(event);
    expect(runs).toEqual([1, 2, 1]);
  });
}

function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

async function idsIn(collection: Collection<{ _id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id, doc } of collection.scan()) if (doc) ids.push(id);
  return ids;
}

/** The store of a replica that stands still: it changes no document while it is `away`. */
function cutOff(store: Store, away: { now: boolean }): Pick<Store, 'collection'> {
  return {
    collection(def) {
      const collection = store.collection(def);
      const replace: typeof collection.replace = (...given) =>
        away.now ? Promise.reject(new StoreUnavailable('away')) : collection.replace(...given);
      return { ...collection, replace };
    },
  };
}
