import type { Load } from '@sidekick/contracts';
import { epsilon } from '../books/days.ts';

/** A bucket is over when its work exceeds net by more than this many hours (A10). */
export const overBy = 0.01;
/** Confirmed work below this part of net is under. */
const half = 0.5;

/** How full net hours are with confirmed work, both of one bucket. */
export function loadOf(net: number, confirmed: number): Load {
  if (confirmed - net > overBy + epsilon) return 'over';
  if (net <= epsilon) return 'no-hours';
  if (confirmed <= epsilon) return 'idle';
  return confirmed < net * half - epsilon ? 'under' : 'busy';
}
