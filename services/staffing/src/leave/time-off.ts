import { hoursWords, rangeWords } from '@sidekick/calendar';
import type { TimeOff } from '@sidekick/contracts';
import { backwards, badRange, mostYearsOfLeave } from '../kinds/checks.ts';
import type { Kind, NameOf } from '../kinds/kind.ts';
import { changedWords } from '../kinds/sentences.ts';
import { tooMany } from './too-many.ts';

/** Leave of a person. They ask for their own, and change or withdraw it while it is requested; managers answer. Why is for them alone. */
export const timeOff: Kind<'timeOff'> = {
  readers: 'everybody',
  event: 'staffing.time-off.changed.v1',
  bodyOf: ({ id: _id, accepted: _accepted, private: { kind, note }, ...body }) => ({ ...body, private: { kind, note } }),
  recordOf: (id, body, old) => ({
    ...{ id, ...body, accepted: old?.accepted ?? [] },
    private: { ...body.private, reason: old?.private.reason ?? null },
  }),
  tidy: (record) => record,

  names: ({ person }) => [{ kind: 'person', id: person, path: 'person' }],
  letsGo: null,
  called: null,
  impossible: ({ from, to }) => backwards('to', from, to),
  unfit: (change, state, today) =>
    change.after
      ? [...badRange(change.before, change.after, mostYearsOfLeave, 'Leave', today), ...tooMany(state, change.before, change.after)]
      : [],
  accepts: {
    isToBlame: (record, { code, person }) => code === 'joint-absence' && person === record.person,
    isAnswer: ({ state }) => state === 'declined',
  },
  span: ({ from, to }) => ({ from, to }),
  days: ({ from, to }) => [from, to],

  about: ({ person }) => person,
  own: {
    /** What is of the sample stays so, and nothing else becomes it. */
    may: ({ before, after }) =>
      [before, after].every((side) => !side || (side.state === 'requested' && side.sample === (before?.sample ?? false))),
  },
  masked: (record) => ({ ...record, private: null }),
  hidesReason: true,
  shareable: ({ private: _private, set: _set, ...record }) => record,
  texts: ['private.kind', 'private.note'],
  redacted: (record) => ({ ...record, private: { kind: null, note: null, reason: null } }),

  sentences: {
    phrase,
    made: phrase,
    changed: (before, after, nameOf, near) =>
      before.state === after.state
        ? `${phrase(after, nameOf, near)}: ${changedWords(before, after, { private: 'details' })}`
        : `${phrase(after, nameOf, near)} (was ${before.state})`,
  },
};

function phrase({ person, from, to, amount, state }: TimeOff, nameOf: NameOf, near: string | null): string {
  const part = 'hours' in amount ? `, ${hoursWords(amount.hours)} a day` : amount.portion < 1 ? `, ${amount.portion} of each day` : '';
  return `${nameOf('person', person)} away ${rangeWords({ from, to }, near)}${part}, ${state}`;
}
