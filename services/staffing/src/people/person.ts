import { isDeepStrictEqual } from 'node:util';
import { type Person, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { regionCode, unknownRegion } from '../holidays/regions.ts';
import { backwards, tooFar } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { plainSentences } from '../kinds/sentences.ts';
import { namedTwice, tidySkills } from '../skills/spellings.ts';
import { formerName, gone } from '../state/words.ts';

/** Who works: pattern, contract, skills. Managers write it; people their own skills. */
export const person: Kind<'person'> = {
  readers: 'everybody',
  event: 'staffing.person.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body, region: body.region && regionCode(body.region) }),
  tidy: (record) => ({
    ...record,
    region: record.region && regionCode(tidyName(record.region)),
    skills: tidySkills(record.skills),
    private: { ...record.private, name: tidyName(record.private.name) },
  }),

  names: () => [],
  letsGo: null,
  called: { by: ({ private: { name } }) => name, gone: gone.person },
  impossible: ({ contract, patterns, timeZone }) => [
    ...backwards('contract.to', contract.from, contract.to),
    ...twice(patterns.map(({ from }) => from)),
    ...unknownZone(timeZone),
  ],
  unfit: ({ before, after }, _state, today) =>
    after
      ? [
          ...unknownRegion(before?.region, after.region),
          ...namedTwice('skills', before?.skills, after.skills),
          ...tooFar('contract.from', after.contract.from, before?.contract.from, today),
          ...tooFar('contract.to', after.contract.to, before?.contract.to, today),
          ...after.patterns.flatMap(({ from }, at) =>
            before?.patterns.some((one) => one.from === from) ? [] : tooFar(`patterns.${at}.from`, from, null, today),
          ),
        ]
      : [],
  accepts: null,
  span: () => null,
  days: ({ contract, patterns }) => [contract.from, contract.to, ...patterns.map(({ from }) => from)],

  about: ({ id }) => id,
  own: {
    may: ({ before, after }) => before !== null && after !== null && isDeepStrictEqual(withoutSkills(before), withoutSkills(after)),
  },
  masked: (record) => ({ ...record, private: { ...record.private, note: null } }),
  hidesReason: false,
  shareable: (record) => ({ ...record, private: { name: record.private.name } }),
  redacted: (record) => ({ ...record, private: { name: formerName(record.id), email: null, note: null } }),

  sentences: plainSentences<Person>(({ id }, nameOf) => nameOf('person', id), {
    operationsShare: 'operations share',
    timeZone: 'time zone',
    patterns: 'weekly pattern',
    private: 'details',
  }),
};

const withoutSkills = ({ skills: _skills, ...rest }: Person) => rest;

function twice(days: readonly string[]): FieldError[] {
  const index = days.findIndex((day, at) => days.indexOf(day) < at);
  return index < 0 ? [] : [{ path: `patterns.${index}.from`, message: `Two patterns begin on ${days[index]}` }];
}

function unknownZone(timeZone: string): FieldError[] {
  if (knownZones.has(timeZone)) return [];
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    knownZones.add(timeZone);
    return [];
  } catch {
    return [{ path: 'timeZone', message: `No time zone is called ${timeZone}` }];
  }
}
/** Asking Intl costs more than all other checks of a change set together. */
const knownZones = new Set<string>();
