import type { RecordKind } from '@sidekick/contracts';
import { monotonicFactory } from 'ulid';

/** Lists sort by id: what a test makes first comes first, also within a millisecond. */
const nextId = monotonicFactory();

/** A command that creates a record; its id is made here. */
export const newRecord = <K extends RecordKind, R extends object>(kind: K, record: R) => ({
  do: 'create' as const,
  kind,
  id: nextId(),
  record,
});

/** 8 h a week from 7 to 27 December 2026. */
export const newAssignment = (person: { id: string }, project: { id: string }, role: string, over: object = {}) =>
  newRecord('assignment', {
    person: person.id,
    project: project.id,
    role,
    from: '2026-12-07',
    to: '2026-12-27',
    hoursPerWeek: 8,
    ...over,
  });

export const newTimeOff = (person: { id: string }, from: string, to: string, over: object = {}) =>
  newRecord('timeOff', { person: person.id, from, to, ...over });
