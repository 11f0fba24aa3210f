import type { SearchHit, Snippet } from '@sidekick/contracts';
import type Database from 'libsql';
import type { Kind } from '../index/documents.ts';
import type { Ask, Audience, Engine, Found } from './engine.ts';
import { columns, kindOf, kinds, type Row, weights } from './fts-schema.ts';
import { type Match, matchOf } from './match.ts';

/** How much higher a hit ranks that holds every word. */
const allWords = 1.25;
/** Hits that are ranked at least. */
const ranked = 300;
const from = '\ue000';
const to = '\ue001';
const bm25 = `bm25(words, ${Object.values(weights).join(', ')})`;
/** Rows of a JSON list. The plus before `rowid` makes it one pass over all matches: FTS5 would run a match again for each row. */
const these = '(select value from json_each(?))';
const numbers = '(select value >> 3 from json_each(?))';
const marks = `'${from}', '${to}'`;
const marked = `select rowid as row, highlight(words, ${columns.title}, ${marks}) as title, highlight(words, ${columns.heading}, ${marks}) as heading,
  snippet(words, ${columns.body}, ${marks}, '…', 30) as body, snippet(words, ${columns.code}, ${marks}, '…', 16) as code
  from words where words match ? and +rowid in ${these}`;
const plain = `select rowid as row, title, heading, substr(body, 1, 200) as body, '' as code from words where rowid in ${these}`;

export function readerOf(db: Database.Database): Pick<Engine, 'search' | 'complete' | 'knows' | 'words' | 'wordsFrom'> {
  const all = keptStatements(db);
  const seen = (audience: Audience, row: string) => (audience === 'public' ? ` and (${row} & 1) = 1 and (${row} & 6) = 0` : '');
  const wordsFrom: Engine['wordsFrom'] = (prefix, audience, limit) =>
    all(`select word from vocabulary where word > ? and word < ? and ${audience} > 0 order by ${audience} desc limit ?`, [
      prefix,
      `${prefix}\u{10ffff}`,
      limit,
    ]).map(({ word }) => String(word));

  function search(ask: Ask): Found {
    const match = matchOf(ask.query, ask.query.prefix ? wordsFrom(ask.query.prefix, ask.audience, 30) : []);
    const filters = filtersOf(all, ask);
    if (!match.any && filters.sql === '') return { items: [], counts: { section: 0, person: 0, project: 0 } };
    const table = match.any ? 'words' : 'document';
    const row = match.any ? 'words.rowid' : 'document.row';
    const where = `${match.any ? 'words match ?' : '1 = 1'}${seen(ask.audience, row)}${filters.sql.replaceAll('$row', row)}`;
    const parameters = [...(match.any ? [match.any] : []), ...filters.parameters];
    const counts = countsOf(
      all(`select count(*) as n, sum(${row} & 2) as p, sum(${row} & 4) as j from ${table} where ${where}`, parameters),
    );
    const ofType = ask.type ? ` and (${row} & 6) = ${kinds.indexOf(ask.type) * 2}` : '';
    const [score, order] = match.any ? [bm25, 'score'] : ['-1', 'title'];
    const wanted = Math.max(ranked, ask.offset + ask.limit);
    const rank = (expression: string | null, limit: number): Ranked[] =>
      all(`select ${row} as row, ${score} as score from ${table} where ${where}${ofType} order by ${order} limit ?`, [
        ...(expression ? [expression] : []),
        ...filters.parameters,
        limit,
      ]).map((hit) => ({ row: Number(hit['row']), score: -Number(hit['score']) }));
    const hits = best(match, wanted, rank);
    return { items: show(hits.slice(ask.offset, ask.offset + ask.limit), match.any), counts };
  }

  function show(hits: readonly { row: number; score: number }[], match: string | null): SearchHit[] {
    const rows = JSON.stringify(hits.map(({ row }) => row));
    const byRow = (found: Row[]) => new Map(found.map((one) => [Number(one['row']), one]));
    const documents = byRow(all(`select row, aggregate, path, anchor, title, trail from document where number in ${numbers}`, [rows]));
    const texts = byRow(match ? all(marked, [match, rows]) : all(plain, [rows]));
    return hits.flatMap(({ row, score }): SearchHit[] => {
      const document = documents.get(row);
      const text = texts.get(row);
      return document && text ? [hitOf(row, score, document, text)] : [];
    });
  }

  return {
    search,
    wordsFrom,
    knows: (word, audience) =>
      all(`select 1 as n from words where words match ?${seen(audience, 'words.rowid')} limit 1`, [`"${word}"`]).length > 0,
    *words(audience) {
      for (const { word, n } of all(`select word, ${audience} as n from vocabulary where ${audience} > 0`, []))
        yield [String(word), Number(n)] as const;
    },
    complete(text, audience, limit) {
      const like = `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
      const rows = all(
        `select aggregate, path, title, row from document where anchor = '' and (title like ? escape '\\' or title like ? escape '\\')${seen(audience, 'row')} order by title like ? escape '\\' desc, title limit ?`,
        [like, `% ${like}`, like, limit],
      );
      return rows.map(({ aggregate, path, title, row }) => ({
        text: String(title),
        type: kindOf(Number(row)) as Kind,
        id: String(aggregate),
        path: String(path),
      }));
    },
  };
}

interface Ranked {
  row: number;
  score: number;
}

/**
 * Best first. Hits that hold every word are lifted; where they fill the window by themselves they come first and the many
 * that hold only some words need no ranking at all, which is what a query of frequent words costs.
 */
function best(match: Match, wanted: number, rank: (expression: string | null, limit: number) => Ranked[]): Ranked[] {
  const together = match.all ? rank(match.all, wanted) : [];
  if (together.length >= ranked) {
    const missing = wanted - together.length;
    return missing > 0 ? [...together, ...rank(`(${match.any}) NOT (${match.all})`, missing)] : together;
  }
  const lifted = new Set(together.map(({ row }) => row));
  const hits = rank(match.any, wanted).map(({ row, score }) => ({ row, score: lifted.has(row) ? score * allWords : score }));
  return match.all ? hits.sort((a, b) => b.score - a.score || a.row - b.row) : hits;
}

/** Runs a statement to its end; each is prepared once. */
type All = (sql: string, parameters: (string | number)[]) => Row[];

function keptStatements(db: Database.Database): All {
  const kept = new Map<string, Database.Statement>();
  return (sql, parameters) => {
    const statement = kept.get(sql) ?? db.prepare(sql);
    kept.set(sql, statement);
    return statement.all(parameters) as Row[];
  };
}

function countsOf([row]: Row[]): Found['counts'] {
  const [person, project] = [Number(row?.['p'] ?? 0) / 2, Number(row?.['j'] ?? 0) / 4];
  return { section: Number(row?.['n'] ?? 0) - person - project, person, project };
}

function hitOf(row: number, score: number, document: Row, text: Row): SearchHit {
  const body = String(text['body']);
  const common = {
    id: String(document['aggregate']),
    title: snippet(String(text['title'] || text['heading'] || document['title'])),
    snippet: snippet(body.includes(from) || !String(text['code']).includes(from) ? body : String(text['code'])),
    score,
  };
  const kind = kindOf(row);
  if (kind !== 'section') return { type: kind, ...common };
  const { path, anchor, trail } = document;
  return { type: kind, ...common, path: String(path), anchor: String(anchor), trail: JSON.parse(String(trail)) };
}

/** SQL of the filters; `owner:ana` finds pages owned by a person of that name. Filters of one field are or-ed, fields are and-ed. */
function filtersOf(all: All, { query, audience }: Ask): { sql: string; parameters: string[] } {
  const byField = new Map<string, string[]>();
  for (const { field, value } of query.filters)
    byField.set(field, [
      ...(byField.get(field) ?? []),
      ...(field === 'owner' ? [value, ...(audience === 'internal' ? peopleNamed(all, value) : [])] : [value]),
    ]);
  let sql = '';
  const parameters: string[] = [];
  for (const [field, values] of byField) {
    sql += ` and $row in (select row from label where field = ? and value in ${these})`;
    parameters.push(field, JSON.stringify(values));
  }
  return { sql, parameters };
}

function peopleNamed(all: All, name: string): string[] {
  const like = `${name.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const sql = "select aggregate from document where (row & 6) = 2 and (title like ? escape '\\' or title like ? escape '\\')";
  return all(sql, [like, `% ${like}`]).map(({ aggregate }) => String(aggregate).toLowerCase());
}

function snippet(marked: string): Snippet {
  return marked
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith(from) ? { text: text.slice(1, -1), hit: true } : { text, hit: false }));
}
