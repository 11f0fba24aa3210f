import { migrates, type Ready, readiness, refuseUnready, type SchemaVersion } from './schema.ts';
import type { Database } from './sqlite-database.ts';

export interface SqliteStanding {
  /** The same database, but for reads and writes while this release must not use it: they throw StoreUnavailable. */
  usable: Database;
  ready(): Ready;
  kept(): SchemaVersion;
  /** Raises what the file says of itself, never lowers it. */
  raise(schema: SchemaVersion): Promise<void>;
  markRestoring(restoring: boolean): Promise<void>;
  /** Runs the migration unless a newer release has done more; then says so in the schema document, which only rises. */
  migrate(work: () => Promise<void>): Promise<void>;
}

/**
 * What the file says of itself, read once: nobody else has it open. `isNew` is of the newest release from the start; a
 * file without the document is of the releases before it, all of version 1.
 */
export function sqliteStanding(db: Database, ours: SchemaVersion, isNew: boolean): SqliteStanding {
  const textOf = (key: string) => db.get('SELECT value FROM meta WHERE key = ?', [key])?.['value'];
  const keep = (key: string, value: string) => db.run('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)', [key, value]);
  const read = (): SchemaVersion => JSON.parse(String(textOf('schema') ?? '{"version":1,"oldestReader":1}'));
  if (isNew) keep('schema', JSON.stringify(ours));
  let kept = read();
  let restoring = textOf('restoring') !== undefined;
  const ready = () => readiness(ours, kept, restoring);
  const checked =
    <A extends unknown[], R>(work: (...args: A) => R) =>
    (...args: A): R => {
      refuseUnready(ready());
      return work(...args);
    };
  const usable: Database = { ...db, all: checked(db.all), get: checked(db.get), write: async (job) => checked(db.write)(job) as never };
  const raise = async ({ version, oldestReader }: SchemaVersion) => {
    const raised = { version: Math.max(version, kept.version), oldestReader: Math.max(oldestReader, kept.oldestReader) };
    await db.write(() => keep('schema', JSON.stringify(raised)));
    kept = raised;
  };
  return {
    usable,
    ready,
    kept: () => kept,
    raise,
    async markRestoring(now) {
      await db.write(() => (now ? keep('restoring', '') : db.run(`DELETE FROM meta WHERE key = 'restoring'`)));
      restoring = now;
    },
    async migrate(work) {
      if (!migrates(ours, kept)) return;
      await work();
      await raise(ours);
    },
  };
}
