import { hoursWords, isoWeek, weekSpan, weeksWords } from '@sidekick/calendar';
import type { BrokenRule } from '@sidekick/contracts';
import { personName } from '../state/words.ts';
import { type Scope, touchedAssignment } from './scope.ts';

/** Hours below which two amounts are the same (A10). */
const tolerance = 0.01;

/**
 * Confirmed work over net hours by more than 0.01 h in a week, more than before. Only changes of work and of patterns are
 * asked: leave may overlap anything, and cuts the work with the hours.
 */
export function overAllocated(scope: Scope): BrokenRule[] {
  const { before, after } = scope;
  return scope.people.flatMap((person) => {
    if (!after.state.person.has(person)) return [];
    const overBefore = (week: number) => (before.state.person.has(person) ? before.overHours(person, weekSpan(week)) : 0);
    const worse = scope.weeks
      .map((week) => ({ week, over: after.overHours(person, weekSpan(week)) }))
      .filter(({ week, over }) => over > 0 && over > overBefore(week) + tolerance);
    const worst = worse.reduce<(typeof worse)[number] | null>((most, one) => (most && most.over >= one.over ? most : one), null);
    if (!worst) return [];
    const weeks = worse.map(({ week }) => week);
    const net = after.net(person, weekSpan(worst.week));
    const message = `${personName(after.state, person)} would be over by up to ${hoursWords(worst.over)}, ${weeksWords(weeks, scope.today)} (${hoursWords(net + worst.over)} of work in ${hoursWords(net)})`;
    const assignment = touchedAssignment(scope, person);
    return [{ code: 'over-allocated', severity: 'rule', message, person, project: null, assignment, weeks: weeks.map(isoWeek) }];
  });
}
