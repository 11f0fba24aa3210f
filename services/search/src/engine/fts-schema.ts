/** A row of an index: it holds neither null nor bytes. */
export type Row = Record<string, string | number>;

/** How a reader asks. */
export type All = (sql: string, parameters: (string | number)[]) => Row[];

/**
 * SQLite FTS5. `words` is a table with its own text, for snippets; `document` holds what a hit shows. The row id says
 * what a row is without a join: `number * 8 + kind * 2 + public`. `name` holds what a title or name begins with, whole
 * (`start` 1) and from each of its words on (`start` 0), by the form in which people look for names.
 * `titles` holds titles and headings once more, to be weighed by their own length.
 */
export const kinds = ['section', 'person', 'project'] as const;
export const rowOf = (number: number, kind: (typeof kinds)[number], isPublic: boolean): number =>
  number * 8 + kinds.indexOf(kind) * 2 + (isPublic ? 1 : 0);
export const kindOf = (row: number): (typeof kinds)[number] => kinds[(row >> 1) & 3] ?? 'section';
export const isPublic = (row: number): boolean => (row & 1) === 1;

/** Values of a JSON list, which is one parameter however many they are. */
export const these = '(select value from json_each(?))';

/** Raised with every change below, and of what documents hold, that older files do not have: a file of another format is built anew. */
export const format = 6;

const tokenize = `tokenize = "porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc So'"`;

export const schema = `
create table if not exists aggregate (
  id text primary key, source text not null, epoch text not null, sequence integer not null) without rowid;
create index if not exists aggregate_source on aggregate (source, id);
create table if not exists document (
  number integer primary key, row integer not null, aggregate text not null, path text not null, anchor text not null,
  title text not null, trail text not null, terms text not null);
create index if not exists document_aggregate on document (aggregate);
create table if not exists label (field text not null, value text not null, row integer not null, primary key (field, value, row)) without rowid;
create index if not exists label_row on label (row);
create table if not exists name (start integer not null, key text not null, row integer not null, primary key (start, key, row)) without rowid;
create index if not exists name_row on name (row);
create table if not exists vocabulary (word text primary key, internal integer not null, public integer not null) without rowid;
create table if not exists meta (name text primary key, value text not null) without rowid;
create virtual table if not exists words using fts5 (
  title, page, heading, body, code, parts, keywords, ${tokenize});
create virtual table if not exists titles using fts5 (title, page, heading, forms, ${tokenize});
`;

/**
 * Weights of columns in bm25, title > headings > body > code (decision 5); measured on judged collections. A query of few words
 * names something: its rank is the sum of those in `words` and in `titles`. One of many describes it, by `words` alone.
 */
export const weights = {
  named: { title: 1, page: 0.2, heading: 0.6, body: 1, code: 0.7, parts: 0.5, keywords: 2 },
  titles: { title: 1, page: 0.33, heading: 0.6, forms: 1 },
  described: { title: 2, page: 0.4, heading: 1.2, body: 1, code: 0.7, parts: 0.5, keywords: 1.5 },
} as const;
/** Columns by place, for highlight(). */
export const columns = { title: 0, page: 1, heading: 2, body: 3, code: 4 } as const;
