import { collapsed } from '../cells/sheet.ts';
import { wordKey } from '../header/words.ts';

/** Names by what they compare by, in their first spelling. */
export interface Names {
  /** The key of a name, which it is listed under from now on. */
  take(text: string): string;
  readonly all: ReadonlyMap<string, string>;
}

export function namesOf(): Names {
  const all = new Map<string, string>();
  return {
    all,
    take(text) {
      const key = wordKey(text);
      if (!all.has(key)) all.set(key, collapsed(text));
      return key;
    },
  };
}

const open = new Set(['tbd', 'tba', 'tbc', 'n.n.', 'nn', 'open', 'vacant', '?', 'unassigned', 'nobody', 'new hire']);
const longestName = 60;
const mostWords = 6;

/** Whether a person's cell names somebody (S12). */
export function personIn(text: string): 'nobody' | 'no name' | 'name' {
  const name = collapsed(text);
  if (name === '' || open.has(wordKey(name))) return 'nobody';
  const isNone = /[\d=:]/.test(name) || [...name].length > longestName || name.split(' ').length > mostWords;
  return isNone ? 'no name' : 'name';
}
