import { addDays } from '@sidekick/calendar/iso';
import { nameKey, type Project, type ProjectView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../../staffing/date-fields.tsx';
import type { FormRead, Typed } from '../../staffing/form-types.ts';
import { editable } from '../../staffing/format.ts';
import { readSkills, type TypedSkill, typedSkills, wordsOfSkills } from '../../staffing/skills-field.tsx';
import { fieldOf, linesOf } from '../../staffing/three-way.ts';
import { typedNumber } from '../../staffing/typed-hours.ts';

/** A project as typed. */
export interface ProjectDraft extends Typed {
  name: string;
  client: string;
  description: string;
  range: string;
  state: Project['state'];
  priority: string;
  policy: Project['policy'];
  minimum: string;
  wanted: string;
  skills: TypedSkill[];
  /** Asked where the project becomes agreed: whose work is confirmed. Null is not answered yet. */
  confirm: 'all' | 'some' | 'none' | null;
  confirmed: string[];
}

const states = { agreed: 'Agreed', proposal: 'Proposal', lost: 'Lost' } as const;
const policies = { sidekick: 'Needs a sidekick', 'no-sidekick': 'Needs none' } as const;
const inHours = (value: string) => `${value} h`;

/** What of a project is typed where. */
export const projectFields = [
  fieldOf<ProjectDraft, 'name'>('name', 'Name', ['name']),
  fieldOf<ProjectDraft, 'client'>('client', 'Client', ['client']),
  fieldOf<ProjectDraft, 'description'>('description', 'Description', ['description']),
  fieldOf<ProjectDraft, 'range'>('range', 'From – to', ['from', 'to']),
  fieldOf<ProjectDraft, 'state'>('state', 'State', ['state'], (value) => states[value]),
  fieldOf<ProjectDraft, 'priority'>('priority', 'Priority', ['priority']),
  fieldOf<ProjectDraft, 'policy'>('policy', 'Policy', ['policy'], (value) => policies[value]),
  fieldOf<ProjectDraft, 'minimum'>('minimum', 'Sidekick hours a week, at least', ['minimumHours'], inHours),
  fieldOf<ProjectDraft, 'wanted'>('wanted', 'Sidekick hours a week, wanted', ['wantedHours'], inHours),
  linesOf<ProjectDraft, 'skills', TypedSkill>(
    'skills',
    'What the sidekick must know',
    ['requiredSkills'],
    ({ skill }) => nameKey(skill),
    (list) => wordsOfSkills(list),
  ),
];

export function projectDraft(project: ProjectView | null, today: string): ProjectDraft {
  const common = { reason: '' };
  if (!project) {
    const range = rangeText(today, addDays(today, 12 * 7 - 1));
    return {
      ...common,
      id: ulid(),
      name: '',
      client: '',
      description: '',
      range,
      state: 'agreed',
      priority: '3',
      policy: 'sidekick',
      minimum: '4',
      wanted: '8',
      skills: [],
      confirm: null,
      confirmed: [],
    };
  }
  return {
    ...common,
    id: project.id,
    name: project.name,
    client: project.client,
    description: project.description,
    range: rangeText(project.from, project.to),
    state: project.state,
    priority: String(project.priority),
    policy: project.policy,
    minimum: editable(project.minimumHours),
    wanted: editable(project.wantedHours),
    skills: typedSkills(project.requiredSkills),
    confirm: null,
    confirmed: [],
  };
}

/** What the form says as a record, or what is wrong where. */
export function readProject(draft: ProjectDraft, today: string, asksToConfirm: boolean): FormRead<'project'> {
  const errors = new Map<string, string>();
  const range = readRange(draft.range, today, true);
  const minimum = typedNumber(draft.minimum, 0, 168);
  const wanted = typedNumber(draft.wanted, 0, 168);
  const priority = typedNumber(draft.priority, 1, 99, 'none');
  const skills = readSkills(draft.skills);
  if (draft.name.trim() === '') errors.set('name', 'Give the project a name');
  if (!range.ok) errors.set('range', range.message);
  if (minimum === null) errors.set('minimum', 'Hours a week are a number from 0 to 168');
  if (wanted === null) errors.set('wanted', 'Hours a week are a number from 0 to 168');
  if (priority === null || !Number.isInteger(priority)) errors.set('priority', 'A whole number from 1, which is first, to 99');
  if (skills.error) errors.set('skills', skills.error);
  if (asksToConfirm && draft.confirm === null) errors.set('confirm', 'Say whose work is confirmed: all, some or none');
  if (!range.ok || minimum === null || wanted === null || priority === null || errors.size > 0) return { body: null, errors };
  const body = {
    name: draft.name.trim(),
    client: draft.client.trim(),
    description: draft.description.trim(),
    from: range.from,
    to: range.to,
    state: draft.state,
    priority,
    policy: draft.policy,
    minimumHours: minimum,
    wantedHours: wanted,
    requiredSkills: skills.skills,
  };
  return { body, errors };
}

/** What winning a project says of its work: `all`, `none`, or the assignments that are ticked. */
export const confirmOf = ({ confirm, confirmed }: ProjectDraft): { confirm?: 'all' | 'none' | string[] } =>
  confirm === null ? {} : { confirm: confirm === 'some' ? confirmed : confirm };
