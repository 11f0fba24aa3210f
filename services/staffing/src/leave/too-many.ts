import { type Day, dayOf } from '@sidekick/calendar';
import type { TimeOff } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import type { Dated } from '../kinds/checks.ts';
import { ofPerson } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';

/** Records of leave of one person that hold one day, declined ones aside, and requests of one person that wait for an answer. */
const mostOnOneDay = 10;
const mostRequests = 200;

/** Leave that one person has or asks for too much of; what stays where it was is not asked again. */
export function tooMany({ timeOff }: State, before: TimeOff | null, after: TimeOff): FieldError[] {
  const stays = before && before.state !== 'declined' && before.from === after.from && before.to === after.to;
  if (after.state === 'declined' || stays) return [];
  let requests = 0;
  const others: Dated[] = [];
  for (const record of ofPerson(timeOff, after.person)) {
    if (record.id === after.id || record.state === 'declined') continue;
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
