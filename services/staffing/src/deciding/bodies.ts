import { type RecordKind, recordBodies } from '@sidekick/contracts';
import { type FieldError, fieldErrors } from '@sidekick/service-kit';
import type { AnyRecord } from '../kinds/change.ts';
import type { Body } from '../kinds/kind.ts';
import { kindOf } from '../log/kinds.ts';

export const bodyOf = (kind: RecordKind, record: AnyRecord): Body => kindOf(kind).bodyOf(record);

/** The record of a body, with the defaults filled in and what the rules kept in `old`; or what is wrong, by path within the body. */
export function recordOf(kind: RecordKind, id: string, body: Body, old: AnyRecord | null): AnyRecord | FieldError[] {
  const parsed = recordBodies[kind].safeParse(body);
  return parsed.success ? kindOf(kind).recordOf(id, parsed.data, old) : fieldErrors(parsed.error);
}
