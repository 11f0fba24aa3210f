import type { TimeOffView } from '@sidekick/contracts';
import { grouped } from '../../staffing/lists.ts';

export type LeaveSet = readonly [TimeOffView, ...TimeOffView[]];

/** Leave by the set that it was asked for in and its state: what was answered otherwise than the rest stands apart. Each else by itself. */
export const setsOf = (items: readonly TimeOffView[]): LeaveSet[] =>
  [...grouped(items, ({ id, person, state, set }) => (set ? `${person} ${set} ${state}` : id)).values()].map(
    (set) => set as unknown as LeaveSet,
  );
