import { isoWeek, meet, type Span, type Week, weekdayOf, weekOfDay, weekSpan, weeksWords } from '@sidekick/calendar';
import type { Assignment, BrokenRule } from '@sidekick/contracts';
import { countsIn } from '../../capacity/counts.ts';
import type { Figures } from '../../figures/index.ts';
import { personName, projectName } from '../../words.ts';
import { type Scope, spanOf, touchedAssignment } from './scope.ts';

/**
 * The sidekick is never the lead of the same project in the same week. A tentative lead is no lead (A14); a sidekick
 * counts in either state. A week counts where both hold a Monday to Friday or a day with hours of the person (A13).
 */
export function sidekickLeads(scope: Scope): BrokenRule[] {
  const { before, after } = scope;
  return touchedPairs(scope).flatMap(({ person, project }) => {
    const already = new Set(weeksOfBoth(before, person, project, scope.weeks));
    const weeks = weeksOfBoth(after, person, project, scope.weeks).filter((week) => !already.has(week));
    if (weeks.length === 0) return [];
    const message = `${personName(after.state, person)} already leads ${projectName(after.state, project)}, ${weeksWords(weeks, scope.today)}, so cannot be the sidekick there`;
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

function weeksOfBoth(figures: Figures, person: string, project: string, weeks: readonly Week[]): Week[] {
  const own: Assignment[] = [];
  for (const { record } of figures.state.assignment.values()) if (record.person === person && record.project === project) own.push(record);
  const sidekicks = own.filter(({ role }) => role === 'sidekick').map(spanOf);
  return weeksLedIn(figures, own, person, sidekicks, weeks);
}

/** Weeks in which the person leads by some of the assignments (`own`, of one project) and some of the spans holds a workday too. */
export function weeksLedIn(
  figures: Figures,
  own: readonly Assignment[],
  person: string,
  sidekicks: readonly Span[],
  weeks: readonly Week[],
): Week[] {
  const leads = own.filter((one) => one.role === 'lead' && countsIn(figures.state, one) === 'confirmed').map(spanOf);
  if (leads.length === 0 || sidekicks.length === 0) return [];
  const holds = (spans: readonly Span[], week: Week) => spans.some((span) => holdsWorkday(figures, person, meet(span, weekSpan(week))));
  return weeks.filter((week) => holds(leads, week) && holds(sidekicks, week));
}

function holdsWorkday(figures: Figures, person: string, { from, to }: Span): boolean {
  for (let day = from; day <= to && weekOfDay(day) === weekOfDay(from); day++) {
    if (weekdayOf(day) < 5 || figures.gross(person, { from: day, to: day }) > 0) return true;
  }
  return false;
}
