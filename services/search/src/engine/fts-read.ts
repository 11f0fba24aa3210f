import type { SearchHit, Snippet } from '@sidekick/contracts';
import type { Kind } from '../documents/documents.ts';
import { markOf } from '../query/cursor.ts';
import { describes, type ParsedQuery } from '../query/parse.ts';
import { keysOf } from '../text/forms.ts';
import { asWritten } from '../text/tokens.ts';
import type { Ask, Audience, Found, Reads } from './engine.ts';
import { filtersOf, rangeOf } from './fts-filters.ts';
import { bestOf, type Ranked } from './fts-rank.ts';
import { type All, columns, kindOf, kinds, type Row, these } from './fts-schema.ts';
import { begunTerm, matchOf, wordMatch, writtenMatch } from './match.ts';

/** Known words that stand for one that is being typed. */
const mostBeginnings = 30;
/** Sections below the best one of a page. */
const mostMore = 2;
/** Hits that are read to fill an answer with different things, at first and at most. */
const firstRead = 300;
const mostRead = 20_000;
const from = '\ue000';
const to = '\ue001';
const numbers = '(select value >> 3 from json_each(?))';
const marks = `'${from}', '${to}'`;
/** The plus before `rowid` makes it one pass over all matches: FTS5 would run a match again for each row. */
const marked = `select rowid as row, highlight(words, ${columns.title}, ${marks}) as title, highlight(words, ${columns.heading}, ${marks}) as heading,
  snippet(words, ${columns.body}, ${marks}, '…', 30) as body, snippet(words, ${columns.code}, ${marks}, '…', 16) as code
  from words where words match ? and +rowid in ${these}`;
const plain = `select rowid as row, title, heading, substr(body, 1, 200) as body, '' as code from words where rowid in ${these}`;

/** A page by its best section, a person or a project. */
interface Thing {
  aggregate: string;
  best: Ranked;
  more: Ranked[];
}

/** Reads from an open index. Every statement goes through `all`. */
export function readerOf(all: All): Reads {
  const seen = (audience: Audience, row: string) => (audience === 'public' ? ` and (${row} & 1) = 1 and (${row} & 6) = 0` : '');
  const wordsFrom: Reads['wordsFrom'] = (prefix, audience, limit) =>
    [...new Set([prefix, ...keysOf(prefix)])].flatMap((beginning) =>
      all(`select word from vocabulary where word > ? and word < ? and ${audience} > 0 order by ${audience} desc limit ?`, [
        ...rangeOf(beginning),
        limit,
      ]).map(({ word }) => String(word)),
    );

  function search(ask: Ask): Found {
    const query = settled(ask);
    const match = matchOf(query, query.prefix ? wordsFrom(query.prefix, ask.audience, mostBeginnings) : [], ask.also);
    const filters = filtersOf(all, ask, match.any !== null);
    if (!match.any && !filters.any) return { items: [], counts: { section: 0, person: 0, project: 0 }, more: false };
    const table = match.any ? 'words' : filters.table;
    const row = match.any ? 'words.rowid' : filters.row;
    const conditions = `${filters.sql(row)}${seen(ask.audience, row)}`;
    const where = `${match.any ? 'words match ?' : '1 = 1'}${conditions}`;
    const counts = countsOf(
      all(`select count(*) as n, sum(${row} & 2) as p, sum(${row} & 4) as j from ${table} where ${where}`, [
        ...(match.any ? [match.any] : []),
        ...filters.parameters,
      ]),
    );
    const ofType = ask.type ? ` and (${row} & 6) = ${kinds.indexOf(ask.type) * 2}` : '';
    const asked = { match, describes: describes(ask.query), audience: ask.audience };
    const best = (wanted: number): Ranked[] =>
      match.any
        ? bestOf(all, { ...asked, conditions: `${conditions}${ofType}`, parameters: filters.parameters }, wanted)
        : all(`select document.row as row from ${filters.titled} where ${where}${ofType} order by document.title, document.row limit ?`, [
            ...filters.parameters,
            wanted,
          ]).map((hit) => ({ row: Number(hit['row']), score: 1 }));
    const things = unseenOf(best, ask);
    return { items: show(things.slice(0, ask.limit), match.any), counts, more: things.length > ask.limit };
  }

  /** A term that is being typed and that nothing begins with counts by its words. */
  function settled({ query, audience }: Ask): ParsedQuery {
    if (!query.prefix || query.before.length === 0) return query;
    const begun = all(`select 1 as n from words where words match ?${seen(audience, 'words.rowid')} limit 1`, [begunTerm(query)]);
    return begun.length > 0 ? query : { ...query, before: [] };
  }

  /**
   * What was found, best first, without what was answered before: one more than is shown where there is. A page stands in it once, by
   * the best of its sections. More is read until there is enough, since one page may have most of the sections that match.
   */
  function unseenOf(best: (wanted: number) => Ranked[], { seen: before, place, limit }: Ask): Thing[] {
    const wanted = place + before.size + limit + 1;
    for (let window = Math.max(firstRead, 2 * wanted); ; window *= 3) {
      const hits = best(window);
      const things = thingsOf(hits);
      if (things.length < wanted && hits.length >= window && window < mostRead) continue;
      const isNew = ({ aggregate }: Thing) => !before.has(markOf(aggregate));
      return (before.size === 0 ? things.slice(place) : things.filter(isNew)).slice(0, limit + 1);
    }
  }

  function thingsOf(hits: readonly Ranked[]): Thing[] {
    const owners = new Map(
      all(`select row, aggregate from document where number in ${numbers}`, [listOf(hits)]).map(({ row: of, aggregate }) => [
        Number(of),
        String(aggregate),
      ]),
    );
    const things = new Map<string, Thing>();
    for (const hit of hits) {
      const aggregate = owners.get(hit.row);
      if (aggregate === undefined) continue;
      const thing = things.get(aggregate);
      if (!thing) things.set(aggregate, { aggregate, best: hit, more: [] });
      else if (thing.more.length < mostMore) thing.more.push(hit);
    }
    return [...things.values()];
  }

  const byRow = (found: Row[]) => new Map(found.map((one) => [Number(one['row']), one]));
  const listOf = (hits: readonly { row: number }[]) => JSON.stringify(hits.map(({ row }) => row));
  const documentsOf = (hits: readonly { row: number }[]) =>
    byRow(all(`select row, aggregate, path, anchor, title, trail from document where number in ${numbers}`, [listOf(hits)]));

  function show(things: readonly Thing[], match: string | null): SearchHit[] {
    const hits = things.flatMap(({ best, more }) => [best, ...more]);
    const documents = documentsOf(hits);
    const texts = byRow(match ? all(marked, [match, listOf(hits)]) : all(plain, [listOf(hits)]));
    return things.flatMap(({ best: { row, score }, more }): SearchHit[] => {
      const document = documents.get(row);
      const text = texts.get(row);
      if (!document || !text) return [];
      const others = more.flatMap((other) => {
        const [beside, words] = [documents.get(other.row), texts.get(other.row)];
        return beside && words ? [{ anchor: String(beside['anchor']), title: titleOf(beside, words) }] : [];
      });
      return [hitOf(row, score, document, text, others)];
    });
  }

  return {
    search,
    wordsFrom,
    knows: (word, audience) =>
      all(`select 1 as n from words where words match ?${seen(audience, 'words.rowid')} limit 1`, [wordMatch(word)]).length > 0,
    writes: (words, audience) =>
      all(`select 1 as n from words where words match ?${seen(audience, 'words.rowid')} limit 1`, [writtenMatch(words)]).length > 0,
    hasOption: (option, audience) => all(`select 1 as n from vocabulary where word = ? and ${audience} > 0`, [option]).length > 0,
    *words(audience) {
      // Words alone: what begins with a dash is an option of a command.
      for (const { word, n } of all(`select word, ${audience} as n from vocabulary where word > '.' and ${audience} > 0`, []))
        yield [String(word), Number(n)] as const;
    },
    complete(text, audience, limit) {
      const found = new Map<number, Row>();
      const begin = (start: number, key: string) =>
        all(`select row from name where start = ? and key >= ? and key < ?${seen(audience, 'row')} order by key limit ?`, [
          start,
          ...rangeOf(key),
          limit,
        ]);
      for (const start of [1, 0]) for (const key of keysOf(text)) for (const row of begin(start, key)) found.set(Number(row['row']), row);
      const rows = [...found.keys()].slice(0, limit).map((row) => ({ row }));
      const documents = documentsOf(rows);
      return rows.flatMap(({ row }) => {
        const document = documents.get(row);
        return document
          ? [
              {
                text: String(document['title']),
                type: kindOf(row) as Kind,
                id: String(document['aggregate']),
                path: String(document['path']),
              },
            ]
          : [];
      });
    },
  };
}

function countsOf([row]: Row[]): Found['counts'] {
  const [person, project] = [Number(row?.['p'] ?? 0) / 2, Number(row?.['j'] ?? 0) / 4];
  return { section: Number(row?.['n'] ?? 0) - person - project, person, project };
}

const titleOf = (document: Row, text: Row): Snippet => snippet(String(text['title'] || text['heading'] || document['title']));

function hitOf(row: number, score: number, document: Row, text: Row, more: { anchor: string; title: Snippet }[]): SearchHit {
  const body = String(text['body']);
  const common = {
    id: String(document['aggregate']),
    title: titleOf(document, text),
    snippet: snippet(body.includes(from) || !String(text['code']).includes(from) ? body : String(text['code'])),
    score,
  };
  const kind = kindOf(row);
  if (kind !== 'section') return { type: kind, ...common };
  const { path, anchor, trail } = document;
  return { type: kind, ...common, path: String(path), anchor: String(anchor), trail: JSON.parse(String(trail)), more };
}

function snippet(marked: string): Snippet {
  return asWritten(marked)
    .split(/(\ue000[^\ue001]*\ue001)/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith(from) ? { text: text.slice(1, -1), hit: true } : { text, hit: false }));
}
