import type { NeutralIds } from './neutral.ts';

/** Answers of the files are rounded half up to 4 decimals; theirs and ours agree within this. */
const tolerance = 0.0001 + 1e-12;

/** The answer with ids of the file in place of ULIDs. */
export const inNeutralWords = (answer: unknown, ids: NeutralIds): unknown => {
  if (typeof answer === 'string') return ids.neutral(answer);
  if (Array.isArray(answer)) return answer.map((item) => inNeutralWords(item, ids));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, inNeutralWords(value, ids)]));
};

/** Numbers within 0.0001, everything else exactly, lists in order. */
const isEqual = (expected: unknown, got: unknown): boolean => {
  if (typeof expected === 'number' && typeof got === 'number') return Math.abs(expected - got) <= tolerance;
  if (typeof expected !== 'object' || typeof got !== 'object' || expected === null || got === null) return expected === got;
  if (Array.isArray(expected) !== Array.isArray(got)) return false;
  const [ours, theirs] = [new Map(Object.entries(got)), Object.entries(expected)];
  return ours.size === theirs.length && theirs.every(([name, value]) => ours.has(name) && isEqual(value, ours.get(name)));
};

export interface Comparison {
  readonly equal: number;
  readonly different: readonly { readonly at: number | null; readonly expected: unknown; readonly got: unknown }[];
}

/** Compares one answer; each value of a list is counted, and a list that is too short or too long differs where it does. */
export const compare = (expected: unknown, got: unknown): Comparison => {
  if (!Array.isArray(expected)) {
    return isEqual(expected, got) ? { equal: 1, different: [] } : { equal: 0, different: [{ at: null, expected, got }] };
  }
  if (!Array.isArray(got)) return { equal: 0, different: [{ at: null, expected, got }] };
  const different = Array.from({ length: Math.max(expected.length, got.length) }, (_, at) => ({
    at,
    expected: expected[at],
    got: got[at],
  }));
  const wrong = different.filter((pair) => !isEqual(pair.expected, pair.got));
  return { equal: different.length - wrong.length, different: wrong };
};
