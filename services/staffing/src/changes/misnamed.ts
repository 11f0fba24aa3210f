import { isDeepStrictEqual } from 'node:util';
import type { SkillLevel } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { nearestRegions, regionOf } from '../holidays/regions.ts';
import { keyOf } from '../names.ts';
import type { Change } from './change-set.ts';

/** Regions that nobody knows and skills that are named twice, of what the change sets. */
export function misnamed(change: Change): FieldError[] {
  if (!change.after) return [];
  switch (change.kind) {
    case 'person':
      return [
        ...unknownRegion(change.before?.region, change.after.region),
        ...namedTwice('skills', change.before?.skills, change.after.skills),
      ];
    case 'project':
      return namedTwice('requiredSkills', change.before?.requiredSkills, change.after.requiredSkills);
    case 'holiday':
      return unknownRegion(change.before?.region, change.after.region);
    default:
      return [];
  }
}

/** A region that was kept before regions were a choice stays until it is changed; the home page tells of it. */
function unknownRegion(before: string | null | undefined, region: string | null): FieldError[] {
  if (region === null || region === before || regionOf(region)) return [];
  const near = nearestRegions(region).map(({ code, name }) => `${code} (${name})`);
  const advice = near.length > 0 ? `did you mean ${near.join(' or ')}?` : 'choose one of the list, e.g. PT or DE-BY';
  return [{ path: 'region', message: `No region is called ${region}: ${advice}` }];
}

/** What was kept in two spellings stays until it is changed. */
function namedTwice(path: string, before: readonly SkillLevel[] | undefined, skills: readonly SkillLevel[]): FieldError[] {
  if (isDeepStrictEqual(before, skills)) return [];
  const keys = skills.map(({ skill }) => keyOf(skill));
  const index = keys.findIndex((key, at) => keys.indexOf(key) < at);
  const first = skills[keys.indexOf(keys[index] ?? '')]?.skill;
  return index < 0 ? [] : [{ path: `${path}.${index}.skill`, message: `A skill is named twice: ${first} and ${skills[index]?.skill}` }];
}
