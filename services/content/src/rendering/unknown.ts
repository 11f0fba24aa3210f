/** Syntax of other tools that a page holds and that is not understood, by kind: the report of an import names it. */
export type Unknown = Record<string, number>;

/** Names that a page makes up are counted as they are, so many of them at most; further ones together. */
const mostKinds = 50;

export function noteUnknown(unknown: Unknown, kind: string): void {
  const named = Object.hasOwn(unknown, kind) || Object.keys(unknown).length < mostKinds ? kind.slice(0, 80) : 'other';
  unknown[named] = (unknown[named] ?? 0) + 1;
}
