import type { Assignment, AssignmentView, Command } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../staffing/date-fields.tsx';
import { sundayOf } from '../staffing/days.ts';
import { typedNumber } from '../staffing/fields.tsx';
import type { Records } from './bars.ts';

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
export interface AssignDraft {
  id: string;
  project: string;
  person: string | null;
  role: Assignment['role'];
  range: string;
  hours: string;
  state: Assignment['state'];
  reason: string;
  tried: boolean;
}

export function assignDraft(edit: AssignmentView | undefined, start: AssignStart, today: string, records: Records): AssignDraft {
  if (edit) {
    const { project, person, role, state } = edit;
    return {
      id: edit.id,
      project,
      person,
      role,
      state,
      range: rangeText(edit.from, edit.to),
      hours: String(edit.hoursPerWeek),
      reason: '',
      tried: false,
    };
  }
  const project = start.project ?? '';
  const role = start.role ?? 'sidekick';
  const wanted =
    start.hours ?? (role === 'sidekick' ? records.projects.get(project)?.wantedHours : undefined) ?? (role === 'lead' ? 24 : 8);
  const range = start.from ? rangeText(start.from, start.to ?? sundayOf(start.from)) : rangeText(today, sundayOf(today));
  return {
    id: ulid(),
    project,
    person: start.person ?? null,
    role,
    range,
    hours: String(wanted),
    state: 'confirmed',
    reason: '',
    tried: false,
  };
}

export const endsLater = (edit: AssignmentView, today: string) =>
  edit.from <= sundayOf(today) && (edit.to === null || edit.to > sundayOf(today));

export type AssignRead = ReturnType<typeof readDraft>;

/** What the form says, once all of it can be read. */
export function readDraft(draft: AssignDraft, today: string, records: Records) {
  const typed = readRange(draft.range, today, true);
  const value = typedNumber(draft.hours, 0, 168);
  const ok = typed.ok && value !== null && draft.person !== null && records.projects.has(draft.project);
  return {
    ok,
    range: typed.ok,
    from: typed.ok ? typed.from : '',
    to: typed.ok ? typed.to : null,
    hoursOk: value !== null,
    hours: value ?? 0,
    end: records.projects.get(draft.project)?.to ?? null,
  };
}

/** Candidates are asked for closed days: an open end is the project's, or a year from the start. */
export const slotFor = (draft: AssignDraft, read: AssignRead) => ({
  project: draft.project,
  role: draft.role,
  from: read.from,
  to: read.to ?? (read.end && read.end >= read.from ? read.end : `${Number(read.from.slice(0, 4)) + 1}${read.from.slice(4)}`),
  hours: read.hours,
});

/** One command: a new record, or a patch of what differs; null when nothing does. */
export function commandOf(draft: AssignDraft, read: AssignRead, edit: AssignmentView | undefined): Command | null {
  const record = {
    person: draft.person,
    project: draft.project,
    role: draft.role,
    from: read.from,
    to: read.to,
    hoursPerWeek: read.hours,
    state: draft.state,
  };
  if (!edit) return { do: 'create', kind: 'assignment', id: draft.id, record };
  const patch = Object.fromEntries(Object.entries(record).filter(([key, value]) => value !== edit[key as keyof AssignmentView]));
  return Object.keys(patch).length === 0 ? null : { do: 'change', kind: 'assignment', id: edit.id, version: edit.version, patch };
}

export function projectOptions(records: Records, chosen: string) {
  const open = [...records.projects.values()]
    .filter(({ id, state }) => state !== 'lost' || id === chosen)
    .sort((a, b) => a.name.localeCompare(b.name));
  const options = open.map(({ id, name, state }) => ({ value: id, label: state === 'proposal' ? `${name} (proposal)` : name }));
  return chosen === '' ? [{ value: '', label: 'Choose a project' }, ...options] : options;
}
