import { type SkillLevel, tidyName } from '@sidekick/contracts';
import { regionCode } from '../holidays/regions.ts';
import { keyOf } from '../names.ts';
import type { AnyRecord, Change, ChangeSet } from './change-set.ts';

/**
 * Entries of the log by schema: before 2 names were kept as they were typed. From 2 on they are tidy (`tidyName`), regions are codes as
 * published, and a skill named in two spellings at one level stands once; at two levels it stays twice until a manager merges it.
 */
export const changeSetUpcasts: readonly ((old: unknown) => unknown)[] = [
  (old) => {
    const entry = old as ChangeSet;
    return { ...entry, changes: entry.changes.map(tidyChange) };
  },
];

const tidyChange = (change: Change): Change =>
  ({
    ...change,
    before: change.before && tidyRecord(change.kind, change.before),
    after: change.after && tidyRecord(change.kind, change.after),
  }) as Change;

function tidyRecord(kind: Change['kind'], record: AnyRecord): AnyRecord {
  if (kind === 'person' && 'skills' in record) {
    const region = record.region === null ? null : regionCode(tidyName(record.region));
    return { ...record, region, skills: tidySkills(record.skills), private: { ...record.private, name: tidyName(record.private.name) } };
  }
  if (kind === 'project' && 'requiredSkills' in record) {
    const { name, client, requiredSkills } = record;
    return { ...record, name: tidyName(name), client: tidyName(client), requiredSkills: tidySkills(requiredSkills) };
  }
  if (kind === 'holiday' && 'date' in record)
    return { ...record, name: tidyName(record.name), region: regionCode(tidyName(record.region)) };
  return record;
}

const tidySkills = (skills: readonly SkillLevel[]): SkillLevel[] => {
  const tidy = skills.map(({ skill, level }) => ({ skill: tidyName(skill), level }));
  return tidy.filter((one, at) => tidy.findIndex(({ skill, level }) => keyOf(skill) === keyOf(one.skill) && level === one.level) === at);
};
