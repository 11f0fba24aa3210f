import {
  distinctNames,
  type Opening,
  type Person,
  type Project,
  type Skill,
  type SkillLevel,
  type SkillsAnswer,
  type Wish,
} from '@sidekick/contracts';
import { namesOfSkill, type OneNames, oneNames } from '../kinds/one-name.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { keyOf } from '../state/names.ts';
import type { State, VersionedRecord } from '../state/state.ts';

type Listed = SkillsAnswer['items'][number];

interface Uses {
  readonly spellings: Map<string, number>;
  people: number;
  projects: number;
  readonly twice: { people: string[]; projects: string[] };
  readonly record: VersionedRecord<Skill> | null;
}
type Counted = Map<string, Uses>;

const noUses = (record: VersionedRecord<Skill> | null): Uses => ({
  ...{ spellings: new Map(), people: 0, projects: 0, twice: { people: [], projects: [] } },
  record,
});

/** Every skill that people have, projects require or a record names, once by name and by it: that of the record, or the spelling used most. */
export function skillsOf({ person, project, skill }: State): Listed[] {
  const names = oneNames(skill);
  const uses: Counted = new Map([...skill.values()].map((kept) => [keyOf(kept.record.name), noUses(kept)]));
  for (const { record } of person.values()) count(uses, names, 'people', record.id, record.skills);
  for (const { record } of project.values()) count(uses, names, 'projects', record.id, record.requiredSkills);
  return [...uses].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => listed(one));
}

function listed({ spellings, record, ...rest }: Uses): Listed {
  const used = named(spellings);
  if (!record) return { ...used, ...rest };
  const { id, name, spellings: others } = record.record;
  return { ...used, skill: name, ...rest, record: { id, version: record.version, spellings: others } };
}

function count(uses: Counted, names: OneNames, of: 'people' | 'projects', id: string, skills: readonly SkillLevel[]): void {
  const seen = new Set<string>();
  for (const { skill } of skills) {
    const key = keyOf(names.get(keyOf(skill)) ?? skill);
    const own = uses.get(key) ?? noUses(null);
    uses.set(key, own);
    own.spellings.set(skill, (own.spellings.get(skill) ?? 0) + 1);
    if (!seen.has(key)) own[of] += 1;
    else if (own.twice[of].at(-1) !== id) own.twice[of].push(id);
    seen.add(key);
  }
}

/** The spelling used most, of those alike the first in order, so that it is the same at every replica. */
function named(spellings: ReadonlyMap<string, number>): Pick<Listed, 'skill' | 'spellings'> {
  const sorted = [...spellings].sort(([a, most], [b, other]) => other - most || (a < b ? -1 : 1));
  return { skill: sorted[0]?.[0] ?? '', spellings: sorted.map(([spelling, times]) => ({ spelling, uses: times })) };
}

/** The same list with what is named by one of the keys under one name, at the highest of its levels, where the first of them stood. */
function merged(skills: readonly SkillLevel[], keys: ReadonlySet<string>, name: string): SkillLevel[] {
  const named = skills.filter(({ skill }) => keys.has(keyOf(skill)));
  const level = Math.max(...named.map((one) => one.level));
  return skills.flatMap((one) => (one === named[0] ? [{ skill: name, level }] : named.includes(one) ? [] : [one]));
}

/** Commands that give the skills of these names one name everywhere, and one record where there are some; none where nothing would change. */
export function mergeCommands({ person, project, skill: records, wish, opening }: State, skill: string, spellings: readonly string[]) {
  const called = new Set([skill, ...spellings].map(keyOf));
  const bearing = [...records.values()].filter(({ record }) => namesOfSkill(record).some((name) => called.has(keyOf(name))));
  const all = [...bearing.flatMap(({ record }) => namesOfSkill(record)), ...spellings];
  const keys = new Set([skill, ...all].map(keyOf));
  const change = <R extends Person | Project | Opening>(
    kind: 'person' | 'project' | 'opening',
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
    ...recordsMerged(bearing, skill, all),
    ...[...person.values()].flatMap(({ record, version }) => change('person', record, version, 'skills', record.skills)),
    ...[...project.values()].flatMap(({ record, version }) => change('project', record, version, 'requiredSkills', record.requiredSkills)),
    ...[...opening.values()].flatMap(({ record, version }) => change('opening', record, version, 'skills', record.skills)),
    ...wishesMerged(wish, skill, keys),
  ];
}

/** The one that bears the name already, else the first of them, takes all names; the others go. */
function recordsMerged(bearing: readonly VersionedRecord<Skill>[], name: string, all: readonly string[]) {
  const at = { id: '', body: '' };
  const first = bearing.find(({ record }) => namesOfSkill(record).some((one) => keyOf(one) === keyOf(name))) ?? bearing[0];
  if (!first) return [];
  const { id, name: old, spellings: others } = first.record;
  const spellings = distinctNames([name, ...all]).slice(1);
  const same = old === name && spellings.length === others.length && spellings.every((one, index) => one === others[index]);
  const gone = bearing.filter((one) => one !== first);
  return [
    ...(same ? [] : [{ do: 'change' as const, kind: 'skill' as const, id, version: first.version, patch: { name, spellings }, at }]),
    ...gone.map(({ record, version }) => ({ do: 'delete' as const, kind: 'skill' as const, id: record.id, version, at })),
  ];
}

/** Wishes for one skill under several names are one: the first of them of each person stays. */
function wishesMerged(wishes: State['wish'], name: string, keys: ReadonlySet<string>) {
  const at = { id: '', body: '' };
  const meant = [...wishes.values()].filter(({ record }) => keys.has(keyOf(record.skill)));
  const isFirst = ({ id, person }: Wish) => ofPerson(wishes, person).find(({ skill }) => keys.has(keyOf(skill)))?.id === id;
  const [kept, gone] = [meant.filter(({ record }) => isFirst(record)), meant.filter(({ record }) => !isFirst(record))];
  const renamed = kept.filter(({ record }) => record.skill !== name);
  return [
    ...gone.map(({ record, version }) => ({ do: 'delete' as const, kind: 'wish' as const, id: record.id, version, at })),
    ...renamed.map(({ record, version }) => ({
      ...{ do: 'change' as const, kind: 'wish' as const, id: record.id, version, patch: { skill: name }, at },
    })),
  ];
}
