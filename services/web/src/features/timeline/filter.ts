import { typedKey } from '@sidekick/contracts';
import type { Records } from './bars.ts';
import type { PersonRow } from './person-rows.ts';
import type { ProjectRow } from './project-rows.ts';

export const words = (params: URLSearchParams) =>
  typedKey(params.get('q') ?? '')
    .split(' ')
    .filter(Boolean);
/** Whether every word is in one of these texts, as people type: without accents and in any case. */
export const hasAll = (list: readonly string[], parts: readonly string[]): boolean => {
  const text = parts.map(typedKey).join('\n');
  return list.every((word) => text.includes(word));
};

/** Whether a project's row passes the filter of the address: all words, and what the boxes ask. */
export function matchesProject(row: ProjectRow, params: URLSearchParams, records: Records, own: string | null): boolean {
  if (params.has('gaps') && row.gaps.length === 0 && row.openLead.length === 0) return false;
  if (params.has('mine') && !row.bars.some(({ assignment }) => assignment.person === own)) return false;
  const { project } = row;
  const names = row.bars.map(({ assignment }) => records.people.get(assignment.person)?.private.name ?? '');
  return hasAll(words(params), [project.name, project.client, ...project.requiredSkills.map(({ skill }) => skill), ...names]);
}

/** The same for a person's row; `team` are the people of the team that the address names, undefined until they are known. */
export function matchesPerson(
  row: PersonRow,
  params: URLSearchParams,
  records: Records,
  own: string | null,
  team: ReadonlySet<string> | undefined,
): boolean {
  if (params.has('team') && team?.has(row.person.id) !== true) return false;
  if (params.has('gaps') && row.overWeeks.length === 0) return false;
  if (params.has('mine') && row.person.id !== own) return false;
  const projects = row.bars.map(({ assignment }) => records.projects.get(assignment.project)?.name ?? '');
  return hasAll(words(params), [row.person.private.name, ...row.person.skills.map(({ skill }) => skill), ...projects]);
}
