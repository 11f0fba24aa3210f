import { Ulid } from '@sidekick/contracts';
import type { CollectionDef, Store } from '@sidekick/store';
import { z } from 'zod';
import { removeSurely } from '../common/races.ts';
import type { Outcome } from './send.ts';

/** Beside the webhook: how it fares changes by itself, and makes nobody's open form older. */
const Health = z.strictObject({ _id: Ulid, lastOkAt: z.iso.datetime().nullable(), failingSince: z.iso.datetime().nullable() });
export type Health = z.infer<typeof Health>;
const healthDef: CollectionDef<Health> = { name: 'webhook-health', schema: Health, indexes: {} };

type Fares = Pick<Health, 'lastOkAt' | 'failingSince'>;

/** How webhooks fare. */
export function healthsOf(store: Store) {
  const all = store.collection(healthDef);
  /** Two tries of one webhook never end at once, but a test and a delivery may: the later one counts. */
  const write = async (id: string, change: (old: Fares) => Partial<Fares>): Promise<Fares> => {
    for (;;) {
      const old = await all.get(id);
      const next: Health = { _id: id, lastOkAt: null, failingSince: null, ...old?.doc, ...change(old?.doc ?? neverSent) };
      const [result] = await all.writeMany([old ? { do: 'replace', old, doc: next } : { do: 'insert', doc: next }]);
      const isRemoved = !old && (await all.get(id)) === null;
      if (result?.ok || isRemoved) return next;
    }
  };
  return {
    of: async (ids: readonly string[]) => new Map((await all.getMany(ids)).map(({ doc }) => [doc._id, doc])),
    /** Since when it fails, after a try; null where it was taken. */
    note: async (id: string, { reason }: Outcome, now: Date): Promise<string | null> => {
      const at = now.toISOString();
      const change = ({ failingSince }: Fares): Partial<Fares> =>
        reason === null ? { lastOkAt: at, failingSince: null } : { failingSince: failingSince ?? at };
      return (await write(id, change)).failingSince;
    },
    /** Forgets that it failed: it was started again, or leads elsewhere. */
    begin: async (id: string): Promise<void> => void (await write(id, () => ({ failingSince: null }))),
    remove: (id: string): Promise<void> => removeSurely(all, id),
  };
}
const neverSent: Fares = { lastOkAt: null, failingSince: null };
