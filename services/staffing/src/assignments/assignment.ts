import { hoursWords, rangeWords } from '@sidekick/calendar';
import type { Assignment } from '@sidekick/contracts';
import { backwards, badRange, mostYearsOfWork } from '../kinds/checks.ts';
import type { Kind, NameOf } from '../kinds/kind.ts';

/** A person's work on a project in a role. Managers write it, and what they note on it is for them and the person. */
export const assignment: Kind<'assignment'> = {
  readers: 'everybody',
  event: 'staffing.assignment.changed.v1',
  bodyOf: ({ id: _id, accepted: _accepted, private: { note }, ...body }) => ({ ...body, ...(note ? { private: { note } } : {}) }),
  recordOf: (id, { private: words, ...body }, old) => ({
    ...{ id, ...body, accepted: old?.accepted ?? [] },
    private: { reason: old?.private.reason ?? null, ...(words?.note ? { note: words.note } : {}) },
  }),
  tidy: (record) => record,

  names: ({ person, project }) => [
    { kind: 'person', id: person, path: 'person' },
    { kind: 'project', id: project, path: 'project' },
  ],
  letsGo: null,
  called: null,
  impossible: ({ from, to }) => backwards('to', from, to),
  unfit: ({ before, after }, _state, today) => (after ? badRange(before, after, mostYearsOfWork, 'An assignment', today) : []),
  accepts: {
    isToBlame: (record, { code, person, assignment: id }) =>
      id === record.id || (id === null && code !== 'joint-absence' && person === record.person),
    isAnswer: () => false,
  },
  span: ({ from, to }) => ({ from, to }),
  days: ({ from, to }) => [from, to],

  about: ({ person }) => person,
  own: null,
  masked: (record) => ({ ...record, private: { reason: null } }),
  hidesReason: false,
  shareable: ({ private: _private, ...record }) => record,
  texts: ['private.note'],
  redacted: (record) => ({ ...record, private: { reason: null } }),

  sentences: { phrase, made: phrase, changed },
};

function phrase({ person, project, role, hoursPerWeek, from, to, state }: Assignment, nameOf: NameOf, near: string | null): string {
  const what = `${nameOf('person', person)} ${role} on ${nameOf('project', project)}, ${hoursWords(hoursPerWeek)} a week`;
  return `${what}, ${rangeWords({ from, to }, near)}${state === 'tentative' ? ', tentative' : ''}`;
}

function changed(before: Assignment, after: Assignment, nameOf: NameOf, near: string | null, whole: boolean): string {
  const was: string[] = [];
  if (before.person !== after.person) was.push(nameOf('person', before.person));
  if (before.project !== after.project) was.push(nameOf('project', before.project));
  if (before.role !== after.role) was.push(before.role);
  if (before.hoursPerWeek !== after.hoursPerWeek) was.push(`${hoursWords(before.hoursPerWeek)} a week`);
  if (before.from !== after.from || before.to !== after.to) was.push(rangeWords(before, near));
  if (before.state !== after.state) was.push(before.state);
  const noted = whole && before.private.note !== after.private.note ? ', note changed' : '';
  return `${phrase(after, nameOf, near)}${was.length > 0 ? ` (was ${was.join(', ')})` : ''}${noted}`;
}
