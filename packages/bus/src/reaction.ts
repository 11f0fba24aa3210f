import { setTimeout as pause } from 'node:timers/promises';
import type { Envelope, ReactionQueue } from '@sidekick/contracts';
import { type Collection, type CollectionDef, StaleVersion, type Store, type Stored, TakenKey } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Handler } from './bus.ts';

const Handled = z.strictObject({
  /** `<queue> <event id>`: two reactions to one event are remembered apart. */
  _id: z.string(),
  /** `open` after a try that failed: the next one begins at once. */
  state: z.enum(['begun', 'open', 'done']),
  /** The try that wrote it last. */
  by: z.string(),
  /** UTC day of the last write: what is too old is forgotten a day at a time. */
  day: z.string(),
});
type Handled = z.infer<typeof Handled>;
const definition: CollectionDef<Handled, 'by-day'> = { name: 'reactions', schema: Handled, indexes: { 'by-day': ['day'] } };

export interface ReactionOptions {
  /** Of the service that reacts. */
  store: Pick<Store, 'collection'>;
  clock: { now(): Date };
  /** Whole days for which an id is remembered at least: longer than dead letters are kept (90 days), since each may be replayed. */
  keepDays?: number;
  /** A try that has not been heard of for so many milliseconds has died. */
  leaseMs?: number;
}

export interface Reactions {
  /**
   * A handler that runs `react` until it has succeeded once for an event id, however often the event comes and to how many
   * replicas at once; what comes after that changes nothing.
   *
   * `react` runs again for the same id after it threw, and when its process died, or stood still for the time of a lease, before
   * its success was written down. So it makes documents, by `insertOnce` under ids made of the event's: each of them is then made
   * exactly once. What leaves the service (a mail, a call) is a job that such a document is, with tries of its own; done in
   * `react` itself it may happen twice, and is never left out. It ends within two minutes: another replica that has the event too
   * waits for it, but not longer than the bus tries.
   */
  once(queue: ReactionQueue, react: (event: Envelope) => Promise<void>): Handler;
  /** Forgets the ids of the oldest day that has run out and answers how many; 0 when there is none. */
  sweep(): Promise<number>;
}

/** Declares the collection of handled ids: before the store is migrated. */
export function reactionsOf({ store, clock, keepDays = 100, leaseMs = 10_000 }: ReactionOptions): Reactions {
  const handled = store.collection(definition);
  const dayBefore = (days: number) => new Date(clock.now().getTime() - days * 86_400_000).toISOString().slice(0, 10);

  /** Null when another wrote first. */
  const take = (id: string, found: Stored<Handled> | null): Promise<Stored<Handled> | null> => {
    const mine: Handled = { _id: id, state: 'begun', by: ulid(), day: dayBefore(0) };
    return nullIfLost(found ? handled.replace(found, mine) : handled.insert(mine));
  };

  /**
   * Begins a try; null when the event has been handled. A lease is no time on a clock, which replicas would have to share: a try
   * whose document has not changed while this one watched has died, and taking its place fails if it lives after all.
   */
  async function begin(id: string): Promise<Stored<Handled> | null> {
    let changed = 0;
    let patience = Number.POSITIVE_INFINITY;
    for (let found = null as Stored<Handled> | null, looks = 0; ; looks += 1) {
      if (!found || found.doc.state === 'open' || performance.now() - changed > leaseMs) {
        const mine = await take(id, found);
        if (mine) return mine;
      } else if (performance.now() > patience) {
        throw new Error('it is being handled elsewhere');
      } else {
        await pause(Math.min(leaseMs / 20, 5 * 2 ** looks));
      }
      const now = await handled.get(id);
      if (now?.doc.state === 'done') return null;
      if (now?.version !== found?.version) changed = performance.now();
      if (!found) patience = changed + 1.25 * leaseMs;
      found = now;
    }
  }

  /** A success is final, whoever took over meanwhile; anything else is written only while the try is still under way. */
  async function note(mine: Stored<Handled>, state: Handled['state']): Promise<void> {
    for (let known: Stored<Handled> | null = mine; known && known.doc.state !== 'done'; known = await handled.get(mine.doc._id)) {
      const isUnderWay = known.doc.state === 'begun' && known.doc.by === mine.doc.by;
      if (state !== 'done' && !isUnderWay) return;
      if (await nullIfLost(handled.replace(known, { ...mine.doc, state, day: dayBefore(0) }))) return;
    }
  }

  return {
    once: (queue, react) => async (event) => {
      const mine = await begin(`${queue} ${event.id}`);
      if (!mine) return;
      const beat = setInterval(() => void note(mine, 'begun').catch(() => {}), leaseMs / 4).unref();
      try {
        await react(event);
      } catch (error) {
        // Where even this fails the next try waits for the lease.
        await note(mine, 'open').catch(() => {});
        throw error;
      } finally {
        clearInterval(beat);
      }
      await note(mine, 'done');
    },
    async sweep() {
      const { items } = await handled.query({ index: 'by-day', range: { lt: dayBefore(keepDays) }, limit: 1 });
      const [oldest] = items;
      return oldest ? handled.erase({ index: 'by-day', equals: { day: oldest.doc.day } }) : 0;
    },
  };
}

/**
 * Makes a document of a reaction; false when an earlier try for the same event has, even if it was deleted since, for as long as
 * its tombstone is kept. Throws TakenKey for a claim of another document.
 */
export async function insertOnce<T extends { _id: string }>(collection: Pick<Collection<T>, 'insert'>, doc: T): Promise<boolean> {
  try {
    await collection.insert(doc);
    return true;
  } catch (error) {
    if (error instanceof TakenKey && error.key === `id:${doc._id}`) return false;
    throw error;
  }
}

async function nullIfLost<T>(write: Promise<T>): Promise<T | null> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof StaleVersion || error instanceof TakenKey) return null;
    throw error;
  }
}
