import { setTimeout as pause } from 'node:timers/promises';
import type { Model } from 'mongoose';
import { leaseOf, leaseTimes } from './lease.ts';
import { isDuplicate, type Use } from './mongo-connection.ts';
import type { MetaRow } from './mongo-log.ts';
import { type Ready, readiness, refuseUnready, type SchemaVersion } from './schema.ts';

export interface MongoSchema {
  /** Throws StoreUnavailable while this store must not be used; asks the server only now and then. */
  check(): Promise<void>;
  ready(): Promise<Ready>;
  kept(): Promise<SchemaVersion | null>;
  /** As of the last look; null where none was made yet. A restore, which makes another, runs while the services stand still. */
  epoch(): Promise<string | null>;
  /** What was found is not true any more. */
  forget(): void;
  /** Raises one of the two, never lowers it. Stores that this shuts out have stopped when it resolves. */
  raise(part: Partial<SchemaVersion>): Promise<void>;
  markRestoring(restoring: boolean): Promise<void>;
}

/** The schema document of a database, and whether this release may use it. */
export function mongoSchema(ours: SchemaVersion, meta: Model<MetaRow>, use: Use): MongoSchema {
  const rows = () => meta.collection.find<MetaRow>({ _id: { $in: ['schema', 'restoring', 'epoch'] } } as never).toArray();
  const keptIn = (found: readonly MetaRow[]): SchemaVersion | null => {
    const row = found.find(({ _id }) => _id === 'schema');
    return row ? { version: row.version ?? 0, oldestReader: row.oldestReader ?? 0 } : null;
  };
  const look = async () => {
    const found = await use(rows);
    const restoring = found.some(({ _id }) => _id === 'restoring');
    const epoch = found.find(({ _id }) => _id === 'epoch')?.text ?? null;
    return { ready: readiness(ours, keptIn(found), restoring), epoch };
  };
  const lease = leaseOf(look, ({ ready, epoch }) => ready.ok && epoch !== null);
  const kept = async () => keptIn(await use(rows));
  const max = (part: Partial<SchemaVersion>) =>
    use(() => meta.collection.updateOne({ _id: 'schema' } as never, { $max: part } as never, { upsert: true }));
  return {
    check: async () => refuseUnready((await lease.held()).ready),
    ready: async () => (await lease.held()).ready,
    epoch: async () => (await lease.held()).epoch,
    forget: lease.forget,
    kept,
    async raise(part) {
      const before = await kept();
      // Two migrations at once may both insert it; the second then finds it.
      await max(part).catch((error) => (isDuplicate(error) ? max(part) : Promise.reject(error)));
      lease.forget();
      const shutsOut = before !== null && (part.oldestReader ?? 0) > before.oldestReader;
      if (shutsOut) await pause(leaseTimes.valid + 500);
    },
    async markRestoring(now) {
      await use(async () => {
        if (now) await meta.collection.updateOne({ _id: 'restoring' } as never, { $set: { text: '' } }, { upsert: true });
        else await meta.collection.deleteOne({ _id: 'restoring' } as never);
      });
      lease.forget();
    },
  };
}
