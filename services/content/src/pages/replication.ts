import type { Cache } from '@sidekick/cache';
import { coalesced } from '@sidekick/service-kit';
import type { Collection } from '@sidekick/store';
import type { Memory } from './known.ts';
import type { Page, StoredPage } from './page.ts';
import { type Removals, removedSince } from './removal.ts';

/** How long what others wrote may go unseen by somebody who is not signed in, in milliseconds. */
const pollMs = 250;
/** How late a write may arrive after the time it names, and how far clocks may be apart, in milliseconds. */
const overlapMs = 10_000;
/**
 * A store that hangs does what it was sent when it goes on: later than any overlap after the time that a write names. So once looks
 * were further apart than `gapMs`, what was written since the one before is looked for again every `againMs`, `lateMs` long.
 */
const gapMs = 2_000;
const againMs = 5_000;
const lateMs = 30_000;
const stampName = 'content:pages';

export interface ReplicationOptions {
  pages: Collection<Page, 'by-touched'>;
  removals: Removals;
  /** Through its stamps processes tell each other that something was written. */
  cache: Cache;
  /** Other processes write too, so their writes are looked for. */
  shared: boolean;
}

export interface Replication {
  /** Takes in what other processes wrote. */
  refresh(): Promise<void>;
  /** Takes in one page as the store has it now. */
  lookAt(id: string): Promise<void>;
  /** Whether another process may have written it, or made it, since it was read; of one that is known only where `exactly`. */
  mayBeOld(found: StoredPage | undefined, exactly: boolean): Promise<boolean>;
  /** Tells the other processes of a write of this one. */
  announce(): void;
  /** Waits until they can know of every write so far. Never rejects. */
  told(): Promise<void>;
}

/** Keeps what is known of pages as the store has it, whoever writes. */
export function replicationOf(known: Memory, { pages, removals, cache, shared }: ReplicationOptions): Replication {
  let loaded: Promise<void> | undefined;
  let polled = 0;
  /** When the last look at all that others wrote began that came to an end. */
  let looked = 0;
  /** What may have come late: written from then on, looked for until then, and the next time then. */
  let late = { from: 0, until: 0, next: 0 };
  /** The stamp before that look; null before the first. */
  let seen: string | null = null;
  let telling = Promise.resolve();

  async function load(): Promise<void> {
    polled = Date.now();
    const begun = polled;
    for await (const { version, doc } of pages.scan()) if (doc) known.put({ doc, version });
    looked = begun;
    late = { from: begun - 2 * lateMs, until: Date.now() + lateMs, next: begun + againMs };
  }
  /** How far back a look that begins now has to go. */
  function reach(begun: number): number {
    const again = begun < late.until && begun >= late.next;
    if (again) late.next = begun + againMs;
    return (again ? Math.min(looked, late.from) : looked) - overlapMs;
  }
  async function poll(): Promise<void> {
    polled = Date.now();
    const begun = polled;
    const stamp = await cache.stampOf(stampName);
    const since = reach(begun);
    let cursor: string | undefined;
    do {
      const page = await pages.query({ index: 'by-touched', range: { gt: since }, limit: 1_000, cursor });
      for (const stored of page.items) known.put(stored);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    for (const { page } of await removedSince(removals, since)) if (known.get(page)) await lookAt(page);
    if (begun - looked > gapMs) {
      const from = begun < late.until ? Math.min(late.from, looked) : looked;
      late = { from, until: Date.now() + lateMs, next: begun + againMs };
    }
    looked = begun;
    if (stamp !== null) seen = stamp;
  }
  async function lookAt(id: string): Promise<void> {
    const stored = await pages.get(id);
    if (stored) known.put(stored);
    else if (known.get(id)) known.drop(id);
  }
  let newestStamp: string | null = null;
  const readStamp = coalesced(async () => {
    newestStamp = await cache.stampOf(stampName);
  });
  const tell = coalesced(() => cache.stamp(stampName));
  return {
    async refresh() {
      loaded ??= load().catch((error) => {
        loaded = undefined;
        throw error;
      });
      await loaded;
      if (!shared || Date.now() - polled < pollMs) return;
      await poll();
    },
    lookAt,
    async mayBeOld(found, exactly) {
      if (!shared || (found && !exactly)) return false;
      if (found) await readStamp();
      return !found || newestStamp === null || newestStamp !== seen;
    },
    announce() {
      if (shared) telling = tell();
    },
    told: () => telling,
  };
}
