import { dayWords } from '@sidekick/calendar';
import type { Volunteer } from '@sidekick/contracts';
import type { FieldError } from '@sidekick/service-kit';
import { hasLeft } from '../kinds/checks.ts';
import type { Kind } from '../kinds/kind.ts';
import { ofPerson } from '../kinds/records-of.ts';
import { changedWords } from '../kinds/sentences.ts';
import type { State } from '../state/state.ts';

/**
 * A person offers to back up a project: they and managers make and withdraw it, everybody reads that it is there. What is said to it is
 * for the two alone. It goes with either side. Its event tells browsers, so that who staffs sees an offer as it is made.
 */
export const volunteer: Kind<'volunteer'> = {
  readers: 'everybody',
  event: 'staffing.volunteer.changed.v1',
  bodyOf: ({ id: _id, ...body }) => body,
  recordOf: (id, body) => ({ id, ...body }),
  tidy: (record) => record,

  names: ({ person, project }) => [
    { kind: 'person', id: person, path: 'person' },
    { kind: 'project', id: project, path: 'project' },
  ],
  letsGo: { without: (record, gone) => (gone.has(record.person) || gone.has(record.project) ? null : record) },
  called: null,
  impossible: (record, after) => offeredTwice(record, after),
  unfit: ({ before, after }, state, today) =>
    !after || (before?.person === after.person && before.project === after.project)
      ? []
      : [...hasLeft('person', after.person, state, today), ...isOver(after, state, today), ...leadsIt(after, state, today)],
  accepts: null,
  span: () => null,
  days: () => [],

  about: ({ person }) => person,
  own: {
    /** What is of the sample stays so, and nothing else becomes it. */
    may: ({ before, after }) => [before, after].every((side) => !side || side.sample === (before?.sample ?? false)),
  },
  masked: (record) => ({ ...record, private: null }),
  hidesReason: true,
  shareable: ({ private: _private, ...record }) => record,
  texts: ['private.note'],
  redacted: (record) => ({ ...record, private: { note: null } }),

  sentences: {
    phrase: ({ person, project }, nameOf) => `Offer of ${nameOf('person', person)} to back up ${nameOf('project', project)}`,
    made: ({ person, project }, nameOf) => `${nameOf('person', person)} offers to back up ${nameOf('project', project)}`,
    changed: (before, after, nameOf) =>
      `Offer of ${nameOf('person', after.person)} to back up ${nameOf('project', after.project)}: ${changedWords(before, after, { private: 'details' })}`,
  },
};

function offeredTwice({ id, person, project }: Volunteer, { volunteer }: State): FieldError[] {
  const twice = ofPerson(volunteer, person).some((one) => one.id !== id && one.project === project);
  return twice ? [{ path: 'project', message: 'This offer is there already' }] : [];
}

function isOver({ project }: Volunteer, state: State, today: string): FieldError[] {
  const record = state.project.get(project)?.record;
  if (!record) return [];
  if (record.state === 'lost') return [{ path: 'project', message: `${record.name} is lost` }];
  if (record.to === null || record.to >= today) return [];
  return [{ path: 'project', message: `${record.name} ended on ${dayWords(record.to, today)}` }];
}

/** Now or later, confirmed: whoever leads a project cannot be the one who could take over. */
function leadsIt({ person, project }: Volunteer, { assignment }: State, today: string): FieldError[] {
  const leads = ofPerson(assignment, person).some(
    (one) => one.project === project && one.role === 'lead' && one.state === 'confirmed' && (one.to === null || one.to >= today),
  );
  return leads ? [{ path: 'project', message: 'Whoever leads a project does not back it up too' }] : [];
}
