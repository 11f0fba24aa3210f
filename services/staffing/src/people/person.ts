import { isDeepStrictEqual } from 'node:util';
import { type Person, tidyName } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { regionCode, unknownRegion } from '../holidays/regions.ts';
import { backwards, tooFar } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { changedWords, plainSentences } from '../kinds/sentences.ts';
import { namedTwice, tidySkills } from '../skills/spellings.ts';
import { formerName, gone } from '../state/words.ts';
import { movesOf, moveWords, newMoves } from './moves.ts';

const memberWords = {
  operationsShare: 'operations share',
  timeZone: 'time zone',
  patterns: 'weekly pattern',
  private: 'details',
};
const plain = plainSentences<Person>(({ id }, nameOf) => nameOf('person', id), memberWords);

/** Who works: pattern, contract, skills. Managers write it; people their own skills. */
export const person: Kind<'person'> = {
  readers: 'everybody',
  event: 'staffing.person.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, { moves, ...body }) => ({ id, ...body, region: body.region && regionCode(body.region), ...movesOf(moves, regionCode) }),
  tidy: (record) => ({
    ...record,
    region: record.region && regionCode(tidyName(record.region)),
    ...movesOf(record.moves, (region) => regionCode(tidyName(region))),
    skills: tidySkills(record.skills),
    private: { ...record.private, name: tidyName(record.private.name) },
  }),

  names: () => [],
  letsGo: null,
  called: { by: ({ private: { name } }) => name, gone: gone.person },
  impossible: ({ contract, patterns, timeZone, moves = [] }) => [
    ...backwards('contract.to', contract.from, contract.to),
    ...twice('patterns', 'patterns', patterns),
    ...twice('moves', 'moves', moves),
    ...unknownZone(timeZone),
  ],
  unfit: ({ before, after }, _state, today) =>
    after
      ? [
          ...unknownRegion(before?.region, after.region),
          ...newMoves(before, after).flatMap(({ at, from, region }) => [
            ...unknownRegion(null, region, `moves.${at}.region`),
            ...tooFar(`moves.${at}.from`, from, null, today),
          ]),
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
  days: ({ contract, patterns, moves = [] }) => [contract.from, contract.to, ...[...patterns, ...moves].map(({ from }) => from)],

  about: ({ id }) => id,
  own: {
    may: ({ before, after }) => before !== null && after !== null && isDeepStrictEqual(withoutSkills(before), withoutSkills(after)),
  },
  masked: (record) => ({ ...record, private: { ...record.private, note: null } }),
  hidesReason: false,
  shareable: ({ moves: _moves, ...record }) => ({ ...record, private: { name: record.private.name } }),
  texts: ['private.note'],
  redacted: (record) => ({ ...record, private: { name: formerName(record.id), email: null, note: null } }),

  sentences: {
    ...plain,
    changed: (before, after, nameOf, near, whole) => {
      const moves = moveWords(before, after, near);
      if (moves.length === 0) return plain.changed(before, after, nameOf, near, whole);
      const [was, is] = [before, after].map(({ moves: _moves, ...rest }) => rest) as [Person, Person];
      const others = isDeepStrictEqual(was, is) ? [] : [changedWords(was, is, memberWords)];
      return `${plain.phrase(after, nameOf, near)}: ${[...moves, ...others].join(', ')}`;
    },
  },
};

const withoutSkills = ({ skills: _skills, ...rest }: Person) => rest;

function twice(path: string, what: string, all: readonly { from: string }[]): FieldError[] {
  const days = all.map(({ from }) => from);
  const index = days.findIndex((day, at) => days.indexOf(day) < at);
  return index < 0 ? [] : [{ path: `${path}.${index}.from`, message: `Two ${what} begin on ${days[index]}` }];
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
