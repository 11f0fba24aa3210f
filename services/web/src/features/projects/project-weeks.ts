import { addWeeks, earlier, later, weekOf, weeksFrom } from '@sidekick/calendar/iso';
import type { Project } from '@sidekick/contracts';

/** Weeks on either side of this one. */
const reach = 26;

/** The weeks that a project's page draws: half a year back and ahead, inside the project; of one that is over its last year, of one to come its first. */
export function weeksOfPage({ from, to }: Pick<Project, 'from' | 'to'>, today: string): string[] {
  const now = weekOf(today);
  const first = weekOf(from);
  const last = to === null ? null : weekOf(to);
  const inside = (week: string) => (last === null ? week : earlier(week, last));
  let [begin, end] = [later(first, addWeeks(now, -reach)), inside(addWeeks(now, reach))];
  if (last !== null && last < now) [begin, end] = [later(first, addWeeks(last, 1 - 2 * reach)), last];
  if (first > now) [begin, end] = [first, inside(addWeeks(first, 2 * reach - 1))];
  const all = weeksFrom(begin, 2 * reach + 1);
  return all.slice(0, all.indexOf(end) + 1);
}

/** Runs of neighbours for which `same` holds. */
export function runsOf<T>(items: readonly T[], same: (a: T, b: T) => boolean): T[][] {
  const runs: T[][] = [];
  for (const item of items) {
    const run = runs.at(-1);
    const before = run?.at(-1);
    if (run && before !== undefined && same(before, item)) run.push(item);
    else runs.push([item]);
  }
  return runs;
}
