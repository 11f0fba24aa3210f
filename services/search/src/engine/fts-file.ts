import { rmSync } from 'node:fs';
import Database from 'libsql';
import type { Engine, Shadow, Source } from './engine.ts';
import { readerOf } from './fts-read.ts';
import { aggregatesIn } from './fts-read-back.ts';
import { format, type Row, schema } from './fts-schema.ts';
import { writerOf } from './fts-write.ts';

type Reads = Pick<Engine, 'put' | 'epochOf' | 'search' | 'complete' | 'knows' | 'words' | 'wordsFrom' | 'size' | 'aggregates'>;
type Note = 'built' | 'newest-event';

/** One index file while it is open. */
export interface IndexFile extends Reads, Pick<Shadow, 'settle'>, Pick<Engine, 'stale' | 'markStale' | 'close'> {
  note(name: Note): string | null;
  setNote(name: Note, value: string): void;
}

/**
 * Opens or makes an index file; one of another release's format is made anew. `durable`: what was written survives power
 * loss; `until-closed`: it survives nothing before `close`, which is all that a file under construction needs.
 */
export function openIndex(file: string, safety: 'durable' | 'until-closed'): IndexFile {
  const db = openInFormat(file);
  if (safety === 'until-closed') db.exec('pragma synchronous = off; pragma cache_size = -16384;');
  const note = db.prepare('select value from meta where name = ?');
  const setNote = db.prepare('insert or replace into meta (name, value) values (?, ?)');
  const stale = db.prepare("select substr(name, 7) as source from meta where name like 'stale:%' order by name");
  const notes = new Map<Note, string | null>();
  const readNote = (name: Note) => (note.get([name]) as { value: string } | undefined)?.value ?? null;
  const writer = writerOf(db, () => notes.delete('newest-event'));
  return {
    ...writer,
    ...readerOf(db),
    aggregates: (source) => aggregatesIn(db, source),
    size: () => Number((db.prepare('select count(*) as n from document').get([]) as Row)['n']),
    note(name) {
      const known = notes.get(name);
      if (known !== undefined) return known;
      const value = readNote(name);
      notes.set(name, value);
      return value;
    },
    setNote(name, value) {
      setNote.run([name, value]);
      notes.set(name, value);
    },
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
    rmSync(file);
    return openInFormat(file);
  }
  db.exec(`${schema} pragma user_version = ${format};`);
  return db;
}

function open(file: string): Database.Database {
  const db = new Database(file);
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma locking_mode = exclusive; pragma cache_size = -65536;');
  return db;
}

function close(db: Database.Database): void {
  // libsql keeps the lock of a closed connection until its statements are collected: give it up first.
  db.exec('pragma journal_mode = delete; pragma locking_mode = normal; select count(*) from sqlite_master;');
  db.close();
}
