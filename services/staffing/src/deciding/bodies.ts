import { type RecordKind, recordBodies } from '@sidekick/contracts';
import { type FieldError, fieldErrors } from '@sidekick/service-kit';
import type { AnyRecord } from '../kinds/change.ts';
import type { Body } from '../kinds/kind.ts';
import { kindOf } from '../log/kinds.ts';

export const bodyOf = (kind: RecordKind, record: AnyRecord): Body => kindOf(kind).bodyOf(record);

/** The record of a body, with the defaults filled in and what the rules kept in `old`; or what is wrong, by path within the body. */
export function recordOf(kind: RecordKind, id: string, body: Body, old: AnyRecord | null): AnyRecord | FieldError[] {
  const parsed = recordBodies[kind].safeParse(body);
  if (!parsed.success) return fieldErrors(parsed.error);
  const record = kindOf(kind).recordOf(id, parsed.data, old);
  return old && isForAnother(kind, old, record) ? withoutWordsOf(kind, old, record) : record;
}

const isForAnother = (kind: RecordKind, old: AnyRecord, record: AnyRecord): boolean => {
  const { about } = kindOf(kind);
  return about(old) !== about(record);
};

/** What was said of one person passes to no other: of a record that is about somebody else now, words that stayed as they were go. */
function withoutWordsOf(kind: RecordKind, old: AnyRecord, record: AnyRecord): AnyRecord {
  const [words, said, none] = [record, old, kindOf(kind).redacted(record)].map(
    (one) => new Map(Object.entries('private' in one ? one.private : {})),
  ) as [Map<string, unknown>, Map<string, unknown>, Map<string, unknown>];
  if (words.size === 0) return record;
  const kept = [...words].flatMap(([member, value]) => {
    if (value !== said.get(member)) return [[member, value]];
    return none.has(member) ? [[member, none.get(member)]] : [];
  });
  return { ...record, private: Object.fromEntries(kept) } as AnyRecord;
}
