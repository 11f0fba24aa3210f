import type { FieldError } from '@sidekick/service-kit';
import { type Day, dayOf, isoDay } from '../calendar/days.ts';
import type { State } from '../state.ts';
import type { Change } from './change-set.ts';
import { ofPerson } from './of-person.ts';

/** Years from today within which the dates of records lie; leave and work span fewer. One typing error must not cost every figure. */
const mostYears = 20;
const mostYearsOfLeave = 2;
const mostYearsOfWork = 15;
/** Records of leave of one person that hold one day, declined ones aside, and requests of one person that wait for an answer. */
const mostOnOneDay = 10;
const mostRequests = 200;

const daysOf = (years: number): number => Math.ceil(years * 365.25);

/** Dates out of bounds, of those that the change sets: what was kept before there were bounds stays readable and can be put right. */
export function outOfBounds(after: State, change: Change, today: string): FieldError[] {
  if (!change.after) return [];
  const around = (path: string, day: string | null, before: string | null | undefined) => tooFar(path, day, before, today);
  switch (change.kind) {
    case 'person':
      return [
        ...around('contract.from', change.after.contract.from, change.before?.contract.from),
        ...around('contract.to', change.after.contract.to, change.before?.contract.to),
        ...change.after.patterns.flatMap(({ from }, at) =>
          change.before?.patterns.some((one) => one.from === from) ? [] : around(`patterns.${at}.from`, from, null),
        ),
      ];
    case 'project':
    case 'assignment':
      return [
        ...around('from', change.after.from, change.before?.from),
        ...around('to', change.after.to, change.before?.to),
        ...tooLong(change.before, change.after, mostYearsOfWork, change.kind === 'project' ? 'A project' : 'An assignment'),
      ];
    case 'timeOff':
      return [
        ...around('from', change.after.from, change.before?.from),
        ...around('to', change.after.to, change.before?.to),
        ...tooLong(change.before, change.after, mostYearsOfLeave, 'Leave'),
        ...tooMany(after, change),
      ];
    case 'holiday':
      return around('date', change.after.date, change.before?.date);
  }
}

function tooFar(path: string, day: string | null, before: string | null | undefined, today: string): FieldError[] {
  if (day === null || day === before) return [];
  const apart = dayOf(day) - dayOf(today);
  if (Math.abs(apart) <= daysOf(mostYears)) return [];
  const first: Day = dayOf(today) + Math.sign(apart) * daysOf(mostYears);
  const bound = apart < 0 ? `the first day is ${isoDay(first)}` : `the last day is ${isoDay(first)}`;
  return [{ path, message: `${day} is more than ${mostYears} years from today; ${bound}` }];
}

type Dated = { readonly from: string; readonly to: string | null };

function tooLong(before: Dated | null, { from, to }: Dated, years: number, what: string): FieldError[] {
  if (to === null || (before?.from === from && before.to === to)) return [];
  return dayOf(to) - dayOf(from) <= daysOf(years) ? [] : [{ path: 'to', message: `${what} spans at most ${years} years; end it sooner` }];
}

function tooMany({ timeOff }: State, { id, before, after }: Extract<Change, { kind: 'timeOff' }>): FieldError[] {
  if (
    !after ||
    after.state === 'declined' ||
    (before && before.state !== 'declined' && before.from === after.from && before.to === after.to)
  )
    return [];
  let requests = 0;
  const others: Dated[] = [];
  for (const record of ofPerson(timeOff, after.person)) {
    if (record.id === id || record.state === 'declined') continue;
    if (record.state === 'requested') requests++;
    if (record.from <= after.to && record.to >= after.from) others.push(record);
  }
  if (after.state === 'requested' && requests >= mostRequests)
    return [{ path: 'person', message: `${mostRequests} requests wait for an answer already; withdraw some first` }];
  if (busiestDay(others, after) < mostOnOneDay) return [];
  return [{ path: 'from', message: `${mostOnOneDay} requests for leave hold one of these days already` }];
}

/** The most of the records that hold one day of the span. */
function busiestDay(records: readonly Dated[], { from, to }: Dated): number {
  const [first, last] = [dayOf(from), dayOf(to ?? from)];
  const steps = new Map<Day, number>();
  const step = (day: Day, by: number) => steps.set(day, (steps.get(day) ?? 0) + by);
  for (const one of records) {
    step(Math.max(first, dayOf(one.from)), 1);
    step(Math.min(last, dayOf(one.to ?? one.from)) + 1, -1);
  }
  let held = 0;
  let most = 0;
  for (const [, by] of [...steps].sort(([a], [b]) => a - b)) {
    held += by;
    most = Math.max(most, held);
  }
  return most;
}
