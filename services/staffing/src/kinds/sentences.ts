import type { NameOf, Sentences } from './kind.ts';

/** Sentences of a kind whose phrase is little more than a name: it is added, or such and such members of it changed. */
export const plainSentences = <R extends object>(
  phrase: (record: R, nameOf: NameOf, near: string | null) => string,
  words: { readonly [M in keyof R]?: string },
): Sentences<R> => ({
  phrase,
  made: (record, nameOf, near) => `${phrase(record, nameOf, near)}: added`,
  changed: (before, after, nameOf, near) => `${phrase(after, nameOf, near)}: ${changedWords(before, after, words)}`,
});

/** The members that differ, in words where they have any: "weekly pattern, contract changed". */
export function changedWords<R extends object>(before: R, after: R, words: { readonly [M in keyof R]?: string }): string {
  const old = new Map(Object.entries(before));
  const differ = Object.entries(after).filter(([member, value]) => JSON.stringify(value) !== JSON.stringify(old.get(member)));
  if (differ.length === 0) return 'saved unchanged';
  return `${differ.map(([member]) => words[member as keyof R] ?? member).join(', ')} changed`;
}
