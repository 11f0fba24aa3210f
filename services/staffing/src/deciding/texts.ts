import { records } from '@sidekick/contracts';
import type { AnyRecord } from '../kinds/change.ts';
import { kindOf } from '../log/kinds.ts';
import { isKnown } from '../state/state.ts';
import { formerName } from '../state/words.ts';

type Json = Record<string, unknown>;

/** What stands at a path of a record, such as `private.note`. */
export const textAt = (record: AnyRecord, path: string): unknown =>
  path.split('.').reduce<unknown>((at, member) => (at as Json | null | undefined)?.[member], record);

/** What people wrote in a record, by path, with why it was accepted or answered; none of a kind that only a newer release knows. */
export function textsIn(kind: string, record: AnyRecord): [path: string, text: string][] {
  if (!isKnown(kind)) return [];
  return [...kindOf(kind).texts, 'private.reason'].flatMap((path): [string, string][] => {
    const text = textAt(record, path);
    return typeof text === 'string' && text !== '' ? [[path, text]] : [];
  });
}

/** A record without the text at a path: words about people as its kind takes them out, else nothing, or where something has to stand the name of who left. */
export function withoutText(kind: string, record: AnyRecord, path: string, person: string): AnyRecord {
  if (!isKnown(kind) || typeof textAt(record, path) !== 'string') return record;
  const [member = '', inner] = path.split('.');
  if (inner === undefined) {
    const blank = { ...record, [member]: '' };
    return records[kind].safeParse(blank).success ? (blank as AnyRecord) : ({ ...record, [member]: formerName(person) } as AnyRecord);
  }
  const { [inner]: _text, ...rest } = (record as unknown as Record<string, Json>)[member] ?? {};
  const none = textAt(kindOf(kind).redacted(record), path);
  return { ...record, [member]: { ...rest, ...(none === undefined ? {} : { [inner]: none }) } } as AnyRecord;
}
