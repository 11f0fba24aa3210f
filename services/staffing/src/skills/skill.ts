import { isDeepStrictEqual } from 'node:util';
import { distinctNames, type Skill, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { aboutNobody } from '../kinds/about-nobody.ts';
import { otherBearer } from '../kinds/bearers.ts';
import type { Kind } from '../kinds/kind.ts';
import { namesOfSkill } from '../kinds/one-name.ts';
import { plainSentences } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

const plain = plainSentences<Skill>(({ name }) => `Skill ${name}`, { spellings: 'other spellings' });

/** The one name that a skill has in the group, and what else it is called. Managers write it. */
export const skill: Kind<'skill'> = {
  readers: 'everybody',
  event: 'staffing.skill.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body, spellings: otherNames(body.name, body.spellings) }),
  tidy: (record) => ({ ...record, name: tidyName(record.name), spellings: otherNames(record.name, record.spellings) }),

  names: () => [],
  letsGo: null,
  called: null,
  impossible: (record, after) => nameTaken(record, after),
  unfit: () => [],
  accepts: null,
  span: () => null,
  days: () => [],

  ...aboutNobody,

  sentences: {
    ...plain,
    changed: (before, after, ...more) => {
      if (before.name === after.name) return plain.changed(before, after, ...more);
      const others = isDeepStrictEqual(before.spellings, after.spellings) ? '' : ', other spellings changed';
      return `Skill ${before.name}: renamed to ${after.name}${others}`;
    },
  },
};

/** Each once, and none that is the name itself. */
const otherNames = (name: string, spellings: readonly string[]): string[] => distinctNames([name, ...spellings]).slice(1);

function nameTaken(record: Skill, { skill }: State): FieldError[] {
  return namesOfSkill(record).flatMap((name, at) => {
    const other = otherBearer(skill, namesOfSkill, record, name);
    if (!other) return [];
    return [{ path: at === 0 ? 'name' : `spellings.${at - 1}`, message: `${name} is a spelling of the skill ${other.name} already` }];
  });
}
