import { useState } from 'react';
import { type Draft, fitsLike, useDraft } from './draft.ts';
import type { FormFrame, Json, Kept, Meanwhile, RecordFormOptions, Typed, Versioned } from './form-types.ts';
import type { Newest } from './guarded-save.ts';
import { comparable, type FormField, type Merged, mergeFields, saysSame, touched } from './three-way.ts';
import { saidThrownAway } from './use-leaving.ts';

const newer = <R extends Versioned>(a: R | null, b: R | null): R | null => (a && b ? (a.version >= b.version ? a : b) : (a ?? b));

/** What is typed and shown has the shape of the form; a record may have got another since, of it only which and which version count. */
const fitsForm = (value: unknown, like: Kept<Versioned, object>): boolean => {
  const { base, shown, typed, chosen } = (value ?? {}) as Partial<typeof like>;
  const based = base === null || (typeof base?.id === 'string' && typeof base.version === 'number');
  return based && fitsLike(shown, like.shown) && fitsLike(typed, like.typed) && fitsLike(chosen, {});
};

/** What was typed and taken back again is no text to keep. */
const isClean = <R, D extends Typed>({ shown, typed, chosen }: Kept<R, D>): boolean =>
  comparable(typed) === comparable(shown) && Object.keys(chosen).length === 0;

/** What a form was loaded from, what is typed, and how that stands to the record as others have changed it. */
export function useMerging<R extends Versioned, D extends Typed>(options: RecordFormOptions<R, D>) {
  const { subject, record, fields, draft: draftOf, read, group } = options;
  const begin = (): Kept<R, D> => {
    const shown = draftOf(record);
    return { base: record, shown, typed: shown, chosen: {} };
  };
  const draft = useDraft<Kept<R, D>>(subject, begin, { fits: fitsForm, group, clean: isClean });
  const { base, shown, typed, chosen } = draft.value;
  const [fetched, setFetched] = useState<R | null>(null);
  /** The version that a lost race found deleted; Undo in the history brings the record back as a later one. */
  const [deleted, setDeleted] = useState(0);
  const newest = newer(record, fetched);
  /** A new record that an earlier try stored, whose answer was lost. */
  const stored = base === null && newest?.id === typed.id ? newest : null;
  /** Another record in the place of none, or of one that is gone: what a project has one of, somebody else made meanwhile. */
  const met = newest && newest.id !== (base?.id ?? typed.id) ? newest : null;
  const set = (patch: Partial<D>) => draft.set({ typed: { ...typed, ...patch } });

  /** Over a newer record: the merged form, and the conflicts in which nothing was chosen yet. */
  const over = (now: R): { merged: Merged<D>; now: D; open: readonly FormField<D>[] } => {
    const theirs = draftOf(now);
    const mine = read(typed).body;
    const alike = (field: FormField<D>) => mine !== null && saysSame(field, mine, now as unknown as Json);
    const merged = mergeFields(fields, shown, typed, theirs, alike);
    return { merged, now: theirs, open: merged.conflicts.filter((field) => chosen[field.key] !== comparable(field.of(theirs))) };
  };
  const changed = newest && (met ?? (base && newest.version !== base.version)) ? over(newest) : null;
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
    setFetched(now);
    if (stale?.version === null) setDeleted(newest?.version ?? 0);
    return now;
  };
  const lost = record === null || record.version <= deleted;
  return { draft, base, shown, typed, set, newest, stored, met, over, changed, meanwhile, learn, lost };
}
export type Merging<R extends Versioned, D extends Typed> = ReturnType<typeof useMerging<R, D>>;

/** What the frame tells of a form that was kept. */
export function keptOf<R extends Versioned, D extends Typed>(
  { draft }: Merging<R, D>,
  { fields, said, group }: RecordFormOptions<R, D>,
): FormFrame['kept'] {
  const about = ({ shown, typed }: Kept<R, D>) =>
    group === undefined
      ? touched(fields, shown, typed)
          .map((field) => `${field.label} ${field.words(typed)}`)
          .join(', ')
      : said(typed);
  return keptDraft(draft, about);
}

/** The same of any form. */
export function keptDraft<T extends object>(draft: Draft<T>, about: (value: T) => string): FormFrame['kept'] {
  const again = () => {
    const { value } = draft;
    draft.clear();
    saidThrownAway(() => draft.keep(value));
  };
  return {
    restored: draft.restored,
    safe: draft.safe,
    again,
    orphanedDrafts: draft.orphanedDrafts,
    take: (value) => draft.take(value as T),
    about: (value) => about(value as T),
  };
}
