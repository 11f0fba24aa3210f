import { nameKey, type PersonView, type ProjectView, type SkillLevel, type SkillsAnswer, type WishView } from '@sidekick/contracts';
import { isOffered } from '../../staffing/people-names.ts';

export interface SkillRow {
  readonly key: string;
  readonly name: string;
  /** What else it is written as, or has as another name. */
  readonly also: readonly string[];
  /** Who has it, the highest level first. */
  readonly held: readonly { person: string; level: number }[];
  readonly asked: readonly { project: string; level: number }[];
  /** Who wishes to learn it. */
  readonly wished: readonly string[];
}

interface Data {
  items: SkillsAnswer['items'];
  people: ReadonlyMap<string, PersonView>;
  projects: readonly ProjectView[];
  wishes: readonly WishView[];
}

/** Every skill once, by name: who has it, which project asks for it that is not over, who wishes to learn it. */
export function skillRows({ items, people, projects, wishes }: Data, today: string): SkillRow[] {
  const rows = new Map<
    string,
    { name: string; also: string[]; held: SkillRow['held'][number][]; asked: SkillRow['asked'][number][]; wished: string[] }
  >();
  const keys = new Map<string, string>();
  const rowOf = (skill: string) => {
    const key = keys.get(nameKey(skill)) ?? nameKey(skill);
    const row = rows.get(key) ?? { name: skill, also: [], held: [], asked: [], wished: [] };
    rows.set(key, row);
    return row;
  };
  for (const { skill, spellings, record } of items) {
    const all = [...spellings.map(({ spelling }) => spelling), ...(record?.spellings ?? [])];
    for (const one of [skill, ...all]) keys.set(nameKey(one), nameKey(skill));
    rowOf(skill).also.push(...new Set(all.filter((one) => one !== skill)));
  }
  const here = [...people.values()].filter(({ id }) => isOffered(id, people, today));
  for (const { id, skills } of here) for (const { skill, level } of skills) rowOf(skill).held.push({ person: id, level });
  for (const { id, requiredSkills, to, state } of projects) {
    if (state === 'lost' || (to !== null && to < today)) continue;
    for (const { skill, level } of requiredSkills) rowOf(skill).asked.push({ project: id, level });
  }
  for (const { person, skill } of wishes) rowOf(skill).wished.push(person);
  return [...rows]
    .map(([key, row]) => ({ key, ...row, held: row.held.sort((a, b) => b.level - a.level) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The level of a person in a skill of any of its names; 0: none. */
export const levelOf = (skills: readonly SkillLevel[], { name, also }: Pick<SkillRow, 'name' | 'also'>): number => {
  const keys = new Set([name, ...also].map(nameKey));
  return skills.reduce((level, own) => (keys.has(nameKey(own.skill)) ? Math.max(level, own.level) : level), 0);
};

/** The skills of a person with another level in one: in its place, added at the end, or without it at 0. */
export function withLevel(skills: readonly SkillLevel[], { name, also }: Pick<SkillRow, 'name' | 'also'>, level: number): SkillLevel[] {
  const keys = new Set([name, ...also].map(nameKey));
  const at = skills.findIndex(({ skill }) => keys.has(nameKey(skill)));
  const others = (index: number, { skill }: SkillLevel) => index === at || !keys.has(nameKey(skill));
  if (at < 0) return level === 0 ? [...skills] : [...skills, { skill: name, level }];
  return skills.flatMap((one, index) => {
    if (!others(index, one)) return [];
    return index !== at ? [one] : level === 0 ? [] : [{ skill: one.skill, level }];
  });
}
