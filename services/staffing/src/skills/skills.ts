import type { Person, Project, SkillLevel, SkillsAnswer } from '@sidekick/contracts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

type Skill = SkillsAnswer['items'][number];

interface Uses {
  readonly spellings: Map<string, number>;
  people: number;
  projects: number;
  readonly twice: { people: string[]; projects: string[] };
}

/** Every skill that people have or projects require, once by name and by it, in the spelling used most. */
export function skillsOf({ person, project }: State): Skill[] {
  const uses = new Map<string, Uses>();
  for (const { record } of person.values()) count(uses, 'people', record.id, record.skills);
  for (const { record } of project.values()) count(uses, 'projects', record.id, record.requiredSkills);
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { spellings, ...rest }]) => ({ ...named(spellings), ...rest }));
}

function count(uses: Map<string, Uses>, of: 'people' | 'projects', id: string, skills: readonly SkillLevel[]): void {
  const seen = new Set<string>();
  for (const { skill } of skills) {
    const key = keyOf(skill);
    const own = uses.get(key) ?? { spellings: new Map<string, number>(), people: 0, projects: 0, twice: { people: [], projects: [] } };
    uses.set(key, own);
    own.spellings.set(skill, (own.spellings.get(skill) ?? 0) + 1);
    if (!seen.has(key)) own[of] += 1;
    else if (own.twice[of].at(-1) !== id) own.twice[of].push(id);
    seen.add(key);
  }
}

/** The spelling used most, of those alike the first in order, so that it is the same at every replica. */
function named(spellings: ReadonlyMap<string, number>): Pick<Skill, 'skill' | 'spellings'> {
  const sorted = [...spellings].sort(([a, most], [b, other]) => other - most || (a < b ? -1 : 1));
  return { skill: sorted[0]?.[0] ?? '', spellings: sorted.map(([spelling, times]) => ({ spelling, uses: times })) };
}

/** The same list with what is named by one of the keys under one name, at the highest of its levels, where the first of them stood. */
function merged(skills: readonly SkillLevel[], keys: ReadonlySet<string>, name: string): SkillLevel[] {
  const named = skills.filter(({ skill }) => keys.has(keyOf(skill)));
  const level = Math.max(...named.map((one) => one.level));
  return skills.flatMap((one) => (one === named[0] ? [{ skill: name, level }] : named.includes(one) ? [] : [one]));
}

/** Commands that give the skills of these names one name everywhere; none where nothing would change. */
export function mergeCommands({ person, project }: State, skill: string, spellings: readonly string[]) {
  const keys = new Set([skill, ...spellings].map(keyOf));
  const change = <R extends Person | Project>(
    kind: 'person' | 'project',
    record: R,
    version: number,
    member: string,
    own: SkillLevel[],
  ) => {
    const next = merged(own, keys, skill);
    const same =
      next.length === own.length && next.every((one, index) => one.skill === own[index]?.skill && one.level === own[index]?.level);
    return same ? [] : [{ do: 'change' as const, kind, id: record.id, version, patch: { [member]: next }, at: { id: '', body: '' } }];
  };
  return [
    ...[...person.values()].flatMap(({ record, version }) => change('person', record, version, 'skills', record.skills)),
    ...[...project.values()].flatMap(({ record, version }) => change('project', record, version, 'requiredSkills', record.requiredSkills)),
  ];
}
