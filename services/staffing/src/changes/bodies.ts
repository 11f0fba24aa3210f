import { type RecordKind, type Records, recordBodies } from '@sidekick/contracts';
import { type FieldError, fieldErrors } from '@sidekick/service-kit';
import { regionCode } from '../holidays/regions.ts';
import type { AnyRecord } from './change-set.ts';

export type Body = Record<string, unknown>;

/** What a client may write of a record: without its id and without what the rules keep in it. */
export function bodyOf(kind: RecordKind, record: AnyRecord): Body {
  const { id: _id, ...body } = record;
  if (kind === 'assignment') {
    const { accepted: _accepted, private: _private, ...rest } = body as Omit<Records['assignment'], 'id'>;
    return rest;
  }
  if (kind === 'timeOff') {
    const { accepted: _accepted, private: words, ...rest } = body as Omit<Records['timeOff'], 'id'>;
    return { ...rest, private: { kind: words.kind, note: words.note } };
  }
  return body;
}

/** The record of a body, with the defaults filled in and what the rules kept in `old`; or what is wrong, by path within the body. */
export function recordOf(kind: RecordKind, id: string, body: Body, old: AnyRecord | null): AnyRecord | FieldError[] {
  const parsed = recordBodies[kind].safeParse(body);
  if (!parsed.success) return fieldErrors(parsed.error);
  const kept = old as Partial<Records['assignment']> | null;
  const accepted = kept?.accepted ?? [];
  const reason = kept?.private?.reason ?? null;
  if (kind === 'assignment') return { id, ...parsed.data, accepted, private: { reason } } as AnyRecord;
  if (kind === 'timeOff') {
    const words = (parsed.data as Records['timeOff']).private;
    return { id, ...parsed.data, accepted, private: { ...words, reason } } as AnyRecord;
  }
  const { region } = parsed.data as { region?: string | null };
  return { id, ...parsed.data, ...(region ? { region: regionCode(region) } : {}) } as AnyRecord;
}
