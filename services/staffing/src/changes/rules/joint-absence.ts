import type { BrokenRule } from '@sidekick/contracts';
import { type Day, dayOf, isoDay, isoWeek, type Span, weekOfDay } from '../../calendar/days.ts';
import { dayWord, listWord, personName, projectName } from '../words.ts';
import type { Scope } from './scope.ts';

/** Approving leave must not leave a project without every lead and sidekick on a day (A26). Asked of approved time off that changed. */
export function jointAbsence({ before, after, changes }: Scope): BrokenRule[] {
  return changes.flatMap((change) => {
    if (change.kind !== 'timeOff' || change.after?.state !== 'approved') return [];
    const { person, from, to } = change.after;
    const span = { from: dayOf(from), to: dayOf(to) };
    return projectsOf(after.state.assignment.values(), person, span).flatMap((project) => {
      const already = new Set(before.state.project.has(project) ? before.jointAbsence(project, span) : []);
      const days = after.jointAbsence(project, span).filter((day) => !already.has(day));
      if (days.length === 0) return [];
      const message = `With ${personName(after.state, person)} away nobody who leads or backs up ${projectName(after.state, project)} works on ${daysWord(days)}`;
      const weeks = [...new Set(days.map(weekOfDay))].map(isoWeek);
      return [{ code: 'joint-absence' as const, severity: 'rule' as const, message, person, project, assignment: null, weeks }];
    });
  });
}

/** Projects that the person leads or backs up on some day of the span. */
function projectsOf(
  assignments: Iterable<{ record: { person: string; project: string; role: string; from: string; to: string | null } }>,
  person: string,
  span: Span,
): string[] {
  const projects = new Set<string>();
  for (const { record } of assignments) {
    if (record.person !== person || record.role === 'contributor') continue;
    if (dayOf(record.from) <= span.to && (record.to === null || dayOf(record.to) >= span.from)) projects.add(record.project);
  }
  return [...projects];
}

function daysWord(days: readonly Day[]): string {
  const first = isoDay(days[0] ?? 0);
  if (days.length <= 3) return listWord(days.map((day) => dayWord(isoDay(day), first)));
  return `${days.length} days from ${dayWord(first, first)} to ${dayWord(isoDay(days.at(-1) ?? 0), first)}`;
}
