import type { SearchHit, Snippet } from '@sidekick/contracts';
import type Database from 'libsql';
import type { Kind } from '../index/documents.ts';
import type { Ask, Audience, Engine, Found } from './engine.ts';
import { columns, kindOf, kinds, type Row, weights } from './fts-schema.ts';
import { matchOf } from './match.ts';

/** How much higher a hit ranks that holds every word. */
const allWords = 1.25;
/** Hits that are ranked with the words-together bonus; beyond them the plain rank decides. */
const ranked = 300;
const from = '\ue000';
const to = '\ue001';
const bm25 = `bm25(words, ${Object.values(weights).join(', ')})`;

export function readerOf(db: Database.Database): Pick<Engine, 'search' | 'complete' | 'knows' | 'words' | 'wordsFrom'> {
  const seen = (audience: Audience, row: string) => (audience === 'public' ? ` and (${row} & 1) = 1 and (${row} & 6) = 0` : '');
  const wordsFrom: Engine['wordsFrom'] = (prefix, audience, limit) =>
    (
      db
        .prepare(`select word from vocabulary where word > ? and word < ? and ${audience} > 0 order by ${audience} desc limit ?`)
        .all([prefix, `${prefix}\u{10ffff}`, limit]) as Row[]
    ).map(({ word }) => String(word));

  function search(ask: Ask): Found {
    const match = matchOf(ask.query, ask.query.prefix ? wordsFrom(ask.query.prefix, ask.audience, 30) : []);
    const filters = filtersOf(db, ask);
    if (!match.any && filters.sql === '') return { items: [], counts: { section: 0, person: 0, project: 0 } };
    const table = match.any ? 'words' : 'document';
    const row = match.any ? 'words.rowid' : 'document.row';
    const where = `${match.any ? 'words match ?' : '1 = 1'}${seen(ask.audience, row)}${filters.sql.replaceAll('$row', row)}`;
    const parameters = [...(match.any ? [match.any] : []), ...filters.parameters];
    const counts = { section: 0, person: 0, project: 0 };
    for (const { kind, n } of db
      .prepare(`select (${row} >> 1) & 3 as kind, count(*) as n from ${table} where ${where} group by kind`)
      .all(parameters) as Row[]) {
      counts[kinds[Number(kind)] ?? 'section'] = Number(n);
    }
    const ofType = ask.type ? ` and (${row} & 6) = ${kinds.indexOf(ask.type) * 2}` : '';
    const order = match.any ? bm25 : 'title';
    const wanted = Math.max(ranked, ask.offset + ask.limit);
    const hits = (
      db
        .prepare(
          `select ${row} as row, ${match.any ? bm25 : '-1'} as score from ${table} where ${where}${ofType} order by ${order} limit ?`,
        )
        .all([...parameters, wanted]) as Row[]
    ).map((hit) => ({ row: Number(hit['row']), score: -Number(hit['score']) }));
    if (match.all) raise(hits, match.all, `${seen(ask.audience, row)}${ofType}`);
    return { items: show(hits.slice(ask.offset, ask.offset + ask.limit), match.any), counts };
  }

  /** Lifts hits that hold every word. */
  function raise(hits: { row: number; score: number }[], all: string, limits: string): void {
    const together = new Set(
      (db.prepare(`select rowid as row from words where words match ?${limits} limit 5000`).all([all]) as Row[]).map(({ row }) =>
        Number(row),
      ),
    );
    for (const hit of hits) if (together.has(hit.row)) hit.score *= allWords;
    hits.sort((a, b) => b.score - a.score || a.row - b.row);
  }

  function show(hits: readonly { row: number; score: number }[], match: string | null): SearchHit[] {
    const of = db.prepare('select aggregate, path, anchor, title, trail from document where row = ?');
    const marks = `'${from}', '${to}'`;
    const lit = match
      ? db.prepare(
          `select highlight(words, ${columns.title}, ${marks}) as title, highlight(words, ${columns.heading}, ${marks}) as heading,
           snippet(words, ${columns.body}, ${marks}, '…', 30) as body, snippet(words, ${columns.code}, ${marks}, '…', 16) as code from words where words match ? and rowid = ?`,
        )
      : db.prepare("select title, heading, substr(body, 1, 200) as body, '' as code from words where rowid = ?");
    return hits.flatMap(({ row, score }): SearchHit[] => {
      const document = of.get([row]) as Row | undefined;
      const text = lit.get(match ? [match, row] : [row]) as Row | undefined;
      if (!document || !text) return [];
      const title = snippet(String(text['title'] || text['heading'] || document['title']));
      const body = String(text['body']);
      const common = {
        id: String(document['aggregate']),
        title,
        snippet: snippet(body.includes(from) || !String(text['code']).includes(from) ? body : String(text['code'])),
        score,
      };
      const kind = kindOf(row);
      if (kind !== 'section') return [{ type: kind, ...common }];
      return [
        {
          type: kind,
          ...common,
          path: String(document['path']),
          anchor: String(document['anchor']),
          trail: JSON.parse(String(document['trail'])),
        },
      ];
    });
  }

  return {
    search,
    wordsFrom,
    knows: (word, audience) =>
      db.prepare(`select 1 as n from words where words match ?${seen(audience, 'words.rowid')} limit 1`).get([`"${word}"`]) !== undefined,
    *words(audience) {
      for (const { word, n } of db.prepare(`select word, ${audience} as n from vocabulary where ${audience} > 0`).all([]) as Row[])
        yield [String(word), Number(n)] as const;
    },
    complete(text, audience, limit) {
      const like = `${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
      const rows = db
        .prepare(
          `select aggregate, path, title, row from document where anchor = '' and (title like ? escape '\\' or title like ? escape '\\')${seen(audience, 'row')} order by title like ? escape '\\' desc, title limit ?`,
        )
        .all([like, `% ${like}`, like, limit]) as Row[];
      return rows.map(({ aggregate, path, title, row }) => ({
        text: String(title),
        type: kindOf(Number(row)) as Kind,
        id: String(aggregate),
        path: String(path),
      }));
    },
  };
}

/** SQL of the filters; `owner:ana` finds pages owned by a person of that name. Filters of one field are or-ed, fields are and-ed. */
function filtersOf(db: Database.Database, { query, audience }: Ask): { sql: string; parameters: string[] } {
  const byField = new Map<string, string[]>();
  for (const { field, value } of query.filters)
    byField.set(field, [
      ...(byField.get(field) ?? []),
      ...(field === 'owner' ? [value, ...(audience === 'internal' ? peopleNamed(db, value) : [])] : [value]),
    ]);
  let sql = '';
  const parameters: string[] = [];
  for (const [field, values] of byField) {
    sql += ` and $row in (select row from label where field = ? and value in (${values.map(() => '?').join(', ')}))`;
    parameters.push(field, ...values);
  }
  return { sql, parameters };
}

function peopleNamed(db: Database.Database, name: string): string[] {
  const rows = db
    .prepare("select aggregate from document where (row & 6) = 2 and (title like ? escape '\\' or title like ? escape '\\')")
    .all([`${name.replaceAll(/[\\%_]/g, '\\$&')}%`, `% ${name.replaceAll(/[\\%_]/g, '\\$&')}%`]) as Row[];
  return rows.map(({ aggregate }) => String(aggregate).toLowerCase());
}

function snippet(marked: string): Snippet {
  return marked
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith(from) ? { text: text.slice(1, -1), hit: true } : { text, hit: false }));
}
