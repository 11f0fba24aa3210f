import { keyOf, stopWords } from '../text/forms.ts';
import { isUnspaced, lettersOf, wordsOf } from '../text/words.ts';

/** What a reader asked for, taken apart. Nothing in it can break an engine's own syntax. */
export interface ParsedQuery {
  /** Words as typed, lower case, without those to exclude. */
  words: string[];
  /** Of these words what was typed again: once for each time, at most twice each. */
  again: string[];
  /** Words as they stood beside each other, each run of them. */
  runs: string[][];
  /** What was typed as one term of several words, such as `no-verify`. */
  terms: string[][];
  /** Exact runs of words. */
  phrases: string[][];
  /** Words and phrases that must not occur. */
  excluded: string[][];
  /** Words after one dash: to exclude, unless pages write the dash too, as in `java -jar`. */
  dashed: string[][];
  /** By the form in which people look for names. */
  filters: Filter[];
  /** What a hit must not have. */
  excludedFilters: Filter[];
  /** The last word is still being typed. */
  prefix: string | null;
  /** The words before it in the same term. */
  before: string[];
  /** Words of the text that are not searched, since it has more than are. */
  left: number;
}

export const fields = ['type', 'section', 'tag', 'owner', 'skill', 'status'] as const;
export type Field = (typeof fields)[number];
export interface Filter {
  field: Field;
  value: string;
}

/** What one query costs is bounded by what it may hold. Letters of a run without blanks count as words. */
export const most = {
  letters: 2_000,
  words: 32,
  inPhrases: 48,
  excluded: 48,
  filters: 16,
  letterRun: 24,
  times: 3,
  again: 16,
  terms: 6,
} as const;

/** From so many words on a query describes what is looked for; with fewer it names it. */
const many = 6;
export const describes = ({ words }: Pick<ParsedQuery, 'words'>): boolean => words.length >= many;

const isField = (name: string): name is Field => (fields as readonly string[]).includes(name);
const part = /(-*)(?:(\w+):)?(?:"([^"]*)"|([^\s"]+))/gu;

/**
 * The query language, as the help beside the search field tells it. `typing`: the last bare word counts as the beginning of a word, unless a space follows.
 * One dash excludes the word or field behind it; two, one before a single letter or a term of several words, and one in a query of
 * nothing else belong to an option. Letters and signs in full width are read as the plain ones, quotes in any form of writing.
 */
export function parseQuery(text: string, typing: boolean): ParsedQuery {
  const parsed: ParsedQuery = {
    words: [],
    again: [],
    runs: [],
    terms: [],
    phrases: [],
    excluded: [],
    dashed: [],
    filters: [],
    excludedFilters: [],
    prefix: null,
    before: [],
    left: 0,
  };
  let run: string[] = [];
  const endRun = () => {
    if (run.length > 1) parsed.runs.push(run);
    run = [];
  };
  const query = beginningOf(text, parsed);
  let last: string | null = null;
  for (const [, dashes = '', field, quoted, bare] of query.matchAll(part)) {
    last = null;
    const value = quoted ?? bare ?? '';
    const name = field?.toLowerCase() ?? '';
    if (isField(name) && dashes.length < 2) {
      (dashes === '' ? parsed.filters : parsed.excludedFilters).push({ field: name, value: keyOf(value) });
      endRun();
      continue;
    }
    const words = wordsOf(field ? `${field} ${value}` : value);
    if (words.length === 0) continue;
    if (dashes === '-' && quoted !== undefined) parsed.excluded.push(words);
    else if (dashes === '-' && words.length === 1 && words[0]?.length !== 1) parsed.dashed.push(words);
    else if (quoted !== undefined && words.length > 1) parsed.phrases.push(words);
    else {
      parsed.words.push(...words);
      run.push(...words);
      if (quoted !== undefined) continue;
      last = words.at(-1) ?? null;
      if (words.length > 1) parsed.terms.push(words);
      parsed.before = words.slice(0, -1);
      continue;
    }
    endRun();
  }
  endRun();
  const { words, phrases, filters, excludedFilters } = parsed;
  if (words.length + phrases.length + filters.length + excludedFilters.length === 0) parsed.words = parsed.dashed.splice(0).flat();
  if (typing && last && last.length >= 2 && !isUnspaced(last) && parsed.left === 0 && /[\p{L}\p{N}\p{M}]$/u.test(query)) {
    parsed.words.pop();
    if (parsed.before.length > 0) parsed.terms.pop();
    parsed.runs = parsed.runs.map((words, at) => (at === parsed.runs.length - 1 ? words.slice(0, -1) : words));
    parsed.prefix = last;
  } else parsed.before = [];
  const typed = parsed.words;
  parsed.words = withoutStopWords([...new Set(typed)], parsed);
  const within = bounded(parsed);
  return { ...within, again: repeated(within.words, typed) };
}

/** The first letters of a long text, to the end of a word. */
function beginningOf(text: string, parsed: ParsedQuery): string {
  const composed = text.normalize('NFKC').replaceAll(/[“”„‟]/g, '"');
  if (composed.length <= most.letters) return composed;
  const cut = composed.slice(0, most.letters).replace(/\s\S{0,100}$/u, '');
  parsed.left += Math.max(1, wordsOf(composed.slice(cut.length)).length);
  return cut;
}

/** The first of everything. */
function bounded(parsed: ParsedQuery): ParsedQuery {
  let { left } = parsed;
  const first = <T>(list: readonly T[], limit: number, costOf: (one: T) => number): T[] => {
    let spent = 0;
    return list.filter((one) => {
      spent += costOf(one);
      if (spent > limit) left += 1;
      return spent <= limit;
    });
  };
  const cost = (words: readonly string[]) => words.reduce((sum, word) => sum + costOf(word), 0);
  const short = (word: string): string => {
    const letters = isUnspaced(word) ? lettersOf(word) : [];
    if (letters.length <= most.letterRun) return word;
    left += 1;
    return letters.slice(0, most.letterRun).join('');
  };
  const shortPhrase = (phrase: readonly string[]): string[] => {
    left += Math.max(0, phrase.length - most.inPhrases);
    return phrase.slice(0, most.inPhrases).map(short);
  };
  const words = first(parsed.words.map(short), most.words, costOf);
  const phrases = first(parsed.phrases.map(shortPhrase), most.inPhrases, cost);
  const excluded = first(parsed.excluded, most.excluded, cost);
  const dashed = first(parsed.dashed, most.excluded, cost);
  const filters = first(parsed.filters, most.filters, () => 1);
  const excludedFilters = first(parsed.excludedFilters, most.filters, () => 1);
  const runs = parsed.runs.map((run) => run.slice(0, most.words)).slice(0, most.terms);
  const terms = parsed.terms.filter((term) => term.length <= most.terms).slice(0, most.terms);
  const before = parsed.before.length <= most.terms ? parsed.before : [];
  return { ...parsed, words, runs, terms, before, phrases, excluded, dashed, filters, excludedFilters, left };
}

/** Words of a query as it was typed that stand in it again. */
function repeated(words: readonly string[], typed: readonly string[]): string[] {
  const left = new Map<string, number>(words.map((word) => [word, most.times]));
  return typed
    .filter((word) => {
      const times = left.get(word) ?? 0;
      left.set(word, times - 1);
      return times > 0 && times < most.times && !isUnspaced(word);
    })
    .slice(0, most.again);
}

const costOf = (word: string): number => (isUnspaced(word) ? Math.min(most.letterRun, lettersOf(word).length) : 1);

export function withoutStopWords(
  words: string[],
  { phrases, prefix, filters }: Pick<ParsedQuery, 'phrases' | 'prefix' | 'filters'>,
): string[] {
  const telling = words.filter((word) => !stopWords.has(word));
  return telling.length > 0 || phrases.length > 0 || prefix || filters.length > 0 ? telling : words;
}
