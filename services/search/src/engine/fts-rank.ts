import { asWritten } from '../text/tokens.ts';
import type { Audience } from './engine.ts';
import { tellingWords } from './feedback.ts';
import { type All, type Row, these, weights } from './fts-schema.ts';
import { anyOf, type Match } from './match.ts';

export interface Ranked {
  row: number;
  score: number;
}

export interface Asked {
  match: Match;
  /** Whether the query describes what is looked for, instead of naming it. */
  describes: boolean;
  audience: Audience;
  /** What else a row of `words` must be, and the parameters of that. */
  conditions: string;
  parameters: (string | number)[];
}

/** Hits that are ranked at least. */
const ranked = 300;
/** How much higher a hit ranks that holds every word. */
const allWords = 1.25;
/** Hits whose words a described thing is looked for by, and the letters of each that are read. */
const feeding = 8;
const lettersRead = 4_000;
/** What their words count of a score. */
const fed = 0.5;

const bm25 = (table: string, columns: Record<string, number>): string => `bm25(${table}, ${Object.values(columns).join(', ')})`;
const described = bm25('words', weights.described);
/** Titles have their own lengths in a table of their own: FTS5 knows one length a row. */
const titled = `with titled as materialized (
  select rowid as row, ${bm25('titles', weights.titles)} as score from titles where titles match ?)`;
const named = `${bm25('words', weights.named)} + coalesce(titled.score, 0)`;
/** The plus before `rowid` makes each one pass over all matches: FTS5 would run a match again for each row. */
const fedScores = `select rowid as row, ${described} as score from words where words match ? and +rowid in ${these}`;
const textOf = `select rowid as row, title || ' ' || page || ' ' || heading || ' ' || substr(body, 1, ${lettersRead}) as text
  from words where rowid in ${these}`;

/** The best hits of a query of words, at least as many as wanted where there are. */
export function bestOf(all: All, asked: Asked, wanted: number): Ranked[] {
  const { match, conditions, parameters } = asked;
  const limit = Math.max(ranked, wanted);
  if (asked.describes) {
    const sql = `select words.rowid as row, ${described} as score from words where words match ?${conditions} order by score limit ?`;
    return withFeedback(all, hitsOf(all(sql, [match.ranking ?? '""', ...parameters, limit])), asked.audience);
  }
  const sql = `${titled} select words.rowid as row, ${named} as score from words left join titled on titled.row = words.rowid
    where words match ?${conditions} order by score limit ?`;
  return lifted(match, limit, (expression, most) => hitsOf(all(sql, [match.titles ?? '""', expression, ...parameters, most])));
}

const hitsOf = (rows: Row[]): Ranked[] => rows.map(({ row, score }) => ({ row: Number(row), score: -Number(score) }));
const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || a.row - b.row;

/**
 * Best first. Hits that hold every word are lifted; where they fill the window by themselves they come first and the many
 * that hold only some words need no ranking at all, which is what a query of frequent words costs.
 */
function lifted({ ranking, all }: Match, wanted: number, rank: (expression: string, limit: number) => Ranked[]): Ranked[] {
  const any = ranking ?? '""';
  const together = all ? rank(all, wanted) : [];
  if (together.length >= ranked) {
    const missing = wanted - together.length;
    return missing > 0 ? [...together, ...rank(`(${any}) NOT (${all})`, missing)] : together;
  }
  const whole = new Set(together.map(({ row }) => row));
  const hits = rank(any, wanted).map(({ row, score }) => ({ row, score: whole.has(row) ? score * allWords : score }));
  return all ? hits.sort(byScore) : hits;
}

/**
 * Ranks the first hits anew, also by the words that tell the best of them from all others (pseudo-relevance feedback). Nothing
 * is found that the query does not find, and those words are of what this audience may see.
 */
function withFeedback(all: All, hits: Ranked[], audience: Audience): Ranked[] {
  const window = hits.slice(0, ranked);
  const best = window.slice(0, feeding);
  const first = best[0]?.score ?? 0;
  if (first <= 0) return hits;
  const list = (rows: readonly Ranked[]) => JSON.stringify(rows.map(({ row }) => row));
  const texts = new Map(all(textOf, [list(best)]).map(({ row, text }) => [Number(row), asWritten(String(text))]));
  const words = tellingWords(
    best.map(({ row, score }) => ({ text: texts.get(row) ?? '', weight: score })),
    (known) => holdersOf(all, known, audience),
    documentsIn(all),
  );
  if (words.length === 0) return hits;
  const scores = new Map(hitsOf(all(fedScores, [anyOf(words), list(window)])).map(({ row, score }) => [row, score]));
  const highest = Math.max(...scores.values(), Number.MIN_VALUE);
  const again = window.map(({ row, score }) => ({
    row,
    score: (1 - fed) * score + fed * first * ((scores.get(row) ?? 0) / highest),
  }));
  return [...again.sort(byScore), ...hits.slice(ranked)];
}

const documentsIn = (all: All): number => Number(all("select value from meta where name = 'documents'", [])[0]?.['value'] ?? 0);

/** Documents of this audience that hold each word. */
const holdersOf = (all: All, words: readonly string[], audience: Audience): Map<string, number> =>
  new Map(
    all(`select word, ${audience} as n from vocabulary where word in ${these}`, [JSON.stringify(words)]).map(({ word, n }) => [
      String(word),
      Number(n),
    ]),
  );
