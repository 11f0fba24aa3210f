import { type Day, dayOf, daysWords, isoWeek, type Span, weekOfDay } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import { ofPerson } from '../../kinds/of-person.ts';
import { personName, projectName } from '../../words.ts';
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
    return projectsOf(ofPerson(after.state.assignment, person), span).flatMap((project) => {
      const already = new Set(before.state.project.has(project) ? before.jointAbsence(project, span) : []);
      const days = after.jointAbsence(project, span).filter((day) => !already.has(day));
      const byPattern = days.filter((day) => after.othersNeverWork(project, person, day));
      const byLeave = days.filter((day) => !byPattern.includes(day));
      const told = (severity: 'rule' | 'warning', on: readonly Day[], why: string): BrokenRule[] => {
        if (on.length === 0) return [];
        const message = `With ${personName(after.state, person)} away nobody who leads or backs up ${projectName(after.state, project)} works on ${daysWords(on, from)}${why}`;
        const weeks = [...new Set(on.map(weekOfDay))].map(isoWeek);
        return [{ code: 'joint-absence', severity, message, person, project, assignment: null, weeks }];
      };
      return [...told('rule', byLeave, ''), ...told('warning', byPattern, ', where the others never work by their pattern')];
    });
  });
}

/** Projects of the assignments, in which somebody leads or backs up on some day of the span. */
function projectsOf(assignments: readonly Assignment[], span: Span): string[] {
  const projects = new Set<string>();
  for (const { role, project, from, to } of assignments) {
    if (role !== 'contributor' && dayOf(from) <= span.to && (to === null || dayOf(to) >= span.from)) projects.add(project);
  }
  return [...projects];
}
