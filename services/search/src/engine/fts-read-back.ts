import type Database from 'libsql';
import type { Aggregate, Source } from './engine.ts';
import { isPublic, kindOf, type Row } from './fts-schema.ts';

/** Aggregates read together: the index may be written to between two of these. */
const chunk = 50;

/** What an index holds of a source, as it was put. */
export function* aggregatesIn(db: Database.Database, source: Source): Iterable<Aggregate> {
  const next = db.prepare('select id, epoch, sequence from aggregate where source = ? and id > ? order by id limit ?');
  const documents = db.prepare(`select document.row as row, path, anchor, trail, words.title as title, page, heading, body, code, keywords
    from document join words on words.rowid = document.row where aggregate = ? order by number`);
  const labels = db.prepare('select field, value from label where row = ?');
  let last = '';
  for (;;) {
    const rows = next.all([source, last, chunk]) as Row[];
    for (const { id, epoch, sequence } of rows) {
      const found = (documents.all([String(id)]) as Row[]).map((row) => documentOf(row, labels.all([Number(row['row'])]) as Row[]));
      yield { id: String(id), source, epoch: String(epoch), sequence: Number(sequence), documents: found };
    }
    if (rows.length < chunk) return;
    last = String(rows.at(-1)?.['id']);
  }
}

function documentOf(row: Row, labels: readonly Row[]): Aggregate['documents'][number] {
  const text = (name: string) => String(row[name]);
  return {
    kind: kindOf(Number(row['row'])),
    public: isPublic(Number(row['row'])),
    path: text('path'),
    anchor: text('anchor'),
    title: text('title'),
    page: text('page'),
    heading: text('heading'),
    body: text('body'),
    code: text('code'),
    keywords: text('keywords'),
    trail: JSON.parse(text('trail')) as string[],
    labels: labels.map(({ field, value }) => ({ field: String(field), value: String(value) })),
  };
}
