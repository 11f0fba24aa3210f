import { useState } from 'react';
import { useDraft } from './draft.ts';
import type { FormFrame, Kept, Meanwhile, RecordFormOptions, Typed, Versioned } from './form-types.ts';
import type { Newest } from './guarded-save.ts';
import { comparable, type FormField, type Merged, mergeFields, touched } from './three-way.ts';

const newer = <R extends Versioned>(a: R | null, b: R | null): R | null => (a && b ? (a.version >= b.version ? a : b) : (a ?? b));

/** What a form was loaded from, what is typed, and how that stands to the record as others have changed it. */
export function useMerging<R extends Versioned, D extends Typed>({ subject, record, fields, draft: draftOf }: RecordFormOptions<R, D>) {
  const draft = useDraft<Kept<R, D>>(subject, () => {
    const shown = draftOf(record);
    return { base: record, shown, typed: shown, chosen: {} };
  });
  const { base, shown, typed, chosen } = draft.value;
  const [fetched, setFetched] = useState<R | 'gone' | null>(null);
  const newest = newer(record, fetched === 'gone' ? null : fetched);
  const set = (patch: Partial<D>) => draft.set({ typed: { ...typed, ...patch } });

  /** Over a newer record: the merged form, and the conflicts in which nothing was chosen yet. */
  const over = (now: R): { merged: Merged<D>; now: D; open: readonly FormField<D>[] } => {
    const theirs = draftOf(now);
    const merged = mergeFields(fields, shown, typed, theirs);
    return { merged, now: theirs, open: merged.conflicts.filter((field) => chosen[field.key] !== comparable(field.of(theirs))) };
  };
  const changed = base && newest && newest.version !== base.version ? over(newest) : null;
  const choose = (field: FormField<D>, now: D, whose: 'mine' | 'theirs') => {
    if (whose === 'theirs') set(field.take(now));
    else draft.set({ chosen: { ...chosen, [field.key]: comparable(field.of(now)) } });
  };
  const told = ({ key, label, words }: FormField<D>, now: D) => ({ key, label, was: words(shown), now: words(now) });
  const meanwhile: Meanwhile | null =
    changed && newest
      ? {
          id: newest.id,
          theirs: changed.merged.theirs.map((field) => told(field, changed.now)),
          conflicts: changed.open.map((field) => ({
            ...told(field, changed.now),
            mine: field.words(typed),
            choose: (whose) => choose(field, changed.now, whose),
          })),
        }
      : null;
  /** Takes the record of an answer to a lost race; null when it is gone, or the answer does not show it. */
  const learn = (stale: Newest | null): R | null => {
    const now = (stale?.record as unknown as R | null | undefined) ?? null;
    setFetched(now ?? (stale?.version === null ? 'gone' : null));
    return now;
  };
  return { draft, base, shown, typed, set, newest, over, changed, meanwhile, learn, lost: fetched === 'gone' || record === null };
}
export type Merging<R extends Versioned, D extends Typed> = ReturnType<typeof useMerging<R, D>>;

/** What the frame tells of a form that was kept. */
export function keptOf<R extends Versioned, D extends Typed>({ draft }: Merging<R, D>, fields: readonly FormField<D>[]): FormFrame['kept'] {
  const about = ({ shown, typed }: Kept<R, D>) =>
    touched(fields, shown, typed)
      .map((field) => `${field.label} ${field.words(typed)}`)
      .join(', ');
  return {
    restored: draft.restored,
    safe: draft.safe,
    again: draft.clear,
    leftBehind: draft.leftBehind,
    take: (value) => draft.take(value as Kept<R, D>),
    about: (value) => about(value as Kept<R, D>),
  };
}
