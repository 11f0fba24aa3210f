import { ulid } from 'ulid';
import type { Caller, Reply } from './caller.ts';

const patterns = [{ from: '2020-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }];

/** Commands that create; ids are made here. Everybody works Monday to Friday, 8 h a day; projects run from 30 Nov 2026. */
export const newPerson = (name: string, over: object = {}) => ({
  do: 'create' as const,
  kind: 'person' as const,
  id: ulid(),
  record: { patterns, operationsShare: 0, private: { name, email: null, note: null }, ...over },
});
export const newProject = (name: string, over: object = {}) => ({
  do: 'create' as const,
  kind: 'project' as const,
  id: ulid(),
  record: { name, from: '2026-11-30', to: '2027-01-31', ...over },
});
export const newAssignment = (person: { id: string }, project: { id: string }, role: string, over: object = {}) => ({
  do: 'create' as const,
  kind: 'assignment' as const,
  id: ulid(),
  record: { person: person.id, project: project.id, role, from: '2026-12-07', to: '2026-12-27', hoursPerWeek: 8, ...over },
});
export const newTimeOff = (person: { id: string }, from: string, to: string, over: object = {}) => ({
  do: 'create' as const,
  kind: 'timeOff' as const,
  id: ulid(),
  record: { person: person.id, from, to, ...over },
});

/** `POST /changes` of one new change set. */
export const change = (caller: Caller, commands: readonly object[], headers: Record<string, string> = {}): Promise<Reply> =>
  caller.api('post', '/changes', { body: { id: ulid(), commands }, headers });
