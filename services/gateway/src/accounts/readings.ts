import { Reading, Ulid } from '@sidekick/contracts';
import { type CollectionDef, StaleVersion, type Store, TakenKey } from '@sidekick/store';
import { z } from 'zod';
import { removeSurely } from '../common/races.ts';
import type { Account } from './account.ts';

const Kept = z.strictObject({ _id: Ulid, ...Reading.shape });
type Kept = z.infer<typeof Kept>;

const definition: CollectionDef<Kept> = { name: 'readings', schema: Kept, indexes: {} };

/**
 * How accounts have dates and numbers written. Beside the account and no part of it: a release before this one would refuse to change
 * an account with a member that it does not know, and a manager's open form is no older for what its owner chose.
 */
export interface Readings {
  /** Undefined while everything is as the browser has it. */
  of(account: Pick<Account, '_id' | 'reading'>): Promise<Reading | undefined>;
  /** The last one counts. */
  put(account: string, reading: Reading): Promise<void>;
  remove(account: string): Promise<void>;
}

export function readingsOf({ store }: { store: Store }): Readings {
  const readings = store.collection(definition);
  return {
    of: async ({ _id, reading }) => {
      const kept = (await readings.get(_id))?.doc;
      return kept ? { language: kept.language, firstDay: kept.firstDay } : reading;
    },
    put: async (account, reading) => {
      const doc = { _id: account, ...reading };
      for (;;) {
        const old = await readings.get(account);
        try {
          await (old ? readings.replace(old, doc) : readings.insert(doc));
          return;
        } catch (error) {
          if (!(error instanceof StaleVersion || (error instanceof TakenKey && !old && (await readings.get(account))))) throw error;
        }
      }
    },
    remove: (account) => removeSurely(readings, account),
  };
}
