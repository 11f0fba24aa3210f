import { weekdayOf } from '@sidekick/calendar/iso';
import { everyRegion, type HolidayView, type PersonView, regionOn } from '@sidekick/contracts';

/** Hours that the person's pattern has on a day; before the first pattern none are known to be missing. */
export function hoursOn({ patterns }: Pick<PersonView, 'patterns'>, day: string): number | null {
  const pattern = patterns.filter(({ from }) => from <= day).sort((a, b) => (a.from < b.from ? 1 : -1))[0];
  return pattern ? (pattern.hours[weekdayOf(day) - 1] ?? 0) : null;
}

/** Whether a holiday is one of a person's: of the region that they are in that day, or of every region. */
export const hasHoliday = (person: Pick<PersonView, 'region' | 'moves'>, { date, region }: Pick<HolidayView, 'date' | 'region'>): boolean =>
  region === everyRegion || region === regionOn(person, date);

/** `PT`, or what a company day is in. */
export const regionWords = (region: string): string => (region === everyRegion ? 'every region' : region);

export const noWorkingDay = 'no working day';

/** Why nothing of a day is worked: a holiday's name, or in words; null where some of it is. */
export function whyOff(person: PersonView, holidays: readonly HolidayView[], day: string): string | null {
  const { from, to } = person.contract;
  if ((from !== null && day < from) || (to !== null && day > to)) return 'outside the contract';
  if (!hoursOn(person, day)) return noWorkingDay;
  return holidays.find((one) => one.date === day && one.portion >= 1 && hasHoliday(person, one))?.name ?? null;
}
