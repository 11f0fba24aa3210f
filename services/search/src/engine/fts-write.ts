import { isNewer } from '@sidekick/bus';
import type Database from 'libsql';
import { type IndexDocument, identifierParts } from '../index/documents.ts';
import { wordsOf } from '../query/parse.ts';
import type { Aggregate, Shadow, Source, Writable } from './engine.ts';
import { isPublic, type Row, rowOf } from './fts-schema.ts';

/** What fits into one row: the longest word that is kept for corrections. */
const longestWord = 40;

/** `onEvent` is called when the newest event may be another. */
export function writerOf(db: Database.Database, onEvent: () => void): Writable & Pick<Shadow, 'settle'> {
  const kept = db.prepare('select epoch, sequence from aggregate where id = ?');
  const keep = db.prepare('insert or replace into aggregate (id, source, epoch, sequence) values (?, ?, ?, ?)');
  const newestEvent = db.prepare(`insert into meta (name, value) values ('newest-event', ?)
    on conflict (name) do update set value = max(value, excluded.value)`);
  const epochs = epochsOf(db);
  const old = db.prepare('select number, row, terms from document where aggregate = ?');
  const add = db.prepare(
    'insert into document (row, aggregate, path, anchor, title, trail, terms) values (?, ?, ?, ?, ?, ?, ?) returning number',
  );
  const setRow = db.prepare('update document set row = ? where number = ?');
  const addWords = db.prepare(
    'insert into words (rowid, title, page, heading, body, code, parts, keywords) values (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const addLabel = db.prepare('insert or ignore into label (field, value, row) values (?, ?, ?)');
  const count = db.prepare(
    `insert into vocabulary (word, internal, public) select value ->> 0, value ->> 1, value ->> 2 from json_each(?) where true
     on conflict (word) do update set internal = internal + excluded.internal, public = public + excluded.public`,
  );
  const drop = ['delete from words where rowid = ?', 'delete from label where row = ?', 'delete from document where row = ?'].map((sql) =>
    db.prepare(sql),
  );

  /** Documents more or less with each word, internal and public. */
  type Tally = Map<string, [number, number]>;
  const tally = (into: Tally, terms: readonly string[], isPublic: boolean, by: number) => {
    for (const term of terms) {
      const [internal, open] = into.get(term) ?? [0, 0];
      into.set(term, [internal + by, open + (isPublic ? by : 0)]);
    }
  };
  /** In one statement; of a page that was edited most words come and go in the same numbers. */
  const countAll = (tallied: Tally) => {
    const changed = [...tallied].flatMap(([word, [internal, open]]) => (internal || open ? [[word, internal, open]] : []));
    if (changed.length > 0) count.run([JSON.stringify(changed)]);
  };
  const remove = (id: string, tallied: Tally) => {
    for (const { row, terms } of old.all([id]) as Row[]) {
      tally(tallied, JSON.parse(String(terms)), isPublic(Number(row)), -1);
      for (const statement of drop) statement.run([Number(row)]);
    }
  };
  const insert = (id: string, document: IndexDocument, tallied: Tally) => {
    const clean = (text: string) => text.replaceAll(/[\ue000\ue001\0]/gu, ' ');
    const { title, page, heading, body, code, keywords } = document;
    const all = [title, page, heading, body, code, keywords].map(clean);
    const terms = [...new Set(wordsOf(all.join(' ')))].filter((word) => word.length <= longestWord);
    const shown = title || heading;
    const { number } = add.get([
      0,
      id,
      document.path,
      document.anchor,
      clean(shown),
      JSON.stringify(document.trail),
      JSON.stringify(terms),
    ]) as Row as { number: number };
    const row = rowOf(number, document.kind, document.public);
    setRow.run([row, number]);
    addWords.run([row, ...all.slice(0, 5), identifierParts(`${body} ${code} ${heading}`), all[5] ?? '']);
    for (const { field, value } of document.labels) addLabel.run([field, value, row]);
    tally(tallied, terms, document.public, 1);
  };
  const inOneCommit = (work: (tallied: Tally) => void) => {
    db.exec('begin immediate');
    try {
      const tallied: Tally = new Map();
      work(tallied);
      countAll(tallied);
      db.exec('commit');
    } catch (error) {
      db.exec('rollback');
      throw error;
    }
  };
  return {
    epochOf: epochs.of,
    put({ id, source, epoch, sequence, documents }: Aggregate, eventAt) {
      const newest = epochs.of(source);
      if (newest !== null && epoch < newest) return false;
      const known = kept.get([id]) as { epoch: string; sequence: number } | undefined;
      if (!isNewer(known ?? null, { epoch, sequence })) return false;
      inOneCommit((tallied) => {
        remove(id, tallied);
        for (const document of documents) insert(id, document, tallied);
        keep.run([id, source, epoch, sequence]);
        if (eventAt) newestEvent.run([eventAt]);
        if (epoch !== newest) epochs.write(source, epoch);
      });
      epochs.written(source, epoch);
      if (eventAt) onEvent();
      return true;
    },
    settle(source) {
      const over = db.prepare('select id from aggregate where source = ? and epoch < ?').all([source, epochs.of(source) ?? '']) as Row[];
      inOneCommit((tallied) => {
        for (const { id } of over) {
          remove(String(id), tallied);
          db.prepare('delete from aggregate where id = ?').run([String(id)]);
        }
      });
    },
  };
}

/** The newest epoch of each source; in memory too, as every write asks. */
function epochsOf(db: Database.Database) {
  const rows = db.prepare("select substr(name, 7) as source, value from meta where name like 'epoch:%'").all([]) as Row[];
  const known = new Map(rows.map(({ source, value }) => [source as Source, String(value)]));
  const write = db.prepare('insert or replace into meta (name, value) values (?, ?)');
  return {
    of: (source: Source): string | null => known.get(source) ?? null,
    write: (source: Source, epoch: string) => void write.run([`epoch:${source}`, epoch]),
    written: (source: Source, epoch: string) => void known.set(source, epoch),
  };
}
