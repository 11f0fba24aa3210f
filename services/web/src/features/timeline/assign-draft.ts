import { sundayOf } from '@sidekick/calendar/iso';
import type { Assignment, AssignmentView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable } from '../../staffing/format.ts';
import { nameOf } from '../../staffing/people-names.ts';
import type { Slot } from '../../staffing/queries.ts';
import { type FormField, fieldOf } from '../../staffing/three-way.ts';
import { typedHours, weekOfPerson } from '../../staffing/typed-hours.ts';
import type { Records } from './bars.ts';
import { closedSlot } from './slot.ts';

/** What a new assignment starts from. */
export interface AssignStart {
  project?: string | null;
  person?: string | null;
  role?: Assignment['role'];
  from?: string;
  to?: string | null;
  hours?: number;
}

/** An assignment as typed. */
export interface AssignDraft extends Typed {
  project: string;
  person: string | null;
  role: Assignment['role'];
  range: string;
  hours: string;
  state: Assignment['state'];
  note: string;
}

export const roleWords = { lead: 'Lead', sidekick: 'Sidekick', contributor: 'Contributor' } as const;
export const roleOptions = (['lead', 'sidekick', 'contributor'] as const).map((value) => ({ value, label: roleWords[value] }));
const states = { confirmed: 'Confirmed', tentative: 'Tentative' } as const;

/** What of an assignment is typed where. */
export const assignFields = (records: Records): FormField<AssignDraft>[] => [
  fieldOf<AssignDraft, 'project'>('project', 'Project', ['project'], (id) => records.projects.get(id)?.name ?? 'no project'),
  fieldOf<AssignDraft, 'person'>('person', 'Person', ['person'], (id) => (id === null ? 'nobody' : nameOf(id, records.people))),
  fieldOf<AssignDraft, 'role'>('role', 'Role', ['role'], (value) => roleWords[value]),
  fieldOf<AssignDraft, 'range'>('range', 'From – to', ['from', 'to']),
  fieldOf<AssignDraft, 'hours'>('hours', 'Hours a week', ['hoursPerWeek'], (value) => (/^[\d.,]+$/.test(value) ? `${value} h` : value)),
  fieldOf<AssignDraft, 'state'>('state', 'State', ['state'], (value) => states[value]),
  fieldOf<AssignDraft, 'note'>('note', 'Note', ['private.note']),
];

export function assignDraft(edit: AssignmentView | null, start: AssignStart, today: string, records: Records): AssignDraft {
  if (edit) {
    const { project, person, role, state } = edit;
    return {
      id: edit.id,
      project,
      person,
      role,
      state,
      range: rangeText(edit.from, edit.to),
      hours: editable(edit.hoursPerWeek),
      note: edit.private.note ?? '',
      reason: '',
    };
  }
  const project = start.project ?? '';
  const role = start.role ?? 'sidekick';
  const wanted =
    start.hours ?? (role === 'sidekick' ? records.projects.get(project)?.wantedHours : undefined) ?? (role === 'lead' ? 24 : 8);
  const range = start.from
    ? rangeText(start.from, start.to === undefined ? sundayOf(start.from) : start.to)
    : rangeText(today, sundayOf(today));
  return {
    id: ulid(),
    project,
    person: start.person ?? null,
    role,
    range,
    hours: editable(wanted),
    state: records.projects.get(project)?.state === 'proposal' ? 'tentative' : 'confirmed',
    note: '',
    reason: '',
  };
}

export const endsLater = (edit: AssignmentView, today: string) =>
  edit.from <= sundayOf(today) && (edit.to === null || edit.to > sundayOf(today));

export type AssignRead = ReturnType<typeof readDraft>;

/** What the form says of its slot, as far as it can be read. */
export function readDraft(draft: AssignDraft, today: string, records: Records) {
  const typed = readRange(draft.range, today, true);
  const person = draft.person === null ? undefined : records.people.get(draft.person);
  const from = typed.ok ? typed.from : today;
  const hours = typedHours(draft.hours, person ? { name: person.private.name, week: weekOfPerson(person, from) ?? 0 } : null);
  return {
    range: typed.ok,
    rangeError: typed.ok ? null : typed.message,
    from: typed.ok ? typed.from : '',
    to: typed.ok ? typed.to : null,
    hours,
    end: records.projects.get(draft.project)?.to ?? null,
  };
}

/** What the form says as a record, or what is wrong where. */
export function readAssignment(draft: AssignDraft, today: string, records: Records): FormRead<'assignment'> {
  const read = readDraft(draft, today, records);
  const errors = new Map<string, string>();
  if (!records.projects.has(draft.project)) errors.set('project', 'Choose a project');
  if (draft.person === null) errors.set('person', 'Choose a person');
  if (read.rangeError) errors.set('range', read.rangeError);
  if (!read.hours.ok) errors.set('hours', read.hours.message);
  const { person, project, role, state } = draft;
  const note = draft.note.trim() || null;
  if (!read.hours.ok || person === null || errors.size > 0) return { body: null, errors };
  return {
    body: { person, project, role, from: read.from, to: read.to, hoursPerWeek: read.hours.value, state, private: { note } },
    errors,
  };
}

/** Whom candidates are asked for. */
export function slotFor({ project, role }: AssignDraft, { from, to, hours, end }: AssignRead): Slot {
  return closedSlot({ project, role, from, to, hours: hours.ok ? hours.value : 0 }, end);
}

export function projectOptions(records: Records, chosen: string) {
  const open = [...records.projects.values()]
    .filter(({ id, state }) => state !== 'lost' || id === chosen)
    .sort((a, b) => a.name.localeCompare(b.name));
  const options = open.map(({ id, name, state }) => ({ value: id, label: state === 'proposal' ? `${name} (proposal)` : name }));
  return chosen === '' ? [{ value: '', label: 'Choose a project' }, ...options] : options;
}
