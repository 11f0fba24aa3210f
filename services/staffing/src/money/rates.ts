import { type Day, dayOf } from '@sidekick/calendar';
import type { Rate } from '@sidekick/contracts';
import { ofPerson } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';

/** From a day on an hour costs so much, in minor units. */
export interface Step {
  readonly from: Day;
  readonly amount: number;
}

const byDay = (a: Step, b: Step) => a.from - b.from;
const stepsOf = (rates: readonly Rate[]): Step[] => rates.map(({ from, amount }) => ({ from: dayOf(from), amount })).sort(byDay);

/**
 * The rates of a person on a project, each in force until the next. The more specific wins whenever it is in force (A30): from the day
 * on which the first rate of the project begins, a general one counts there no more, however new it is.
 */
export function stepsOn({ rate: rates }: State, person: string, project: string): readonly Step[] {
  const own = ofPerson(rates, person);
  const specific = stepsOf(own.filter((one) => one.project === project));
  const begins = specific[0]?.from ?? Number.POSITIVE_INFINITY;
  return [...stepsOf(own.filter((one) => one.project === null)).filter(({ from }) => from < begins), ...specific];
}
