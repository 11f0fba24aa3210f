import type { PlanProblem } from './problem.ts';

/** Somebody planned on a project; `weeks` are ISO labels, all of them, in order. */
export interface PlanChoice {
  readonly person: string;
  readonly project: string;
  readonly weeks: readonly string[];
}

/** The plan of chosen triples: one choice a person and project, in the order of the triples. */
export function planOf({ people, projects, triples, weeks }: PlanProblem, chosen: readonly number[]): PlanChoice[] {
  const choices = new Map<string, { person: string; project: string; weeks: string[] }>();
  for (const at of [...chosen].sort((a, b) => a - b)) {
    const own = triples[at];
    const [person, project, week] = [people[own?.person ?? -1], projects[own?.project ?? -1], weeks[own?.week ?? -1]];
    if (!person || !project || week === undefined) continue;
    const key = `${person.id} ${project.id}`;
    const choice = choices.get(key) ?? { person: person.id, project: project.id, weeks: [] };
    choice.weeks.push(week);
    choices.set(key, choice);
  }
  return [...choices.values()];
}
