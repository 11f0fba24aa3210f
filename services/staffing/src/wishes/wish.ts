import { tidyName, type Wish } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { hasLeft } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { changedWords } from '../kinds/sentences.ts';
import { keyOf } from '../state/names.ts';
import type { State } from '../state/state.ts';

/**
 * A person wants to learn a skill: they and managers write it, everybody reads it, for who knows it may teach it. It names the skill by
 * its word, goes with its person, and its event tells browsers, so that who staffs sees it.
 */
export const wish: Kind<'wish'> = {
  readers: 'everybody',
  event: 'staffing.wish.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({ ...record, skill: tidyName(record.skill) }),

  names: ({ person }) => [{ kind: 'person', id: person, path: 'person' }],
  letsGo: { without: (record, gone) => (gone.has(record.person) ? null : record) },
  called: null,
  impossible: (record, after) => wishedTwice(record, after),
  unfit: ({ before, after }, state, today) =>
    after && before?.person !== after.person ? [...hasLeft('person', after.person, state, today), ...tooMany(after, state)] : [],
  accepts: null,
  span: () => null,
  days: () => [],

  about: ({ person }) => person,
  own: {
    /** What is of the sample stays so, and nothing else becomes it. */
    may: ({ before, after }) => [before, after].every((side) => !side || side.sample === (before?.sample ?? false)),
  },
  masked: (record) => record,
  hidesReason: false,
  shareable: (record) => record,
  texts: [],
  redacted: (record) => record,

  sentences: {
    phrase: ({ person, skill }, nameOf) => `Wish of ${nameOf('person', person)} to learn ${skill}`,
    made: ({ person, skill }, nameOf) => `${nameOf('person', person)} wishes to learn ${skill}`,
    changed: (before, after, nameOf) =>
      `Wish of ${nameOf('person', after.person)} to learn ${after.skill}: ${changedWords(before, after, {})}`,
  },
};

/** Wishes of one person, as many as they may have skills. */
const most = 100;

const tooMany = ({ person }: Wish, { wish }: State): FieldError[] =>
  ofPerson(wish, person).length > most ? [{ path: 'skill', message: `${most} wishes are there already; take some away first` }] : [];

function wishedTwice({ id, person, skill }: Wish, { wish }: State): FieldError[] {
  const other = ofPerson(wish, person).find((one) => one.id !== id && keyOf(one.skill) === keyOf(skill));
  return other ? [{ path: 'skill', message: `There is a wish to learn ${other.skill} already` }] : [];
}
