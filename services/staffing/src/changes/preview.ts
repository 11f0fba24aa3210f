import { isoWeek, type Week, weekSpan } from '@sidekick/calendar';
import type { PreviewAnswer } from '@sidekick/contracts';
import type { Weighed } from '../deciding/decide.ts';
import type { Figures } from '../figures/index.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { leaveTaken } from '../rules/leave.ts';
import { scopeOf } from '../rules/scope.ts';

/** Weeks of a preview at most: two years. */
const shownWeeks = 104;

/** What saving would break, and the touched weeks of the touched projects and people on both sides. */
export function previewOf(head: number, { changes, before, after, today, broken }: Weighed): PreviewAnswer {
  const scope = scopeOf(before, after, changes, today);
  const weeks = scope.weeks.slice(0, shownWeeks);
  const people = new Set([...scope.people, ...scope.away]);
  const projects = new Set([...scope.projects, ...projectsOf(after, scope.away)]);
  return {
    head,
    broken: [...broken],
    leave: leaveTaken(scope),
    coverage: [...projects].flatMap((project) =>
      weeks.map((week) => ({
        project,
        week: isoWeek(week),
        before: coverageOf(before, project, week),
        after: coverageOf(after, project, week),
      })),
    ),
    load: [...people].flatMap((person) =>
      weeks.map((week) => ({ person, week: isoWeek(week), before: loadOf(before, person, week), after: loadOf(after, person, week) })),
    ),
  };
}

/** Projects that people who would be away work on. */
const projectsOf = ({ state }: Figures, people: readonly string[]): string[] =>
  people.flatMap((person) => ofPerson(state.assignment, person).map(({ project }) => project));

const coverageOf = (figures: Figures, project: string, week: Week) =>
  figures.state.project.has(project) ? figures.coverage(project, week) : null;

function loadOf(figures: Figures, person: string, week: Week): { hours: number; net: number } {
  if (!figures.state.person.has(person)) return { hours: 0, net: 0 };
  return { hours: figures.confirmed(person, weekSpan(week)), net: figures.net(person, weekSpan(week)) };
}
