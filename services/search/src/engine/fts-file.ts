import { chmodSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import Database from 'libsql';
import type { Source } from './engine.ts';
import { aggregatesIn } from './fts-read-back.ts';
import { format, schema } from './fts-schema.ts';
import { type Aggregate, type Writes, writerOf } from './fts-write.ts';

type Note = 'built' | 'newest-event' | 'documents';

/** One index file, opened to be written. */
export interface IndexFile extends Writes {
  /** The next aggregates of a source after this id: a batch of them, none at the end. */
  aggregates(source: Source, after: string): Aggregate[];
  note(name: Note): string | null;
  setNote(name: Note, value: string): void;
  stale(): Source[];
  markStale(sources: readonly Source[]): void;
  close(): void;
}

/** What SQLite says of a file that is none of its, or no longer. */
export const isDamage = (error: unknown): boolean => /^SQLITE_(CORRUPT|NOTADB)/.test(String((error as { code?: unknown } | null)?.code));

/**
 * Opens or makes an index file, readable by its owner alone; one of another release's format is made anew. `durable`: what was
 * written survives power loss; `until-closed`: it survives nothing before `close`, which is all that a file under construction needs.
 */
export function openIndex(file: string, safety: 'durable' | 'until-closed'): IndexFile {
  const db = openInFormat(file);
  if (safety === 'until-closed') db.exec('pragma synchronous = off; pragma cache_size = -16384;');
  const note = db.prepare('select value from meta where name = ?');
  const setNote = db.prepare('insert or replace into meta (name, value) values (?, ?)');
  const stale = db.prepare("select substr(name, 7) as source from meta where name like 'stale:%' order by name");
  const writer = writerOf(db);
  return {
    ...writer,
    aggregates: (source, after) => aggregatesIn(db, source, after),
    note: (name) => (note.get([name]) as { value: string } | undefined)?.value ?? null,
    setNote: (name, value) => void setNote.run([name, value]),
    stale: () => (stale.all([]) as { source: Source }[]).map(({ source }) => source),
    markStale(sources) {
      for (const source of sources) setNote.run([`stale:${source}`, '']);
    },
    close: () => close(db),
  };
}

function openInFormat(file: string): Database.Database {
  const db = open(file);
  const { tables, version } = db
    .prepare('select (select count(*) from sqlite_master) as tables, user_version as version from pragma_user_version')
    .get([]) as { tables: number; version: number };
  if (tables > 0 && version !== format) {
    close(db);
    removeIndex(file);
    return openInFormat(file);
  }
  db.exec(`${schema} pragma user_version = ${format};`);
  return db;
}

function open(file: string): Database.Database {
  closeSync(openSync(file, 'a', 0o600));
  for (const name of namesOf(file)) if (existsSync(name)) chmodSync(name, 0o600);
  const db = new Database(file, { timeout: 10_000 });
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32768;');
  return db;
}

/** With its log, so that a file that is renamed is whole. */
function close(db: Database.Database): void {
  db.exec('pragma journal_mode = delete; select count(*) from sqlite_master;');
  db.close();
}

const namesOf = (file: string): string[] => ['', '-wal', '-shm', '-journal'].map((suffix) => file + suffix);

export function removeIndex(file: string): void {
  for (const name of namesOf(file)) rmSync(name, { force: true });
}
