import { describes, type ParsedQuery } from '../query/parse.ts';
import { otherForms } from '../text/forms.ts';
import { tokensOf } from '../text/tokens.ts';

/** FTS5 expressions of a query. Every word is quoted, so no word is syntax. */
export interface Match {
  /** Any word, phrases all, exclusions none; null when nothing but filters was asked. */
  any: string | null;
  /** The same for ranking, in which a word counts as often as it was typed. */
  ranking: string | null;
  /** What a title may hold of it. */
  titles: string | null;
  /** All words together; null when there are fewer than two. */
  all: string | null;
}

const quote = (words: readonly string[]): string => `"${tokensOf(words.join(' '))}"`;
const either = (expressions: readonly string[]): string =>
  expressions.length > 1 ? `(${expressions.join(' OR ')})` : (expressions[0] ?? '""');

/** What a word of a query is also written as; words of several stand for a run of them. */
export type Also = ReadonlyMap<string, readonly string[]>;
const nothing: Also = new Map();

/** A word in all its forms and spellings. */
export const wordMatch = (word: string, also: Also = nothing): string =>
  either([...new Set([word, ...otherForms(word), ...(also.get(word) ?? [])].map((form) => quote([form])))]);

/** A run of words in the texts themselves, not in what the index adds to them. */
export const writtenMatch = (words: readonly string[]): string => `{title page heading body code} : ${quote(words)}`;

/** Any of these words. */
export const anyOf = (words: readonly string[]): string => words.map((word) => wordMatch(word)).join(' OR ');

/** What begins as a term of several words does that is still being typed: `--no-ver`. */
export const begunTerm = ({ before, prefix }: Pick<ParsedQuery, 'before' | 'prefix'>): string => `${quote([...before, prefix ?? ''])} *`;

/** `prefixes` are the known words that begin with `query.prefix`. */
export function matchOf(
  query: Pick<ParsedQuery, 'words' | 'again' | 'terms' | 'phrases' | 'excluded' | 'prefix' | 'before'>,
  prefixes: readonly string[],
  also: Also = nothing,
): Match {
  const typed = query.prefix
    ? [query.before.length > 0 ? begunTerm(query) : either([wordMatch(query.prefix), ...prefixes.map((word) => quote([word]))])]
    : [];
  const words = [...query.words.map((word) => wordMatch(word, also)), ...typed];
  // As it was typed it says more than its words do.
  const terms = describes(query) ? [] : query.terms.map(quote);
  const phrases = query.phrases.map(quote);
  // One NOT of many: an expression as deep as the query is long is more than FTS5 parses.
  const excluded = query.excluded.map((run) => (run.length === 1 ? wordMatch(run[0] ?? '') : quote(run)));
  const not = excluded.length > 0 ? ` NOT (${excluded.join(' OR ')})` : '';
  const must = phrases.join(' AND ');
  const without = (expression: string | null) => expression && `${not ? `(${expression})` : expression}${not}`;
  return {
    any: without(join([...words, ...terms].join(' OR '), must)),
    ranking: without(join([...words, ...terms, ...query.again.map((word) => wordMatch(word))].join(' OR '), must)),
    titles: [...words, ...terms, ...phrases].join(' OR ') || null,
    all: words.length > 1 ? `(${join(words.join(' AND '), must)})${not}` : null,
  };
}

/** A phrase must occur; words beside it only raise the rank, which FTS5 says as `phrase AND (phrase OR words)`. */
function join(words: string, must: string): string | null {
  if (!must) return words || null;
  return words ? `(${must}) AND ((${must}) OR ${words})` : must;
}
