import { type Day, dayOf, daysWords, isoWeek, type Span, weekOfDay } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';
import { ofPerson } from '../kinds/records-of.ts';
import type { State } from '../state/state.ts';
import { personName, projectName } from '../state/words.ts';
import type { Scope } from './scope.ts';

/**
 * Approving leave must not leave a project without every lead and sidekick on a day (A26). Asked of approved time off that changed.
 * Where the others never work on such a day by their pattern alone it is a warning: nobody can do anything about it, and no reason is asked.
 */
export function jointAbsence({ before, after, changes }: Scope): BrokenRule[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'timeOff' || change.after?.state !== 'approved') return [];
    const { person, from, to } = change.after;
    const span = { from: dayOf(from), to: dayOf(to) };
    const daysOf = (figures: Figures) => (project: string) =>
      figures.state.project.has(project) ? figures.jointAbsence(project, span) : [];
    return leftAlone(after.state, person, span, daysOf(before), daysOf(after)).flatMap((alone) =>
      nobodyThere(after, person, alone, from).map(({ severity, words, days }): BrokenRule => {
        const { project } = alone;
        const weeks = [...new Set(days.map(weekOfDay))].map(isoWeek);
        const message = `With ${personName(after.state, person)} away ${words}`;
        return { code: 'joint-absence', severity, message, person, project, assignment: null, weeks };
      }),
    );
  });
}

interface Alone {
  project: string;
  days: Day[];
}
interface NobodyThere {
  severity: 'rule' | 'warning';
  days: Day[];
  /** `nobody who leads or backs up Atlas works on 21 Dec`. */
  words: string;
}

/** What is said of days on which a person's leave leaves a project alone: those that others could fill, then those that nobody can. */
export function nobodyThere(figures: Figures, person: string, { project, days }: Alone, near: Day | string): NobodyThere[] {
  const told = (severity: NobodyThere['severity'], on: Day[], why: string): NobodyThere[] => {
    const words = `nobody who leads or backs up ${projectName(figures.state, project)} works on ${daysWords(on, near)}${why}`;
    return on.length > 0 ? [{ severity, days: on, words }] : [];
  };
  const byPattern = days.filter((day) => figures.othersNeverWork(project, person, day));
  const byLeave = days.filter((day) => !byPattern.includes(day));
  return [...told('rule', byLeave, ''), ...told('warning', byPattern, ', where the others never work by their pattern')];
}

/**
 * Projects of a person that nobody who leads or backs up works on any more, with the days of the span on which it is so: those that a
 * project has with the person away (`is`) and did not have without (`was`).
 */
export const leftAlone = (
  state: State,
  person: string,
  span: Span,
  was: (project: string) => readonly Day[],
  is: (project: string) => readonly Day[],
): Alone[] =>
  projectsOf(ofPerson(state.assignment, person), span).flatMap((project) => {
    const days = is(project);
    const already = new Set(days.length > 0 ? was(project) : []);
    const fresh = days.filter((day) => !already.has(day));
    return fresh.length > 0 ? [{ project, days: fresh }] : [];
  });

/** Projects of the assignments, in which somebody leads or backs up on some day of the span. */
function projectsOf(assignments: readonly Assignment[], span: Span): string[] {
  const projects = new Set<string>();
  for (const { role, project, from, to } of assignments) {
    if (role !== 'contributor' && dayOf(from) <= span.to && (to === null || dayOf(to) >= span.from)) projects.add(project);
  }
  return [...projects];
}
