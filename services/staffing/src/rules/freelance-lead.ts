import { isoWeek, type Week, weeksWords } from '@sidekick/calendar';
import type { BrokenRule } from '@sidekick/contracts';
import type { Figures } from '../figures/index.ts';
import { personName, projectName } from '../state/words.ts';
import type { Scope } from './scope.ts';

/** A freelance lead needs an employed sidekick (A28): a warning, never a refusal. */
export function freelanceLead({ before, after, projects, weeks, today }: Scope): BrokenRule[] {
  return projects.flatMap((project) => {
    if (!after.state.project.has(project)) return [];
    const alone = new Map<string, Week[]>();
    for (const week of weeks) {
      const known = new Set(loneFreelancers(before, project, week));
      for (const person of loneFreelancers(after, project, week)) {
        if (!known.has(person)) alone.set(person, [...(alone.get(person) ?? []), week]);
      }
    }
    return [...alone].map(([person, found]) => ({
      code: 'freelance-lead' as const,
      severity: 'warning' as const,
      message: `${personName(after.state, person)} is a freelancer and leads ${projectName(after.state, project)} without an employed sidekick, ${weeksWords(found, today)}`,
      person,
      project,
      assignment: null,
      weeks: found.map(isoWeek),
    }));
  });
}

function loneFreelancers(figures: Figures, project: string, week: Week): string[] {
  if (!figures.state.project.has(project)) return [];
  const { active, leads, sidekicks } = figures.crew(project, week);
  const is = (person: string, employment: string) => figures.state.person.get(person)?.record.employment === employment;
  if (!active || sidekicks.some((person) => is(person, 'employed'))) return [];
  return leads.filter((person) => is(person, 'freelance'));
}
