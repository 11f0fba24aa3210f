import { weekdayOf } from '@sidekick/calendar/iso';
import type { HolidayView, PersonView } from '@sidekick/contracts';

/** Hours that the person's pattern has on a day; before the first pattern none are known to be missing. */
export function hoursOn({ patterns }: Pick<PersonView, 'patterns'>, day: string): number | null {
  const pattern = patterns.filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  return pattern ? (pattern.hours[weekdayOf(day) - 1] ?? 0) : null;
}

/** The holidays that a person has on a day. */
export const holidaysOn = (person: PersonView, holidays: readonly HolidayView[], day: string): HolidayView[] =>
  holidays.filter(({ date, region }) => date === day && region === person.region);

export const noWorkingDay = 'no working day';

/** Why nothing of a day is worked: a holiday's name, or in words; null where some of it is. */
export function whyOff(person: PersonView, holidays: readonly HolidayView[], day: string): string | null {
  const { from, to } = person.contract;
  if ((from !== null && day < from) || (to !== null && day > to)) return 'outside the contract';
  if (!hoursOn(person, day)) return noWorkingDay;
  return holidaysOn(person, holidays, day).find(({ portion }) => portion >= 1)?.name ?? null;
}
