import type { Statements } from '@sidekick/sqlite';
import { batches } from '../documents/batch.ts';
import { asWritten } from '../text/tokens.ts';
import type { Source } from './engine.ts';
import { isPublic, kindOf, type Row } from './fts-schema.ts';
import { withoutForms } from './fts-texts.ts';
import type { Aggregate } from './fts-write.ts';

const sql = {
  next: 'select id, epoch, sequence from aggregate where source = ? and id > ? order by id limit 1',
  documents: `select document.row as row, path, anchor, trail, words.title as title, page, heading, body, code, keywords
    from document join words on words.rowid = document.row where aggregate = ? order by number`,
  labels: 'select field, value from label where row = ?',
};

/** Aggregates that an index holds of a source, as they were put: the next batch by id. */
export function aggregatesIn(db: Statements, source: Source, after: string): Aggregate[] {
  const isFull = batches();
  const found: Aggregate[] = [];
  for (;;) {
    const row = db.get(sql.next, [source, found.at(-1)?.id ?? after]) as Row | undefined;
    if (!row) return found;
    const id = String(row['id']);
    const rows = db.all(sql.documents, [id]) as Row[];
    const aggregate = {
      id,
      source,
      epoch: String(row['epoch']),
      sequence: Number(row['sequence']),
      documents: rows.map((one) => documentOf(one, db.all(sql.labels, [Number(one['row'])]) as Row[])),
    };
    found.push(aggregate);
    if (isFull(aggregate)) return found;
  }
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
