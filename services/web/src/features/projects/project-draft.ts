import type { Project, ProjectView } from '@sidekick/contracts';
import { ulid } from '../../app/ulid.ts';
import { rangeText, readRange } from '../staffing/date-fields.tsx';
import { addDays } from '../staffing/days.ts';
import { typedNumber } from '../staffing/fields.tsx';
import { number } from '../staffing/format.ts';
import { readSkills, type TypedSkill, typedSkills } from '../staffing/skills-field.tsx';

/** A project as typed. */
export interface ProjectDraft {
  id: string;
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
  reason: string;
  tried: boolean;
}

export function projectDraft(project: ProjectView | null, today: string): ProjectDraft {
  const common = { reason: '', tried: false };
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
    minimum: number(project.minimumHours),
    wanted: number(project.wantedHours),
    skills: typedSkills(project.requiredSkills),
  };
}

/** What the form says as a record, or what is wrong where. */
export function readProject(draft: ProjectDraft, today: string) {
  const errors = new Map<string, string>();
  const range = readRange(draft.range, today, true);
  const minimum = typedNumber(draft.minimum, 0, 168);
  const wanted = typedNumber(draft.wanted, 0, 168);
  const priority = typedNumber(draft.priority, 1, 99);
  const skills = readSkills(draft.skills);
  if (draft.name.trim() === '') errors.set('name', 'Give the project a name');
  if (!range.ok) errors.set('range', range.message);
  if (minimum === null) errors.set('minimum', 'Hours a week are a number from 0 to 168');
  if (wanted === null) errors.set('wanted', 'Hours a week are a number from 0 to 168');
  if (priority === null || !Number.isInteger(priority)) errors.set('priority', 'A whole number from 1, which is first, to 99');
  if (skills.error) errors.set('skills', skills.error);
  if (!range.ok || errors.size > 0) return { body: null, errors };
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
