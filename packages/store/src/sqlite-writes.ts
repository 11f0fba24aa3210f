import type { CollectionDef, EventOf, Stored } from './collection.ts';
import { eventText, ofNewerRelease, type Prepared, prepare, prepareNext, schemaOf } from './definition.ts';
import { StaleVersion, TakenKey } from './errors.ts';
import type { Database } from './sqlite-database.ts';
import { tableOf } from './sqlite-schema.ts';

export interface SqliteParts {
  db: Database;
  now: () => number;
  wrote: () => void;
}

/** The three writes. Everything that can be wrong is found before the first change, so a refused write leaves nothing. */
export function sqliteWrites<T extends { _id: string }, I extends string>(def: CollectionDef<T, I>, { db, now, wrote }: SqliteParts) {
  const table = tableOf(def.name);
  const schema = schemaOf(def.upcasts);
  const claims = claimsOf(def.name, db);
  const commit = async <R>(event: string | null, job: () => R): Promise<R> => {
    const result = await db.write(job);
    if (event !== null) wrote();
    return result;
  };
  const expect = ({ doc, version }: Stored<T>) => {
    const row = db.get(`SELECT version, schema FROM ${table} WHERE id = ? AND body IS NOT NULL`, [doc._id]);
    if (row?.['version'] !== version) throw new StaleVersion(doc._id);
    return Number(row['schema']);
  };
  const keepEvent = (id: string, version: number, event: string | null) => {
    if (event === null) return;
    db.run(`UPDATE ${table} SET event = ?, event_version = ?, written_at = ? WHERE id = ?`, [event, version, now(), id]);
  };

  return {
    async insert(given: T, eventOf?: EventOf) {
      const { doc, text, claims: wanted } = prepare(def, given);
      const event = eventText(eventOf, 1);
      return commit(event, () => {
        if (db.get(`SELECT id FROM ${table} WHERE id = ?`, [doc._id])) throw new TakenKey(`id:${doc._id}`);
        claims.check(doc._id, wanted);
        db.run(`INSERT INTO ${table} (id, version, schema, body) VALUES (?, 1, ?, ?)`, [doc._id, schema, text]);
        claims.set(doc._id, wanted);
        keepEvent(doc._id, 1, event);
        return { doc, version: 1 };
      });
    },
    async replace(old: Stored<T>, given: T, eventOf?: EventOf) {
      const { doc, text, claims: wanted }: Prepared<T> = prepareNext(def, old, given);
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      return commit(event, () => {
        if (expect(old) > schema) throw ofNewerRelease(def.name, doc._id);
        claims.check(doc._id, wanted);
        db.run(`UPDATE ${table} SET version = ?, schema = ?, body = ? WHERE id = ?`, [version, schema, text, doc._id]);
        claims.set(doc._id, wanted);
        keepEvent(doc._id, version, event);
        return { doc, version };
      });
    },
    async remove(old: Stored<T>, eventOf?: EventOf) {
      const id = old.doc._id;
      const version = old.version + 1;
      const event = eventText(eventOf, version);
      return commit(event, () => {
        expect(old);
        db.run(`UPDATE ${table} SET version = ?, body = NULL, deleted_at = ? WHERE id = ?`, [version, now(), id]);
        claims.set(id, []);
        keepEvent(id, version, event);
        return { version };
      });
    },
  };
}

function claimsOf(collection: string, db: Database) {
  const held = (id: string) => db.all('SELECT key FROM claims WHERE collection = ? AND id = ?', [collection, id]).map((row) => row['key']);
  return {
    /** Throws TakenKey for the first that another document holds. */
    check(id: string, wanted: readonly string[]): void {
      for (const key of wanted) {
        const holder = db.get('SELECT id FROM claims WHERE collection = ? AND key = ?', [collection, key]);
        if (holder && holder['id'] !== id) throw new TakenKey(key);
      }
    },
    set(id: string, wanted: readonly string[]): void {
      const before = new Set(held(id));
      const after = new Set<unknown>(wanted);
      for (const key of before) {
        if (!after.has(key)) db.run('DELETE FROM claims WHERE collection = ? AND key = ?', [collection, String(key)]);
      }
      for (const key of wanted) {
        if (!before.has(key)) db.run('INSERT INTO claims (collection, key, id) VALUES (?, ?, ?)', [collection, key, id]);
      }
    },
  };
}
