import { sundayOf } from '@sidekick/calendar/iso';
import { type Assignment, nameKey, type OpeningView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable } from '../../staffing/format.ts';
import { readSkills, type TypedSkill, typedSkills, wordsOfSkills } from '../../staffing/skills-field.tsx';
import { type FormField, fieldOf, linesOf } from '../../staffing/three-way.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';
import { type AssignStart, roleWords } from './assign-draft.ts';
import type { Records } from './bars.ts';

/** An open place as typed. */
export interface PlaceDraft extends Typed {
  project: string;
  role: Assignment['role'];
  range: string;
  hours: string;
  skills: TypedSkill[];
  note: string;
}

/** What of an open place is typed where. */
export const placeFields = (records: Records): FormField<PlaceDraft>[] => [
  fieldOf<PlaceDraft, 'project'>('project', 'Project', ['project'], (id) => records.projects.get(id)?.name ?? 'no project'),
  fieldOf<PlaceDraft, 'role'>('role', 'Role', ['role'], (value) => roleWords[value]),
  fieldOf<PlaceDraft, 'range'>('range', 'From – to', ['from', 'to']),
  fieldOf<PlaceDraft, 'hours'>('hours', 'Hours a week', ['hoursPerWeek'], (value) => (/^[\d.,]+$/.test(value) ? `${value} h` : value)),
  linesOf<PlaceDraft, 'skills', TypedSkill>(
    'skills',
    'Skills asked',
    ['skills'],
    ({ skill }) => nameKey(skill),
    (list) => wordsOfSkills(list),
  ),
  fieldOf<PlaceDraft, 'note'>('note', 'Note', ['private.note']),
];

export function placeDraft(place: OpeningView | null, start: AssignStart, today: string, records: Records): PlaceDraft {
  if (place) {
    const { id, project, role } = place;
    const words = { range: rangeText(place.from, place.to), hours: editable(place.hoursPerWeek), note: place.private?.note ?? '' };
    return { id, project, role, ...words, skills: typedSkills(place.skills), reason: '' };
  }
  const project = start.project ?? '';
  const role = start.role ?? 'contributor';
  const from = start.from ?? today;
  const wanted = start.hours ?? (role === 'sidekick' ? records.projects.get(project)?.wantedHours : undefined);
  return {
    id: ulid(),
    project,
    role,
    range: rangeText(from, start.from === undefined || start.to === undefined ? sundayOf(from) : start.to),
    hours: editable(wanted || (role === 'lead' ? 24 : 8)),
    skills: [],
    note: '',
    reason: '',
  };
}

/** What the form says as a record, or what is wrong where. */
export function readPlace(draft: PlaceDraft, today: string, records: Records): FormRead<'opening'> {
  const errors = new Map<string, string>();
  const range = readRange(draft.range, today, true);
  const perWeek = typedNumber(draft.hours, 0.01, 168) ?? typedNumber(draft.hours, 0.01, 168, 'h a week');
  const skills = readSkills(draft.skills);
  if (!records.projects.has(draft.project)) errors.set('project', 'Choose a project');
  if (!range.ok) errors.set('range', range.message);
  if (perWeek === null) errors.set('hours', 'Hours a week are a number above 0, to 168');
  if (skills.error) errors.set('skills', skills.error);
  if (!range.ok || perWeek === null || errors.size > 0) return { body: null, errors };
  const { project, role } = draft;
  const note = draft.note.trim() || null;
  return {
    body: { project, role, from: range.from, to: range.to, hoursPerWeek: perWeek, skills: skills.skills, private: { note } },
    errors,
  };
}
