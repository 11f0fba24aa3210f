import type { Envelope } from '@sidekick/contracts';
import type { Outbox } from './collection.ts';
import type { Database } from './sqlite-database.ts';
import { tableOf } from './sqlite-schema.ts';

/** What the relay sees of a collection. */
export function sqliteOutbox(def: { name: string }, db: Database, onWrite: Outbox['onWrite']): Outbox {
  const table = tableOf(def.name);
  return {
    name: def.name,
    async unsent(limit) {
      const rows = db.all(
        `SELECT id, event_version, event, written_at FROM ${table} WHERE event IS NOT NULL ORDER BY written_at, id LIMIT ?`,
        [limit],
      );
      return rows.map((row) => ({
        id: String(row['id']),
        version: Number(row['event_version']),
        event: JSON.parse(String(row['event'])) as Envelope,
        writtenAt: Number(row['written_at']),
      }));
    },
    async sent(events) {
      const clear = `UPDATE ${table} SET event = NULL, event_version = NULL, written_at = NULL WHERE id = ? AND event_version = ?`;
      await db.write(() => {
        for (const { id, version } of events) db.run(clear, [id, version]);
      });
    },
    async oldestUnsent() {
      const row = db.get(`SELECT min(written_at) AS oldest FROM ${table} WHERE event IS NOT NULL`);
      return row?.['oldest'] == null ? null : Number(row['oldest']);
    },
    onWrite,
  };
}
