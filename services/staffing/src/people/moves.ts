import { dayWords } from '@sidekick/calendar';
import type { Move, Person } from '@sidekick/contracts';

/** The moves of a body or record with their regions mapped; no member where there are none, as in what was kept before there were any. */
export const movesOf = (moves: readonly Move[] | undefined, codeOf: (region: string) => string): { moves?: Move[] } =>
  moves?.length ? { moves: moves.map(({ from, region }) => ({ from, region: region && codeOf(region) })) } : {};

const same = (a: Move, b: Move): boolean => a.from === b.from && a.region === b.region;

/** Moves that were not kept before, with their places. */
export const newMoves = (before: Person | null, { moves = [] }: Person): (Move & { at: number })[] =>
  moves.map((move, at) => ({ ...move, at })).filter((move) => !before?.moves?.some((old) => same(old, move)));

const inWords = ({ region }: Move): string => (region === null ? 'without holidays of a region' : `in region ${region}`);

/** `from 1 Feb 2027 in region PT-11`, `no longer from 1 Feb 2027 in region PT-11`. */
export function moveWords(before: Person, after: Person, near: string | null): string[] {
  const added = newMoves(before, after);
  const gone = newMoves(after, before).filter(({ from }) => !added.some((move) => move.from === from));
  const words = (move: Move) => `from ${dayWords(move.from, near)} ${inWords(move)}`;
  return [...added.map(words), ...gone.map((move) => `no longer ${words(move)}`)];
}
