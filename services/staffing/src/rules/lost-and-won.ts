import { dayOf, hoursWords, isoWeek, listWords, type Week, weekOfDay, weekSpan, weeksWords } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import { type Counts, countsIn } from '../books/counts.ts';
import type { Figures } from '../figures/index.ts';
import type { State } from '../state/state.ts';
import { personName, projectName } from '../state/words.ts';
import type { Scope } from './scope.ts';

/** Below this, hours are none. */
const tiny = 0.01;

const workOf = ({ assignment }: State, project: string): Assignment[] =>
  [...assignment.values()].map(({ record }) => record).filter((one) => one.project === project);

/** Projects whose state changes, so that their work begins or ceases to count. */
const turned = ({ changes }: Scope): string[] =>
  changes.flatMap((change) =>
    change.kind === 'project' && change.before && change.after && change.before.state !== change.after.state ? [change.id] : [],
  );

/** Whose hours a project gives back that is lost or becomes a proposal: from this week on, a person each. */
export function hoursFreed(scope: Scope): BrokenRule[] {
  const { before, after, weeks, today } = scope;
  const ahead = weeks.filter((week) => week >= weekOfDay(dayOf(today)));
  return turned(scope).flatMap((project) => {
    const freed = workOf(before.state, project).filter(
      (one) => countsIn(before.state, one) === 'confirmed' && after.state.assignment.has(one.id) && after.counts(one.id) !== 'confirmed',
    );
    return [...new Set(freed.map(({ person }) => person))].flatMap((person): BrokenRule[] => {
      const own = freed.filter((one) => one.person === person);
      const hours = ahead.map((week) => ({ week, hours: hoursIn(before, own, week) })).filter((one) => one.hours > tiny);
      if (hours.length === 0) return [];
      const total = hours.reduce((sum, one) => sum + one.hours, 0);
      const found = hours.map(({ week }) => week);
      const how = after.state.project.get(project)?.record.state === 'lost' ? 'lost' : 'a proposal';
      const message = `${projectName(after.state, project)} is ${how}: ${personName(after.state, person)} gets ${hoursWords(total)} back, ${weeksWords(found, today)}`;
      return [{ ...told('hours-freed', project, found), message, person }];
    });
  });
}

const hoursIn = (figures: Figures, work: readonly Assignment[], week: Week): number =>
  work.reduce((sum, { id }) => sum + figures.effective(id, weekSpan(week)), 0);

/**
 * Work that does not count as confirmed although somebody may think so: of a project that was won, what stays tentative; and what is
 * kept as confirmed on a proposal or a lost project.
 */
export function hoursTentative(scope: Scope): BrokenRule[] {
  const { after, changes } = scope;
  const won = turned(scope).flatMap((project): BrokenRule[] => {
    if (after.state.project.get(project)?.record.state !== 'agreed') return [];
    const people = namesOf(after.state, workOf(after.state, project), 'tentative');
    if (people.length === 0) return [];
    const message = `${projectName(after.state, project)} is agreed, and ${listWords(people)} ${people.length === 1 ? 'stays' : 'stay'} tentative there: confirm who is meant to work on it`;
    return [{ ...told('hours-tentative', project, []), message }];
  });
  const kept = changes.flatMap((change): BrokenRule[] => {
    if (change.kind !== 'assignment' || change.after?.state !== 'confirmed') return [];
    const { person, project, id } = change.after;
    const counts = countsIn(after.state, change.after);
    if (counts === 'confirmed') return [];
    const how = counts === 'nowhere' ? 'is lost: the work counts nowhere' : 'is a proposal: the work is tentative until it is agreed';
    const message = `${projectName(after.state, project)} ${how} (${personName(after.state, person)})`;
    return [{ ...told('hours-tentative', project, []), message, person, assignment: id }];
  });
  return [...won, ...kept];
}

const namesOf = (state: State, work: readonly Assignment[], counts: Counts): string[] => [
  ...new Set(work.filter((one) => countsIn(state, one) === counts).map(({ person }) => personName(state, person))),
];

const told = (code: 'hours-freed' | 'hours-tentative', project: string, weeks: readonly Week[]) => ({
  code,
  severity: 'warning' as const,
  person: null,
  project,
  assignment: null,
  weeks: weeks.map(isoWeek),
});
