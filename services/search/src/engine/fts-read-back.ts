import type Database from 'libsql';
import { asWritten } from '../text/tokens.ts';
import type { Source } from './engine.ts';
import { isPublic, kindOf, type Row } from './fts-schema.ts';
import { withoutForms } from './fts-texts.ts';
import type { Aggregate } from './fts-write.ts';

/** Aggregates that an index holds of a source, as they were put: the next few by id. */
export function aggregatesIn(db: Database.Database, source: Source, after: string, limit: number): Aggregate[] {
  const next = db.prepare('select id, epoch, sequence from aggregate where source = ? and id > ? order by id limit ?');
  const documents = db.prepare(`select document.row as row, path, anchor, trail, words.title as title, page, heading, body, code, keywords
    from document join words on words.rowid = document.row where aggregate = ? order by number`);
  const labels = db.prepare('select field, value from label where row = ?');
  return (next.all([source, after, limit]) as Row[]).map(({ id, epoch, sequence }) => ({
    id: String(id),
    source,
    epoch: String(epoch),
    sequence: Number(sequence),
    documents: (documents.all([String(id)]) as Row[]).map((row) => documentOf(row, labels.all([Number(row['row'])]) as Row[])),
  }));
}

function documentOf(row: Row, labels: readonly Row[]): Aggregate['documents'][number] {
  const text = (name: string) => asWritten(String(row[name]));
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
    keywords: withoutForms(text('keywords')),
    trail: JSON.parse(text('trail')) as string[],
    labels: labels.map(({ field, value }) => ({ field: String(field), value: String(value) })),
  };
}
