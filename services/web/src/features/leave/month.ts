import { addDays, addMonths, daysBetween, earlier, later, mondayOf, weekdayOf } from '@sidekick/calendar/iso';
import type { HolidayView, PersonView, TimeOffView } from '@sidekick/contracts';
import { hasHoliday, hoursOn } from '../../staffing/days-off.ts';
import { grouped } from '../../staffing/lists.ts';
import { peopleByName } from '../../staffing/people-names.ts';

export interface MonthProps {
  /** `2026-12`. */
  month: string;
  /** Whose rows are shown. */
  people: readonly PersonView[];
  all: ReadonlyMap<string, PersonView>;
  timeOff: readonly TimeOffView[];
  holidays: readonly HolidayView[];
  today: string;
  /** The person of the reader. */
  own: string | null;
  manager: boolean;
  onOpen: (id: string) => void;
}

/** Days of a month, both included, counted from 1. */
export interface Stretch {
  first: number;
  last: number;
}

/** What the calendar shows of one person in a month. */
export interface MonthRow {
  person: PersonView;
  /** Leave that is approved or asked for, in the order in which it begins. */
  leave: readonly (Stretch & { one: TimeOffView })[];
  /** Of the person's region on that day, and of every region. */
  holidays: readonly { at: number; one: HolidayView }[];
  /** Mondays to Fridays on which the person never works. */
  off: readonly number[];
  /** Days outside of the contract. */
  outside: readonly Stretch[];
}

/** Whether a day is a Saturday or Sunday. */
export const isWeekend = (day: string): boolean => weekdayOf(day) > 5;

/** The month that an address names, `2026-12`; else that of today. */
export const monthIn = (text: string | null, today: string): string =>
  text !== null && /^(?:19|20)\d\d-(?:0[1-9]|1[0-2])$/.test(text) ? text : today.slice(0, 7);

/** Every day of a month. */
export function daysOfMonth(month: string): string[] {
  const first = `${month}-01`;
  return Array.from({ length: daysBetween(first, `${addMonths(month, 1)}-01`) }, (_, index) => addDays(first, index));
}

/** The part of a stretch of days that lies in the month; null where none does. */
function within(days: readonly string[], from: string | null, to: string | null): Stretch | null {
  const [start = '', end = ''] = [days[0], days.at(-1)];
  const [a, b] = [later(from ?? start, start), earlier(to ?? end, end)];
  return a > b ? null : { first: Number(a.slice(8)), last: Number(b.slice(8)) };
}

/** Who of these people is away when, by name. Whoever has no contract in the month is not in it. */
export function monthRows(
  month: string,
  people: Iterable<PersonView>,
  timeOff: readonly TimeOffView[],
  holidays: readonly HolidayView[],
): MonthRow[] {
  const days = daysOfMonth(month);
  const leaveOf = grouped(
    timeOff.filter(({ state }) => state !== 'declined'),
    ({ person }) => person,
  );
  const inMonth = holidays.filter(({ date }) => date.startsWith(month));
  return peopleByName(people).flatMap((person) => {
    const { from, to } = person.contract;
    const here = within(days, from, to);
    if (!here) return [];
    const leave = (leaveOf.get(person.id) ?? []).flatMap((one) => {
      const part = within(days, one.from, one.to);
      return part ? [{ ...part, one }] : [];
    });
    return [
      {
        person,
        leave: leave.sort((a, b) => a.first - b.first || (a.one.id < b.one.id ? -1 : 1)),
        holidays: oneADay(inMonth.filter((one) => hasHoliday(person, one))),
        off: days.flatMap((day, index) => (weekdayOf(day) < 6 && hoursOn(person, day) === 0 ? [index + 1] : [])),
        outside: outsideOf(here, days.length),
      },
    ];
  });
}

/** Of two holidays on one day the larger, as it counts. */
const oneADay = (holidays: readonly HolidayView[]): MonthRow['holidays'] =>
  [...grouped(holidays, ({ date }) => date)].flatMap(([date, those]) => {
    const [one] = [...those].sort((a, b) => b.portion - a.portion);
    return one ? [{ at: Number(date.slice(8)), one }] : [];
  });

const outsideOf = ({ first, last }: Stretch, days: number): Stretch[] =>
  [
    { first: 1, last: first - 1 },
    { first: last + 1, last: days },
  ].filter((one) => one.first <= one.last);

/** What a phone shows of a month: the weeks that have a day of it, each with who is away on any of its days. */
export interface MonthWeek {
  from: string;
  to: string;
  away: readonly { person: PersonView; one: TimeOffView; from: string; to: string }[];
  holidays: readonly HolidayView[];
}

export function monthWeeks(
  month: string,
  people: Iterable<PersonView>,
  timeOff: readonly TimeOffView[],
  holidays: readonly HolidayView[],
): MonthWeek[] {
  const last = daysOfMonth(month).at(-1) ?? month;
  const byName = peopleByName(people);
  const leaveOf = grouped(
    timeOff.filter(({ state }) => state !== 'declined'),
    ({ person }) => person,
  );
  const weeks: MonthWeek[] = [];
  for (let from = mondayOf(`${month}-01`); from <= last; from = addDays(from, 7)) {
    const to = addDays(from, 6);
    const away = byName.flatMap((person) =>
      (leaveOf.get(person.id) ?? [])
        .filter((one) => one.from <= to && one.to >= from)
        .map((one) => ({ person, one, from: later(one.from, from), to: earlier(one.to, to) })),
    );
    const free = holidays.filter((one) => one.date >= from && one.date <= to && byName.some((person) => hasHoliday(person, one)));
    weeks.push({ from, to, away, holidays: free.sort((a, b) => (a.date < b.date ? -1 : 1)) });
  }
  return weeks;
}
