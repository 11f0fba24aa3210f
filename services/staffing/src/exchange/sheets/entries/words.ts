import { wordKey } from '../header/words.ts';

export type SheetRole = 'lead' | 'sidekick' | 'contributor';

const roles = new Map<string, SheetRole>([
  ...['lead', 'leader', 'l', 'tl', 'tech lead'].map((word) => [word, 'lead'] as const),
  ...['sidekick', 'sk', 's', 'backup', 'back-up', 'support', 'second', '2nd', 'deputy'].map((word) => [word, 'sidekick'] as const),
  ...['contributor', 'contrib', 'c', 'member', 'dev', 'developer'].map((word) => [word, 'contributor'] as const),
]);
const tentative = new Set(['?', 'tbc', 'tbd', 'tentative', 'maybe', 'prov', 'provisional', 'unconfirmed']);
const confirmed = new Set(['', 'confirmed', 'ok', 'yes', 'agreed', 'approved']);
const leave = new Set([
  ...['leave', 'annual leave', 'sick leave', 'parental leave', 'vacation', 'vac', 'holiday', 'holidays', 'hol'],
  ...['off', 'day off', 'days off', 'pto', 'ooo', 'sick', 'v'],
]);
/** As a capital alone a role may stand before an amount. */
const capitals = new Map<string, SheetRole>([
  ['L', 'lead'],
  ['S', 'sidekick'],
  ['SK', 'sidekick'],
]);

export const roleOf = (text: string): SheetRole | null => roles.get(wordKey(text)) ?? null;
export const capitalRole = (word: string): SheetRole | null => capitals.get(word) ?? null;
export const isTentativeWord = (text: string): boolean => tentative.has(wordKey(text).replace(/\.$/, ''));
export const isLeave = (text: string): boolean => leave.has(wordKey(text));

/** State that a status cell names; null for a word that says neither. */
export function statusOf(text: string): 'confirmed' | 'tentative' | null {
  if (isTentativeWord(text)) return 'tentative';
  return confirmed.has(wordKey(text)) ? 'confirmed' : null;
}

export interface Marks {
  readonly roles: readonly SheetRole[];
  readonly isTentative: boolean;
  /** The first word that is neither. */
  readonly unknown: string | null;
}

/** Roles and tentative words one after the other; commas, slashes and question marks part them. */
export function marksOf(text: string): Marks {
  const found: SheetRole[] = [];
  let isTentative = false;
  let unknown: string | null = null;
  for (const piece of text.split(/[,;/|&]/)) {
    const words = piece.replaceAll('?', ' ? ').split(/\s+/).filter(Boolean);
    for (let at = 0; at < words.length; at++) {
      const word = words[at] as string;
      const double = roleOf(`${word} ${words[at + 1] ?? ''}`);
      const role = words[at + 1] !== undefined && double !== null ? double : roleOf(word);
      if (role && role === double && roleOf(word) !== role) at += 1;
      if (role) found.push(role);
      else if (isTentativeWord(word)) isTentative = true;
      else unknown ??= word;
    }
  }
  return { roles: found, isTentative, unknown };
}
