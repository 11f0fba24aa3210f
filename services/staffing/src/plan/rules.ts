import { meet, openFrom, openTo, type Span, type Week, weekSpan } from '@sidekick/calendar';
import type { Assignment, Person, Project } from '@sidekick/contracts';
import { epsilon } from '../books/days.ts';
import type { Figures } from '../figures/index.ts';
import { missingIn } from '../skills/levels.ts';

/** Why somebody cannot be planned in a project-week. */
export type Obstacle =
  | { readonly rule: 'P1'; readonly why: 'no-slot' }
  | { readonly rule: 'P2'; readonly why: 'forbidden' | 'below-skill' | 'leads' | 'sidekick-already' | 'freelance' }
  | { readonly rule: 'P4'; readonly why: 'no-hours' | 'too-few-hours' };

/** What the rules of single weeks need to know. */
export interface Ground {
  readonly figures: Figures;
  readonly forbidden: ReadonlySet<string>;
  /** Confirmed work by person and project. */
  readonly work: ReadonlyMap<string, readonly Assignment[]>;
}

export const pairKey = (person: string, project: string): string => `${person} ${project}`;

/** Active days of a project-week (A12); empty where it has none. */
const activeDays = (project: Project, week: Week): Span => meet(weekSpan(week), { from: openFrom(project.from), to: openTo(project.to) });

export const isSlot = (figures: Figures, project: string, week: Week): boolean => {
  const coverage = figures.coverage(project, week);
  return coverage !== null && coverage !== 'covered';
};

/** Effective hours of a planned week: wanted hours × Σ net of the active days ÷ the pattern's hours of the week (P3). */
const plannedHours = (figures: Figures, person: string, project: Project, week: Week, days: Span): number => {
  const pattern = figures.pattern(person, weekSpan(week));
  return pattern > epsilon ? (project.wantedHours * figures.net(person, days)) / pattern : 0;
};

/** What forbids a person a slot of a project (P2). Tentative leads and sidekicks forbid nothing. */
function forbidden({ figures, forbidden }: Ground, person: Person, project: Project, week: Week): Obstacle | null {
  if (forbidden.has(pairKey(person.id, project.id))) return { rule: 'P2', why: 'forbidden' };
  if (missingIn(person.skills, project.requiredSkills)) return { rule: 'P2', why: 'below-skill' };
  const { leads, sidekicks } = figures.crew(project.id, week);
  if (leads.includes(person.id)) return { rule: 'P2', why: 'leads' };
  if (sidekicks.includes(person.id)) return { rule: 'P2', why: 'sidekick-already' };
  const isFreelance = (id: string) => figures.state.person.get(id)?.record.employment === 'freelance';
  if (person.employment === 'freelance' && leads.some(isFreelance)) return { rule: 'P2', why: 'freelance' };
  return null;
}

/**
 * Hours of a planned week, or what makes it none (P1 to P4). With one more sidekick who works and has every level, the week is covered
 * where the hours of all sidekicks reach the minimum that all of them together have (A16 to A18).
 */
export function plannedWeek(ground: Ground, person: Person, project: Project, week: Week): { readonly hours: number } | Obstacle {
  const { figures, work } = ground;
  if (!isSlot(figures, project.id, week)) return { rule: 'P1', why: 'no-slot' };
  const obstacle = forbidden(ground, person, project, week);
  if (obstacle) return obstacle;
  const days = activeDays(project, week);
  const hours = plannedHours(figures, person.id, project, week, days);
  if (hours <= epsilon) return { rule: 'P4', why: 'no-hours' };
  let together = figures.crew(project.id, week).sidekickHours + hours;
  for (const one of work.get(pairKey(person.id, project.id)) ?? []) together += figures.effective(one.id, days);
  if (together < figures.minimum(project.id, week, person.id) - epsilon) return { rule: 'P4', why: 'too-few-hours' };
  return { hours };
}

/** Confirmed work by person and project, in the order of ids. */
export function confirmedWork(figures: Figures): Map<string, Assignment[]> {
  const work = new Map<string, Assignment[]>();
  const all = [...figures.state.assignment.values()].map(({ record }) => record).sort((a, b) => (a.id < b.id ? -1 : 1));
  for (const one of all) {
    if (figures.counts(one.id) !== 'confirmed') continue;
    const key = pairKey(one.person, one.project);
    work.set(key, [...(work.get(key) ?? []), one]);
  }
  return work;
}
