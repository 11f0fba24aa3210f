import type { IndexDocument } from '../documents/documents.ts';
import { initialsOf } from '../text/abbreviations.ts';
import { joinedNames, keysOf, otherForms, otherKeysOf, stopWords } from '../text/forms.ts';
import { tokensOf } from '../text/tokens.ts';
import { identifierParts, isUnspaced, joinedWords, lettersOf, optionsOf, wordsOf } from '../text/words.ts';

/** What fits into one row: the longest word that is kept for corrections. */
const longestWord = 40;
/** Words of a title by which it is completed, and letters of such a beginning. */
const mostStarts = 12;
const longestStart = 60;
/** Stands before the other spellings of a column's words. */
const formsMark = ' \u001e ';

const clean = (text: string) => text.replaceAll(/(?![\n\r\t])[\p{Cc}\ue000-\ue002]/gu, ' ');
const formsIn = (text: string): string[] => [...new Set(wordsOf(text))].flatMap(otherForms);

/** The columns of `words` and of `titles`, in their order, and the title that is shown. */
export function textsOf(document: IndexDocument): { shown: string; columns: string[]; titles: string[] } {
  const { title, page, heading, body, code, keywords } = document;
  const parts = [
    identifierParts(`${body} ${code} ${heading}`),
    ...formsIn(`${heading} ${body} ${code}`),
    ...joinedNames(`${heading} ${body}`),
    ...new Set(joinedWords(`${heading} ${body}`)),
    ...initials(document),
  ];
  // Other spellings of a name weigh as its keywords do.
  const forms = [...formsIn(`${title} ${keywords}`), ...joinedNames(title), ...joinedWords(title)];
  const named = `${title} ${heading}`;
  const ofTitles = [...formsIn(named), ...joinedNames(named), ...joinedWords(named)].join(' ');
  const withForms = forms.length > 0 ? `${clean(keywords)}${formsMark}${forms.join(' ')}` : clean(keywords);
  const columns = [...[title, page, heading, body, code].map(clean), parts.join(' '), withForms];
  const titles = [...[title, page, heading].map(clean), ofTitles];
  return { shown: clean(title || heading).normalize('NFC'), columns: columns.map(tokensOf), titles: titles.map(tokensOf) };
}

const isSmall = (word: string): boolean => stopWords.has(word);
const initials = ({ kind, title, heading }: IndexDocument): string[] => (kind === 'section' ? initialsOf(title || heading, isSmall) : []);

/** Keywords as they were put. */
export const withoutForms = (keywords: string): string => keywords.split(formsMark)[0] ?? '';

/** Words for corrections and for what is being typed, in all their spellings, and the options of commands. */
export function termsIn(document: IndexDocument): string[] {
  const { title, page, heading, body, code, keywords } = document;
  const all = [title, page, heading, body, code, keywords].map(clean).join(' ');
  const words = wordsOf(all).filter((word) => !isUnspaced(word));
  const terms = new Set([...words, ...optionsOf(`${body} ${code}`), ...joinedNames(all).map((name) => name.toLowerCase())]);
  for (const word of [...joinedWords(`${title} ${heading} ${body}`), ...initials(document)]) terms.add(word);
  for (const word of [...terms]) for (const form of otherKeysOf(word)) terms.add(form);
  return [...terms].filter((word) => word.length <= longestWord);
}

/** What completes to a title: `[1, …]` from its beginning, `[0, …]` from a word or a letter of a run without blanks. */
export function namesIn(title: string): [number, string][] {
  const starts: [number, string][] = [];
  const add = (start: number, text: string) => {
    for (const key of keysOf(text)) {
      const plain = key.replaceAll("'", '');
      for (const one of new Set([key, plain])) if (one !== '') starts.push([start, one.slice(0, longestStart)]);
    }
  };
  add(1, title);
  const words = [...title.matchAll(/[\p{L}\p{N}][^\s\-–—/_.:,;()]*/gu)].map(({ index }) => index).filter((index) => index > 0);
  for (const index of words.slice(0, mostStarts)) add(0, title.slice(index));
  const run = lettersOf(title);
  for (let at = 1; at < Math.min(run.length, mostStarts * 2); at += 1) add(0, run.slice(at).join(''));
  return starts;
}
