import type { CoverageState, PlanChoice } from '@sidekick/contracts';
import { dayRange, hours } from '../../staffing/format.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { byStart, type Records } from './bars.ts';
import { type Columns, lanesOf, type Span, spanOf } from './geometry.ts';

/** The choices of a plan that are no assignments yet, as the timeline is asked to draw them. */
export interface Planned {
  readonly plan: string;
  readonly choices: readonly PlanChoice[];
}

/** A choice of a plan as it is drawn: an outline, since nothing of it is agreed. */
export interface PlannedBar {
  readonly id: number;
  /** Where its reasons are. */
  readonly to: string;
  readonly lane: number;
  readonly span: Span;
  readonly text: string;
  readonly title: string;
}

/** Outlines of choices with a day on the grid, on as few lanes as they need. */
export function plannedBars(
  plan: string,
  choices: readonly PlanChoice[],
  columns: Columns,
  { people, projects }: Records,
): { bars: PlannedBar[]; lanes: number } {
  const drawn = choices.filter((choice) => spanOf(choice, columns) !== null).sort((a, b) => byStart(a, b) || a.id - b.id);
  const bars = lanesOf(drawn).flatMap(({ item, lane }): PlannedBar[] => {
    const span = spanOf(item, columns);
    const name = isolated(nameOf(item.person, people));
    const text = `${name} · ${hours(item.hoursPerWeek)}`;
    const where = isolated(projects.get(item.project)?.name ?? 'a project');
    const title = `${name}, planned as sidekick on ${where} · ${hours(item.hoursPerWeek)} a week · ${dayRange(item.from, item.to)} · not agreed yet`;
    return span ? [{ id: item.id, to: `/plan/${plan}?why=${item.id}`, lane, span, text, title }] : [];
  });
  return { bars, lanes: Math.max(-1, ...bars.map(({ lane }) => lane)) + 1 };
}

/** Coverage as the plan would make it, by project and week: every week that it fills is covered. */
export function coverageWith({ choices }: Planned): ReadonlyMap<string, ReadonlyMap<string, CoverageState | null>> {
  const ahead = new Map<string, Map<string, CoverageState | null>>();
  for (const { project, weeks } of choices) {
    const known = ahead.get(project) ?? new Map<string, CoverageState | null>();
    for (const week of weeks) known.set(week, 'covered');
    ahead.set(project, known);
  }
  return ahead;
}
