import type { Day } from '@sidekick/calendar';
import { Refused } from '../cells/refused.ts';
import { cellsOf, type Sheet } from '../cells/sheet.ts';
import type { HeadRow } from './find.ts';
import { inYear, knownDay, type Settled, settled, weekStart, yearOf } from './heads.ts';
import type { Month } from './months.ts';

export interface DatedHead {
  readonly column: number;
  /** The day, or the Monday of the week. */
  readonly day: Day;
}
export interface DatedHeads {
  readonly heads: readonly DatedHead[];
  readonly by: 'week' | 'day';
  readonly told: readonly { row?: number; column?: number; why: 'year-assumed' | 'heads-not-monday' | 'missing-weeks' }[];
}

/** Days between two heads at the most. */
const longestStep = 56;
/** Years within which every date comes again, 29 February and week 53 too. */
const yearsAhead = 9;

/**
 * The days of the heads (S8); `year` is that of the first head where no head has one, as whoever sends the sheet says. Throws
 * Refused for heads that are no weeks and no days.
 */
export function datesOf(sheet: Sheet, header: HeadRow, today: Day, year?: number): DatedHeads {
  const isSlashed = header.heads.some(({ form }) => form.is === 'slash');
  const readings = (isSlashed ? [true, false] : [true]).map((dayFirst) => reading(sheet, header, today, dayFirst, year));
  const dated = readings.filter((one): one is DatedHeads => one !== null && !(one instanceof Refused));
  const [first, other] = dated;
  if (first && other && !isSame(first, other)) throw new Refused('ambiguous-dates');
  if (first) return first;
  throw readings.find((one) => one instanceof Refused) ?? new Refused('ambiguous-dates');
}

const isSame = (a: DatedHeads, b: DatedHeads): boolean => a.heads.every(({ day }, at) => day === b.heads[at]?.day);

/** Null where a head is no date in that order. */
function reading(sheet: Sheet, header: HeadRow, today: Day, dayFirst: boolean, year?: number): DatedHeads | Refused | null {
  const forms = header.heads.map(({ form }) => settled(form, dayFirst));
  if (forms.includes(null)) return null;
  const { days, isAssumed } = daysOf(forms as Settled[], sheet, header, today, year);
  const refused = refusal(days);
  return refused ? new Refused(refused) : dated(header, days, isAssumed);
}

function daysOf(
  forms: readonly Settled[],
  sheet: Sheet,
  header: HeadRow,
  today: Day,
  told: number | undefined,
): { days: Day[]; isAssumed: boolean } {
  const known = forms.map((form, at): Day | null => knownDay(form) ?? inMonth(form, header.months?.get(header.heads[at]?.column ?? 0)));
  let isAssumed = false;
  const [head] = forms;
  if (head && !known.some((day) => day !== null)) {
    const year = told ?? yearAbove(sheet, header.row) ?? undefined;
    const given = year === undefined ? null : inYear(head, year);
    isAssumed = given === null;
    known[0] = given ?? nearest(head, today);
  }
  const first = known.findIndex((day) => day !== null);
  const days = [...known] as Day[];
  for (let at = first - 1; at >= 0; at--) days[at] = before(forms[at] as Settled, days[at + 1] as Day);
  for (let at = first + 1; at < forms.length; at++) days[at] = known[at] ?? after(forms[at] as Settled, days[at - 1] as Day);
  return { days, isAssumed };
}

/** With the year that brings it nearest to the middle of the month above. */
const inMonth = (form: Settled, month: Month | undefined): Day | null => {
  if (!month || month.year === null) return null;
  const middle = inYear({ is: 'date', month: month.month, date: 15 }, month.year);
  return middle === null ? null : nearest(form, middle);
};

function nearest(form: Settled, to: Day): Day {
  const days = [];
  for (let year = yearOf(to) - yearsAhead; year <= yearOf(to) + yearsAhead; year++) days.push(inYear(form, year));
  return days.reduce<Day>((best, day) => (day !== null && Math.abs(day - to) < Math.abs(best - to) ? day : best), Number.POSITIVE_INFINITY);
}

function after(form: Settled, before: Day): Day {
  for (let year = yearOf(before) - 1; year <= yearOf(before) + yearsAhead; year++) {
    const day = inYear(form, year);
    if (day !== null && day > before) return day;
  }
  return Number.POSITIVE_INFINITY;
}

function before(form: Settled, next: Day): Day {
  for (let year = yearOf(next) + 1; year >= yearOf(next) - yearsAhead; year--) {
    const day = inYear(form, year);
    if (day !== null && day < next) return day;
  }
  return Number.NEGATIVE_INFINITY;
}

function yearAbove(sheet: Sheet, row: number): number | null {
  for (let above = 1; above < row; above++)
    for (const [, { text }] of cellsOf(sheet.rows[above])) {
      const year = /(?<!\d)20\d\d(?!\d)/.exec(text)?.[0];
      if (year !== undefined) return Number(year);
    }
  return null;
}

const stepsOf = (days: readonly Day[]): number[] => days.slice(1).map((day, at) => day - (days[at] as Day));
const isWeekly = (steps: readonly number[]): boolean => steps.every((step) => step % 7 === 0);

function refusal(days: readonly Day[]): 'repeated-heads' | 'heads-out-of-order' | 'uneven-heads' | null {
  if (new Set(days).size < days.length) return 'repeated-heads';
  const steps = stepsOf(days);
  if (steps.some((step) => step < 0)) return 'heads-out-of-order';
  const areDays = steps.every((step) => step <= 7) && steps.includes(1);
  return steps.some((step) => step > longestStep) || !(isWeekly(steps) || areDays) ? 'uneven-heads' : null;
}

function dated({ row, heads }: HeadRow, days: readonly Day[], isAssumed: boolean): DatedHeads {
  const steps = stepsOf(days);
  const by = isWeekly(steps) ? 'week' : 'day';
  const told: DatedHeads['told'][number][] = isAssumed ? [{ row, why: 'year-assumed' }] : [];
  if (by === 'week') {
    if (days.some((day) => day !== weekStart(day))) told.push({ row, why: 'heads-not-monday' });
    for (const [at, step] of steps.entries()) if (step > 7) told.push({ column: heads[at + 1]?.column ?? 0, why: 'missing-weeks' });
  }
  const at = (day: Day): Day => (by === 'week' ? weekStart(day) : day);
  return { heads: heads.map(({ column }, index) => ({ column, day: at(days[index] as Day) })), by, told };
}
