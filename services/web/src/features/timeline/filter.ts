import { nameKey, type OpeningView, type PersonView, type ProjectView, typedKey } from '@sidekick/contracts';
import type { Records } from './bars.ts';
import type { PersonRow } from './person-rows.ts';
import type { ProjectRow } from './project-rows.ts';
import { hidesTentative } from './tentative.ts';

/** Choices that narrow the rows, as the address keeps them; those of coverage by project alone. */
export const choiceKeys = ['role', 'client', 'status', 'cover', 'employment', 'region', 'skill'] as const;
export type ChoiceKey = (typeof choiceKeys)[number];

/** Everything that narrows the rows, and the bar that shows it. */
const narrowing = ['q', 'gaps', 'mine', 'team', ...choiceKeys, 'left', 'overlap', 'tentative'] as const;
/** What says more of another: alone it narrows nothing. */
const further = ['level', 'each', 'between', 'place'] as const;
export const filterKeys = [...narrowing, ...further];
export const noFilter: Record<string, null> = Object.fromEntries(['filter', ...filterKeys].map((key) => [key, null]));
export const isFiltered = (params: URLSearchParams): boolean => narrowing.some((key) => params.has(key));
/** Means the same by project and by person. */
export const sharedKeys: readonly string[] = [
  'q',
  ...choiceKeys.filter((key) => key !== 'cover'),
  ...['left', 'overlap', 'tentative', ...further],
];

/** Whose free and working hours and region are as the address asks, in the weeks shown. */
export type Fits = (person: PersonView) => boolean;

export const words = (params: URLSearchParams) =>
  typedKey(params.get('q') ?? '')
    .split(' ')
    .filter(Boolean);
/** Whether every word is in one of these texts, as people type: without accents and in any case. */
export const hasAll = (list: readonly string[], parts: readonly string[]): boolean => {
  const text = parts.map(typedKey).join('\n');
  return list.every((word) => text.includes(word));
};

/** What is chosen may be a name in another spelling than the record's, as skills, clients and regions are. */
const passes = (params: URLSearchParams, key: ChoiceKey, value: string | null): boolean => {
  const asked = params.get(key);
  return asked === null || (value !== null && nameKey(value) === nameKey(asked));
};

/** The least level that is asked for, 1 to 5; 1 where none is. */
export const levelIn = (params: URLSearchParams): number => Math.min(5, Math.max(1, Math.trunc(Number(params.get('level') ?? 1)) || 1));

const hasSkill = (skills: readonly { skill: string; level: number }[], params: URLSearchParams): boolean =>
  !params.has('skill') || skills.some(({ skill, level }) => level >= levelIn(params) && passes(params, 'skill', skill));

const isPerson = (person: PersonView | undefined, params: URLSearchParams, fits: Fits): boolean =>
  person !== undefined && fits(person) && passes(params, 'employment', person.employment);

const isProject = (project: ProjectView | undefined, params: URLSearchParams): boolean =>
  project !== undefined && passes(params, 'client', project.client) && passes(params, 'status', project.state);

const asksAny = (params: URLSearchParams, keys: readonly string[]): boolean => keys.some((key) => params.has(key));

/** Whether an open place passes what the address asks of work, and asks for the skill: what is asked of people else says nothing of nobody. */
export function matchesPlace({ project: id, role, skills }: OpeningView, params: URLSearchParams, { projects }: Records): boolean {
  const project = projects.get(id);
  if (!hasSkill(skills, params) || !project || !isProject(project, params) || (hidesTentative(params) && project.state === 'proposal'))
    return false;
  return passes(params, 'role', role) && hasAll(words(params), [project.name, project.client, ...skills.map(({ skill }) => skill)]);
}

/** Whether a project's row passes the filter of the address: all words, what the boxes ask, and somebody on it who is as chosen. */
export function matchesProject(row: ProjectRow, params: URLSearchParams, records: Records, own: string | null, fits: Fits): boolean {
  if (hidesTentative(params) && row.project.state === 'proposal') return false;
  if (params.has('gaps') && row.gaps.length === 0 && row.openLead.length === 0) return false;
  if (params.has('mine') && !row.bars.some(({ assignment }) => assignment.person === own)) return false;
  const { project } = row;
  const asked = [...project.requiredSkills, ...row.places.flatMap(({ place }) => place.skills)];
  if (!isProject(project, params) || !hasSkill(asked, params)) return false;
  if (params.has('cover') && !row.cells.some(({ state }) => state === params.get('cover'))) return false;
  const isAsked = asksAny(params, ['role', 'employment', 'region', 'left', 'overlap']);
  const works = row.bars.some(
    ({ assignment }) => passes(params, 'role', assignment.role) && isPerson(records.people.get(assignment.person), params, fits),
  );
  if (isAsked && !works) return false;
  const names = row.bars.map(({ assignment }) => records.people.get(assignment.person)?.private.name ?? '');
  return hasAll(words(params), [project.name, project.client, ...asked.map(({ skill }) => skill), ...names]);
}

/** The same for a person's row: they are as chosen, and have work that is. `team` are the people of the team that the address names. */
export function matchesPerson(
  row: PersonRow,
  params: URLSearchParams,
  records: Records,
  own: string | null,
  team: ReadonlySet<string> | undefined,
  fits: Fits,
): boolean {
  if (params.has('team') && team?.has(row.person.id) !== true) return false;
  if (params.has('gaps') && row.overWeeks.length === 0) return false;
  if (params.has('mine') && row.person.id !== own) return false;
  if (!isPerson(row.person, params, fits) || !hasSkill(row.person.skills, params)) return false;
  const works = row.bars.some(
    ({ assignment }) => passes(params, 'role', assignment.role) && isProject(records.projects.get(assignment.project), params),
  );
  if (asksAny(params, ['role', 'client', 'status']) && !works) return false;
  const projects = row.bars.map(({ assignment }) => records.projects.get(assignment.project)?.name ?? '');
  return hasAll(words(params), [row.person.private.name, ...row.person.skills.map(({ skill }) => skill), ...projects]);
}
