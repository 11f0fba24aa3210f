import type { ParsedQuery } from '../query/parse.ts';

/** FTS5 expressions of a query. Every word is quoted, so no word is syntax. */
export interface Match {
  /** Any word, phrases all, exclusions none; null when nothing but filters was asked. */
  any: string | null;
  /** All words together; null when there are fewer than two. */
  all: string | null;
}

const quote = (words: readonly string[]): string => `"${words.join(' ')}"`;

/** `prefixes` are the known words that begin with `query.prefix`. */
export function matchOf(query: ParsedQuery, prefixes: readonly string[]): Match {
  const typed = query.prefix ? [`(${[query.prefix, ...prefixes].map((word) => quote([word])).join(' OR ')})`] : [];
  const words = [...query.words.map((word) => quote([word])), ...typed];
  const phrases = query.phrases.map(quote);
  // One NOT of many: an expression as deep as the query is long is more than FTS5 parses.
  const not = query.excluded.length > 0 ? ` NOT (${query.excluded.map(quote).join(' OR ')})` : '';
  const must = phrases.join(' AND ');
  const any = join(words.join(' OR '), must);
  return {
    any: any && `${not ? `(${any})` : any}${not}`,
    all: words.length > 1 ? `(${join(words.join(' AND '), must)})${not}` : null,
  };
}

/** A phrase must occur; words beside it only raise the rank, which FTS5 says as `phrase AND (phrase OR words)`. */
function join(words: string, must: string): string | null {
  if (!must) return words || null;
  return words ? `(${must}) AND ((${must}) OR ${words})` : must;
}
