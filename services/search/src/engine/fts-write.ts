import type Database from 'libsql';
import { type IndexDocument, identifierParts } from '../index/documents.ts';
import { wordsOf } from '../query/parse.ts';
import type { Aggregate, Engine } from './engine.ts';
import { type Row, rowOf } from './fts-schema.ts';

/** What fits into one row: the longest word that is kept for corrections. */
const longestWord = 40;

export function writerOf(db: Database.Database): Pick<Engine, 'put'> {
  const kept = db.prepare('select epoch, sequence from aggregate where id = ?');
  const keep = db.prepare('insert or replace into aggregate (id, epoch, sequence) values (?, ?, ?)');
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
      tally(tallied, JSON.parse(String(terms)), (Number(row) & 1) === 1, -1);
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
  return {
    put({ id, epoch, sequence, documents }: Aggregate) {
      const known = kept.get([id]) as Row | undefined;
      if (known && known['epoch'] === epoch && Number(known['sequence']) >= sequence) return false;
      db.exec('begin immediate');
      try {
        const tallied: Tally = new Map();
        remove(id, tallied);
        for (const document of documents) insert(id, document, tallied);
        countAll(tallied);
        keep.run([id, epoch, sequence]);
        db.exec('commit');
        return true;
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
  };
}
