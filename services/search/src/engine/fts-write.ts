import { isNewer } from '@sidekick/bus/newer';
import type { SharedFile, Statements } from '@sidekick/sqlite';
import type { IndexDocument } from '../documents/documents.ts';
import type { Source } from './engine.ts';
import { isPublic, type Row, rowOf, these } from './fts-schema.ts';
import { namesIn, termsIn, textsOf } from './fts-texts.ts';

/** One aggregate with everything that can be found of it; without documents it is a tombstone, whose sequence is kept. */
export interface Aggregate {
  id: string;
  source: Source;
  epoch: string;
  sequence: number;
  documents: IndexDocument[];
}

export interface Writes {
  /**
   * Replaces all documents of the aggregate, unless this epoch's sequence, or a later one, is there already, or its source
   * has a later epoch. Answers whether it was written. `eventAt` is when the event that says so happened.
   */
  put(aggregate: Aggregate, eventAt?: string): boolean;
  epochOf(source: Source): string | null;
  epochs(): Partial<Record<Source, string>>;
  /** Forgets what a source said in epochs that are over. */
  settle(source: Source): void;
}

const sql = {
  kept: 'select epoch, sequence from aggregate where id = ?',
  keep: 'insert or replace into aggregate (id, source, epoch, sequence) values (?, ?, ?, ?)',
  over: 'select id from aggregate where source = ? and epoch < ?',
  forget: 'delete from aggregate where id = ?',
  epochs: "select substr(name, 7) as source, value from meta where name like 'epoch:%'",
  writeEpoch: 'insert or replace into meta (name, value) values (?, ?)',
  newestEvent: `insert into meta (name, value) values ('newest-event', ?)
    on conflict (name) do update set value = max(value, excluded.value)`,
  // Kept, since every look at the service asks and a count walks an index.
  countDocuments: `insert into meta (name, value) values ('documents', ?)
    on conflict (name) do update set value = value + excluded.value`,
  old: 'select number, row, terms from document where aggregate = ?',
  add: 'insert into document (row, aggregate, path, anchor, title, trail, terms) values (?, ?, ?, ?, ?, ?, ?) returning number',
  setRow: 'update document set row = ? where number = ?',
  addWords: 'insert into words (rowid, title, page, heading, body, code, parts, keywords) values (?, ?, ?, ?, ?, ?, ?, ?)',
  addTitles: 'insert into titles (rowid, title, page, heading, forms) values (?, ?, ?, ?, ?)',
  // In one statement each: a page has up to thousands of these.
  addLabels: 'insert or ignore into label (field, value, row) select value ->> 0, value ->> 1, ? from json_each(?)',
  addNames: 'insert or ignore into name (start, key, row) select value ->> 0, value ->> 1, ? from json_each(?)',
  count: `insert into vocabulary (word, internal, public) select value ->> 0, value ->> 1, value ->> 2 from json_each(?) where true
    on conflict (word) do update set internal = internal + excluded.internal, public = public + excluded.public`,
  forgetWords: `delete from vocabulary where internal <= 0 and public <= 0 and word in ${these}`,
  drop: [
    'delete from words where rowid = ?',
    'delete from titles where rowid = ?',
    'delete from label where row = ?',
    'delete from name where row = ?',
    'delete from document where row = ?',
  ],
};

export function writerOf(db: SharedFile): Writes {
  const epochs = epochsOf(db);
  /** Documents more or less with each word, internal and public. */
  type Tally = Map<string, [number, number]>;
  const tally = (into: Tally, terms: readonly string[], isPublic: boolean, by: number) => {
    for (const term of terms) {
      const [internal, open] = into.get(term) ?? [0, 0];
      into.set(term, [internal + by, open + (isPublic ? by : 0)]);
    }
  };
  /** In one statement; of a page that was edited most words come and go in the same numbers. A word that nothing has any more, such as a name, goes. */
  const countAll = (tallied: Tally) => {
    const changed = [...tallied].flatMap(([word, [internal, open]]) => (internal || open ? [[word, internal, open]] : []));
    if (changed.length > 0) db.run(sql.count, [JSON.stringify(changed)]);
    const fewer = changed.flatMap(([word, internal]) => (Number(internal) < 0 ? [word] : []));
    if (fewer.length > 0) db.run(sql.forgetWords, [JSON.stringify(fewer)]);
  };
  const remove = (id: string, tallied: Tally): number => {
    const documents = db.all(sql.old, [id]) as Row[];
    for (const { row, terms } of documents) {
      tally(tallied, JSON.parse(String(terms)), isPublic(Number(row)), -1);
      for (const statement of sql.drop) db.run(statement, [Number(row)]);
    }
    return documents.length;
  };
  const insert = (id: string, document: IndexDocument, tallied: Tally) => {
    const texts = textsOf(document);
    const terms = termsIn(document);
    const { number } = db.get(sql.add, [
      0,
      id,
      document.path,
      document.anchor,
      texts.shown,
      JSON.stringify(document.trail),
      JSON.stringify(terms),
    ]) as Row as { number: number };
    const row = rowOf(number, document.kind, document.public);
    db.run(sql.setRow, [row, number]);
    db.run(sql.addWords, [row, ...texts.columns]);
    db.run(sql.addTitles, [row, ...texts.titles]);
    if (document.labels.length > 0) db.run(sql.addLabels, [row, JSON.stringify(document.labels.map(({ field, value }) => [field, value]))]);
    if (document.anchor === '') db.run(sql.addNames, [row, JSON.stringify(namesIn(texts.shown))]);
    tally(tallied, terms, document.public, 1);
  };
  const inOneCommit = (work: (tallied: Tally) => void) =>
    db.transaction(() => {
      const tallied: Tally = new Map();
      work(tallied);
      countAll(tallied);
    });
  return {
    epochOf: epochs.of,
    epochs: epochs.all,
    put({ id, source, epoch, sequence, documents }: Aggregate, eventAt) {
      const newest = epochs.of(source);
      if (newest !== null && epoch < newest) return false;
      const known = db.get(sql.kept, [id]) as { epoch: string; sequence: number } | undefined;
      if (!isNewer(known ?? null, { epoch, sequence })) return false;
      inOneCommit((tallied) => {
        const removed = remove(id, tallied);
        for (const document of documents) insert(id, document, tallied);
        if (documents.length !== removed) db.run(sql.countDocuments, [documents.length - removed]);
        db.run(sql.keep, [id, source, epoch, sequence]);
        if (eventAt) db.run(sql.newestEvent, [eventAt]);
        if (epoch !== newest) epochs.write(source, epoch);
      });
      epochs.written(source, epoch);
      return true;
    },
    settle(source) {
      const over = db.all(sql.over, [source, epochs.of(source) ?? '']) as Row[];
      inOneCommit((tallied) => {
        for (const { id } of over) {
          db.run(sql.countDocuments, [-remove(String(id), tallied)]);
          db.run(sql.forget, [String(id)]);
        }
      });
    },
  };
}

/** The newest epoch of each source; in memory too, as every write asks. */
function epochsOf(db: Statements) {
  const rows = db.all(sql.epochs) as Row[];
  const known = new Map(rows.map(({ source, value }) => [source as Source, String(value)]));
  return {
    of: (source: Source): string | null => known.get(source) ?? null,
    all: (): Partial<Record<Source, string>> => Object.fromEntries(known),
    write: (source: Source, epoch: string) => void db.run(sql.writeEpoch, [`epoch:${source}`, epoch]),
    written: (source: Source, epoch: string) => void known.set(source, epoch),
  };
}
