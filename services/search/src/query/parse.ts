/** What a reader asked for, taken apart. Nothing in it can break an engine's own syntax. */
export interface ParsedQuery {
  /** Words as typed, lower case, without those to exclude. */
  words: string[];
  /** Exact runs of words. */
  phrases: string[][];
  /** Words and phrases that must not occur. */
  excluded: string[][];
  filters: { field: Field; value: string }[];
  /** The last word is still being typed. */
  prefix: string | null;
}

export const fields = ['type', 'section', 'tag', 'owner', 'skill', 'status'] as const;
export type Field = (typeof fields)[number];

const isField = (name: string): name is Field => (fields as readonly string[]).includes(name);
const part = /(-?)(?:(\w+):)?(?:"([^"]*)"|([^\s"]+))/gu;

/** Words of a text: runs of letters and digits, lower case. `snake_case` is two words, `camelCase` one. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The query language of DESIGN §8. `typing`: the last bare word counts as the beginning of a word, unless a space follows. */
export function parseQuery(query: string, typing: boolean): ParsedQuery {
  const parsed: ParsedQuery = { words: [], phrases: [], excluded: [], filters: [], prefix: null };
  let last: string | null = null;
  for (const [, minus, field, quoted, bare] of query.matchAll(part)) {
    last = null;
    const text = quoted ?? bare ?? '';
    if (field && isField(field.toLowerCase()) && !minus) {
      parsed.filters.push({ field: field.toLowerCase() as Field, value: text.toLowerCase() });
      continue;
    }
    const words = wordsOf(field ? `${field} ${text}` : text);
    if (words.length === 0) continue;
    if (minus) parsed.excluded.push(words);
    else if (quoted !== undefined && words.length > 1) parsed.phrases.push(words);
    else {
      parsed.words.push(...words);
      if (quoted === undefined) last = words.at(-1) ?? null;
    }
  }
  if (typing && last && last.length >= 2 && /[\p{L}\p{N}]$/u.test(query)) {
    parsed.words.pop();
    parsed.prefix = last;
  }
  parsed.words = withoutStopWords([...new Set(parsed.words)], parsed);
  return parsed;
}

/** English words too frequent to say anything; kept when the query holds nothing else. */
const stopWords = new Set(
  `a about all also an and any are as at be been being between both but by can could did do does each for from had has have he her his how i
  if in into is it its may me more most my no nor not of on only or other our out over own same she should so some such than that the their
  them then there these they this those through to under until up very via was we were what when where which while who whom why will with
  would you your`.split(/\s+/),
);

function withoutStopWords(words: string[], { phrases, prefix, filters }: ParsedQuery): string[] {
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.length > 0 || phrases.length > 0 || prefix || filters.length > 0 ? telling : words;
}
