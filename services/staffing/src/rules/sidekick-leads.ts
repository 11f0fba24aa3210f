import { isoWeek, meet, type Span, type Week, weekdayOf, weekOfDay, weekSpan, weeksWords } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import { countsIn } from '../books/counts.ts';
import type { Figures } from '../figures/index.ts';
import { personName, projectName } from '../state/words.ts';
import { type Scope, spanOf, touchedAssignment } from './scope.ts';

/** The work of one person on one project (`own`), and the figures that tell how it counts and which days are worked. */
interface Side {
  readonly figures: Figures;
  readonly own: readonly Assignment[];
}

/**
 * The sidekick is never the lead of the same project in the same week. A tentative lead is no lead (A14); a sidekick
 * counts in either state. A week counts where both hold a Monday to Friday or a day with hours of the person (A13).
 */
export function sidekickLeads(scope: Scope): BrokenRule[] {
  return touchedPairs(scope).flatMap(({ person, project }) => {
    const [before, after] = [sideOf(scope.before, person, project), sideOf(scope.after, person, project)];
    const weeks = weeksOfBoth(before, after, person, scope.weeks);
    if (weeks.length === 0) return [];
    const message = `${personName(scope.after.state, person)} ${bothWords(before, person, projectName(scope.after.state, project), weeks, scope.today)}`;
    const assignment = touchedAssignment(scope, person, project);
    return [{ code: 'sidekick-leads', severity: 'rule', message, person, project, assignment, weeks: weeks.map(isoWeek) }];
  });
}

/** Person and project of every assignment that changed, each pair once. */
function touchedPairs({ changes }: Scope): { person: string; project: string }[] {
  const pairs = new Map<string, { person: string; project: string }>();
  for (const change of changes) {
    if (change.kind !== 'assignment' || !change.after) continue;
    const { person, project } = change.after;
    pairs.set(`${person} ${project}`, { person, project });
  }
  return [...pairs.values()];
}

function sideOf(figures: Figures, person: string, project: string): Side {
  const own: Assignment[] = [];
  for (const { record } of figures.state.assignment.values()) if (record.person === person && record.project === project) own.push(record);
  return { figures, own };
}

/** Weeks of the list in which the person both leads and backs up the project `after`, and did not `before`. */
export function weeksOfBoth(before: Side, after: Side, person: string, weeks: readonly Week[]): Week[] {
  const bothIn = (side: Side) => weeksAs('lead', side, person, weeksAs('sidekick', side, person, weeks));
  const already = new Set(bothIn(before));
  return bothIn(after).filter((week) => !already.has(week));
}

/** What the person does in these weeks already, and so cannot do beside it; follows their name. */
export function bothWords(before: Side, person: string, project: string, weeks: readonly Week[], today: string): string {
  const backs = weeksAs('lead', before, person, weeks).length === 0 && weeksAs('sidekick', before, person, weeks).length > 0;
  const when = weeksWords(weeks, today);
  return backs
    ? `already backs up ${project}, ${when}, so cannot lead it there`
    : `already leads ${project}, ${when}, so cannot be the sidekick there`;
}

/** Weeks of the list in which some of the work has the role, and a workday. */
function weeksAs(role: 'lead' | 'sidekick', { figures, own }: Side, person: string, weeks: readonly Week[]): readonly Week[] {
  const spans = own.filter((one) => one.role === role && (role === 'sidekick' || countsIn(figures.state, one) === 'confirmed')).map(spanOf);
  if (spans.length === 0) return [];
  return weeks.filter((week) => spans.some((span) => holdsWorkday(figures, person, meet(span, weekSpan(week)))));
}

function holdsWorkday(figures: Figures, person: string, { from, to }: Span): boolean {
  for (let day = from; day <= to && weekOfDay(day) === weekOfDay(from); day++) {
    if (weekdayOf(day) < 5 || figures.gross(person, { from: day, to: day }) > 0) return true;
  }
  return false;
}
