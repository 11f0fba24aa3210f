import type { Person } from './records.ts';

/** The region of a holiday that all people have, wherever they are: a company day. No person is in it. */
export const everyRegion = '*';

type Placed = Pick<Person, 'region' | 'moves'>;

/** The region whose holidays a person has on a day: that of the last move which is not later, else the first. */
export function regionOn({ region, moves = [] }: Placed, day: string): string | null {
  let last: { from: string; region: string | null } | null = null;
  for (const move of moves) if (move.from <= day && (last === null || move.from > last.from)) last = move;
  return last ? last.region : region;
}

/** The regions of a person one after another, each with the day that it holds from; of the first that is null. */
export const regionsOf = ({ region, moves = [] }: Placed): { from: string | null; region: string | null }[] => [
  { from: null, region },
  ...[...moves].sort((a, b) => (a.from < b.from ? -1 : 1)),
];
