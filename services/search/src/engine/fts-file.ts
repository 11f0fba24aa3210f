import { chmodSync, closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { filesOf, openSharedFile, type SharedFile } from '@sidekick/sqlite';
import type { Source } from './engine.ts';
import { aggregatesIn } from './fts-read-back.ts';
import { format, schema } from './fts-schema.ts';
import { type Aggregate, type Writes, writerOf } from './fts-write.ts';

type Note = 'built' | 'newest-event' | 'documents';
type Safety = 'durable' | 'until-closed';

/** A reader holds the file for as long as a query may take; in milliseconds, with room. */
const patience = 10_000;

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

/**
 * Opens or makes an index file, readable by its owner alone; one of another release's format is made anew. `durable`: what was
 * written survives power loss; `until-closed`: it survives nothing before `close`, which is all that a file under construction needs.
 */
export function openIndex(file: string, safety: Safety): IndexFile {
  const db = openInFormat(file, safety);
  const setNote = (name: string, value: string) => void db.run('insert or replace into meta (name, value) values (?, ?)', [name, value]);
  return {
    ...writerOf(db),
    aggregates: (source, after) => aggregatesIn(db, source, after),
    note: (name) => (db.get('select value from meta where name = ?', [name]) as { value: string } | undefined)?.value ?? null,
    setNote,
    stale: () => (db.all(staleSources) as unknown as { source: Source }[]).map(({ source }) => source),
    markStale(sources) {
      for (const source of sources) setNote(`stale:${source}`, '');
    },
    close: db.close,
  };
}

const staleSources = "select substr(name, 7) as source from meta where name like 'stale:%' order by name";
/** Words that a release before kept when nothing had them any more. */
const forgotten = 'delete from vocabulary where internal <= 0 and public <= 0;';
const standing = 'select (select count(*) from sqlite_master) as tables, user_version as version from pragma_user_version';

function openInFormat(file: string, safety: Safety): SharedFile {
  const db = open(file, safety);
  const { tables, version } = db.get(standing) as { tables: number; version: number };
  if (tables > 0 && version !== format) {
    db.close();
    removeIndex(file);
    return openInFormat(file, safety);
  }
  db.exec(`${schema} ${forgotten} pragma user_version = ${format};`);
  return db;
}

function open(file: string, safety: Safety): SharedFile {
  closeSync(openSync(file, 'a', 0o600));
  for (const name of filesOf(file)) if (existsSync(name)) chmodSync(name, 0o600);
  return openSharedFile(file, { as: 'writer', safety, patience, cacheMiB: safety === 'durable' ? 32 : 16 });
}

export function removeIndex(file: string): void {
  for (const name of filesOf(file)) rmSync(name, { force: true });
}
