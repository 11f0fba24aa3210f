import { addDays } from '@sidekick/calendar/iso';
import type { Command, HolidayView, PersonView } from '@sidekick/contracts';
import { ulidAfter } from '../../app/ulid.ts';
import { readRange } from '../../staffing/date-fields.tsx';
import { noWorkingDay, whyOff } from '../../staffing/days-off.ts';
import { exampleDay } from '../../staffing/typed-dates.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';
import { type LeaveDraft, type LeavePlan, readLeave } from './leave-draft.ts';
import { type Days, type Repetition, readEnd, repeats } from './repeats.ts';

const wrong = (field: 'weeks' | 'end' | 'range', message: string): LeavePlan => ({ kept: [], left: [], error: { field, message } });

/**
 * What leave is asked for: none while the range is not understood. Only days of leave that comes again are left out, hence none is asked
 * for before the holidays are known.
 */
export function leavePlan(
  draft: LeaveDraft,
  today: string,
  person: PersonView | undefined,
  holidays: readonly HolidayView[] | undefined,
): LeavePlan {
  const range = readRange(draft.range, today);
  if (!range.ok || range.to === null) return { kept: [], left: [], error: null };
  const first = { from: range.from, to: range.to };
  if (draft.every === 'once') return { kept: [first], left: [], error: null };
  const weeks = draft.every === 'n' ? typedNumber(draft.weeks, 1, 52) : Number(draft.every);
  if (weeks === null || !Number.isInteger(weeks)) return wrong('weeks', 'Weeks from one to the next are a whole number from 1 to 52');
  const end: Repetition['end'] | null = readEnd(draft.end, first.from);
  if (!end) return wrong('end', `Say until when it comes again, such as ${exampleDay()}, or 10 times`);
  const all = repeats(first, { weeks, on: [...draft.on].map(Number), end });
  if (typeof all === 'string') return wrong(first.from === first.to || 'times' in end ? 'end' : 'range', all);
  if (!holidays) return wrong('end', 'The holidays are not here yet, and those days are left out. Try again once they are');
  const known = all.map((days) => ({ ...days, why: person ? whyAllOff(person, holidays, days) : null }));
  const kept = known.flatMap(({ from, to, why }) => (why === null ? [{ from, to }] : []));
  const left = known.flatMap(({ from, to, why }) => (why === null ? [] : [{ from, to, why }]));
  const error = kept.length === 0 ? { field: 'range' as const, message: 'None of these days is worked' } : null;
  return { kept, left, error };
}

/** Why nothing of the days is worked; null where some of it is. */
function whyAllOff(person: PersonView, holidays: readonly HolidayView[], { from, to }: Days): string | null {
  let why: string | null = null;
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const own = whyOff(person, holidays, day);
    if (own === null) return null;
    if (why === null || why === noWorkingDay) why = own;
  }
  return why;
}

/** The id of the leave that is made for the days at a place of the plan. */
export const planId = (draft: LeaveDraft, index: number): string => ulidAfter(draft.id, index);

/** What is made beside the first leave of a plan. */
export function moreLeave(draft: LeaveDraft, today: string, plan: LeavePlan): Command[] {
  const { body } = readLeave(draft, today, plan);
  if (body === null) return [];
  return plan.kept
    .slice(1)
    .map((days, index) => ({ do: 'create', kind: 'timeOff', id: planId(draft, index + 1), record: { ...body, ...days } }));
}
