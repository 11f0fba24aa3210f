import { LastBackup } from '@sidekick/contracts';
import { type CollectionDef, StaleVersion, type Store, TakenKey } from '@sidekick/store';
import { z } from 'zod';

const Kept = z.strictObject({ _id: z.literal('last'), ...LastBackup.shape });
const backups: CollectionDef<z.infer<typeof Kept>> = { name: 'backups', schema: Kept, indexes: {} };

export interface LastBackups {
  /** Null when none has been made. */
  read(): Promise<LastBackup | null>;
  /** Keeps it unless a later one is there. */
  record(backup: LastBackup): Promise<void>;
}

/** The one document of the gateway's store that says when the last good backup was made. */
export function lastBackupsOf(store: Store): LastBackups {
  const kept = store.collection(backups);
  return {
    async read() {
      const stored = await kept.get('last');
      if (!stored) return null;
      const { _id, ...backup } = stored.doc;
      return backup;
    },
    async record(backup) {
      for (;;) {
        const stored = await kept.get('last');
        if (stored && stored.doc.at >= backup.at) return;
        const doc = { _id: 'last' as const, ...backup };
        try {
          await (stored ? kept.replace(stored, doc) : kept.insert(doc));
          return;
        } catch (error) {
          if (!(error instanceof StaleVersion || error instanceof TakenKey)) throw error;
        }
      }
    },
  };
}
