import { hoursWords, rangeWords } from '@sidekick/calendar';
import type { Opening } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { backwards, badRange, mostYearsOfWork } from '../kinds/checks.ts';
import type { Kind, NameOf } from '../kinds/kind.ts';
import { namedTwice, tidySkills } from '../skills/spellings.ts';
import type { State } from '../state/state.ts';

/**
 * An open place: a role on a project from a day on, without a person yet. Managers write it, everybody reads it but for the note. No
 * figure of work knows it; like work, it holds its project in place.
 */
export const opening: Kind<'opening'> = {
  readers: 'everybody',
  event: 'staffing.opening.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => ({ ...record, skills: tidySkills(record.skills) }),

  names: ({ project }) => [{ kind: 'project', id: project, path: 'project' }],
  letsGo: null,
  called: null,
  impossible: ({ from, to }) => backwards('to', from, to),
  unfit: ({ before, after }, state, today) =>
    after
      ? [
          ...namedTwice('skills', before?.skills, after.skills),
          ...badRange(before, after, mostYearsOfWork, 'An open place', today),
          ...(before?.project === after.project ? [] : tooMany(after, state)),
        ]
      : [],
  accepts: null,
  span: () => null,
  days: () => [],

  about: () => null,
  own: null,
  masked: (record) => ({ ...record, private: null }),
  hidesReason: true,
  shareable: ({ private: _private, ...record }) => record,
  texts: ['private.note'],
  redacted: (record) => ({ ...record, private: { note: null } }),

  sentences: { phrase, made: phrase, changed },
};

function phrase({ project, role, hoursPerWeek, from, to, skills }: Opening, nameOf: NameOf, near: string | null): string {
  const what = `Open place: ${role} on ${nameOf('project', project)}, ${hoursWords(hoursPerWeek)} a week, ${rangeWords({ from, to }, near)}`;
  return [what, ...skills.map(({ skill, level }) => `${skill} ${level}`)].join(', ');
}

function changed(before: Opening, after: Opening, nameOf: NameOf, near: string | null, whole: boolean): string {
  const was: string[] = [];
  if (before.project !== after.project) was.push(nameOf('project', before.project));
  if (before.role !== after.role) was.push(before.role);
  if (before.hoursPerWeek !== after.hoursPerWeek) was.push(`${hoursWords(before.hoursPerWeek)} a week`);
  if (before.from !== after.from || before.to !== after.to) was.push(rangeWords(before, near));
  if (wordsOf(before) !== wordsOf(after)) was.push(wordsOf(before) || 'no skills asked');
  const noted = whole && before.private.note !== after.private.note ? ', note changed' : '';
  return `${phrase(after, nameOf, near)}${was.length > 0 ? ` (was ${was.join(', ')})` : ''}${noted}`;
}

const wordsOf = ({ skills }: Opening): string => skills.map(({ skill, level }) => `${skill} ${level}`).join(', ');

/** Of one project: whoever decides reads of each of them. */
const most = 100;

function tooMany({ project }: Opening, { opening: all }: State): FieldError[] {
  let count = 0;
  for (const { record } of all.values()) if (record.project === project) count++;
  return count > most ? [{ path: 'project', message: `This project has ${most} open places already; remove some first` }] : [];
}
