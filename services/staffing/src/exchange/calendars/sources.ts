import { IsoDay, TimeOff, Ulid } from '@sidekick/contracts';
import { type CollectionDef, StaleVersion, type Store, TakenKey } from '@sidekick/store';
import { z } from 'zod';
import { keyOf } from './ids.ts';
import type { Brought } from './plan.ts';

const BroughtIn = z.strictObject({ id: Ulid, person: Ulid, from: IsoDay, to: IsoDay, amount: TimeOff.shape.amount });

/** What a calendar brought in, so that what changed in it is told from what changed here. It holds days, and none of its words. */
const Source = z.strictObject({ _id: z.string(), account: Ulid, brought: z.array(BroughtIn) });
type Source = z.infer<typeof Source>;
const definition: CollectionDef<Source, 'by-account'> = {
  name: 'calendar-sources',
  schema: Source,
  indexes: { 'by-account': ['account', '_id'] },
};

/** As many of one calendar as it may bring in, twice over. */
const most = 10_000;

export interface CalendarSources {
  brought(source: string): Promise<readonly Brought[]>;
  /** What stands now of a calendar; what was brought in before and is not `gone` stays known. */
  note(source: string, account: string, now: readonly Brought[], gone: ReadonlySet<string>): Promise<void>;
}

/** Whoever brings a file of the same name in again means the same calendar. */
export const sourceOfFile = (account: string, name: string): string => keyOf('file', account, name.normalize('NFC').trim().toLowerCase());

export function calendarSourcesOf(store: Store): CalendarSources {
  const sources = store.collection(definition);
  return {
    brought: async (source) => (await sources.get(source))?.doc.brought ?? [],
    note: async (source, account, now, gone) => {
      for (;;) {
        const stored = await sources.get(source);
        const fresh = new Map((stored?.doc.brought ?? []).map((one) => [one.id, one]));
        for (const id of gone) fresh.delete(id);
        for (const { id, person, from, to, amount } of now) fresh.set(id, { id, person, from, to, amount });
        const brought = [...fresh.values()].slice(-most);
        try {
          if (stored) await sources.replace(stored, { ...stored.doc, brought });
          else await sources.insert({ _id: source, account, brought });
          return;
        } catch (error) {
          // The same calendar is brought in elsewhere in this moment.
          if (!(error instanceof StaleVersion || error instanceof TakenKey)) throw error;
        }
      }
    },
  };
}
