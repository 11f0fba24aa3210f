import pLimit from 'p-limit';
import { lanesOf } from './lanes.ts';
import { unlessLate } from './unless-late.ts';

/** Does the work of somebody when its turn comes. */
export type Turns = <T>(who: string, work: () => Promise<T>) => Promise<T>;

export interface TurnBounds {
  /** How many works go on at the same time. */
  atOnce: number;
  /** How many of them may be of one account, so that there is room for others beside works that take long. */
  ofOne: number;
  /** How long one may wait for its turn, in milliseconds. */
  patience: number;
}

/**
 * At most so many works at once, in the order in which they came: more at once end no more of them in a second, and each later. One
 * that has waited too long is refused with TooBusy before any of it is done, and is never done.
 */
export function turnsOf({ atOnce, ofOne, patience }: TurnBounds): Turns {
  const all = pLimit(atOnce);
  const lanes = lanesOf(ofOne);
  return (who, work) => unlessLate(patience, work, (begun) => lanes.run(who, () => all(begun))) as Promise<never>;
}
