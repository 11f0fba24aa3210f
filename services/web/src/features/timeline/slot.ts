import { addDays } from '@sidekick/calendar/iso';
import type { Slot } from '../../staffing/queries.ts';

/** A slot as a gap or a form has it: its end may be open. */
export type OpenSlot = Omit<Slot, 'to'> & { to: string | null };

/** Candidates are asked for closed days: an open end is the project's, or two years from the start, as the hours of a gap are counted. */
export function closedSlot(slot: OpenSlot, projectEnd: string | null): Slot {
  const ends = projectEnd !== null && projectEnd >= slot.from ? projectEnd : addDays(slot.from, 104 * 7 - 1);
  return { ...slot, to: slot.to ?? ends };
}
