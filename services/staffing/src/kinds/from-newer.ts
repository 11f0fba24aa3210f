import type { RecordKind } from '@sidekick/contracts';
import type { AnyRecord } from './change.ts';
import type { Kind, Reference } from './kind.ts';
import { plainSentences } from './sentences.ts';

/**
 * Stands for every kind that only a newer release knows (decision 24). Its records are kept as they are, hold in place whatever they may
 * name, are read by managers alone, and are changed by nobody here.
 */
export const fromNewer: Kind<RecordKind> = {
  readers: 'managers',
  event: null,
  bodyOf: unreachable,
  recordOf: unreachable,
  tidy: (record) => record,

  names: idsIn,
  letsGo: null,
  called: null,
  impossible: () => [],
  unfit: () => [],
  accepts: null,
  span: () => null,
  days: () => [],

  about: () => null,
  own: null,
  masked: () => ({}),
  hidesReason: true,
  shareable: unreachable,
  texts: [],
  redacted: (record) => record,

  sentences: plainSentences<AnyRecord>(() => 'Something that a newer release made', {}),
};

/** Nothing of a request or an event is of a kind that its schemas do not know. */
function unreachable(): never {
  throw new Error('a kind of a newer release is kept, and neither written nor told');
}

/** Every id that a record holds may be one of a record that it names. */
function idsIn(record: AnyRecord): Reference[] {
  const ids = [...JSON.stringify(record).matchAll(/"([0-7][0-9A-HJKMNP-TV-Z]{25})"/g)].map(([, id = '']) => id);
  return ids.filter((id) => id !== record.id).map((id) => ({ kind: null, id, path: '' }));
}
