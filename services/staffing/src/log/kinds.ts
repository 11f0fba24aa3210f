import type { RecordKind } from '@sidekick/contracts';
import { assignment } from '../assignments/assignment.ts';
import { holiday } from '../holidays/holiday.ts';
import type { AnyRecord } from '../kinds/change.ts';
import type { Kind } from '../kinds/kind.ts';
import { timeOff } from '../leave/time-off.ts';
import { person } from '../people/person.ts';
import { project } from '../projects/project.ts';

/** Every kind of record. A new one is a folder of its own, its schemas in contracts, and a line here. */
const kinds: { readonly [K in RecordKind]: Kind<K> } = { person, project, assignment, timeOff, holiday };

/** What a kind is, for records whose kind is known when the program runs alone: the caller sees to it that they are of it. */
export const kindOf = (kind: RecordKind): Kind<RecordKind> => kinds[kind];

/** Whether a record is about a person; null is an account without one, whom no record is about. */
export const isAbout = (kind: RecordKind, record: AnyRecord, person: string | null): boolean =>
  person !== null && kindOf(kind).about(record) === person;
