import { ChangeSetView, type Command, listOf, type RecordKind } from '@sidekick/contracts';
import { useState } from 'react';
import { useLocation, useNavigate } from 'react-router-dom';
import { ask } from '../../app/api.ts';
import type { LeftBehind } from '../../app/unsaved.ts';
import { toast } from '../../ui/toast.tsx';
import { type Draft, useDraft } from './draft.ts';
import { type Newest as Current, type GuardedSave, useGuardedSave } from './guarded-save.ts';
import { type FormField, type Merged, mergeFields, patchOf, sameValue, touched } from './three-way.ts';

type Json = Record<string, unknown>;
export type Versioned = { id: string; version: number };

/** What every form keeps beside its fields. */
export interface Typed {
  /** Made once a form, so that a create that is sent again makes nothing twice. */
  id: string;
  /** Why a rule is broken on purpose. */
  reason: string;
}

export interface FormRead {
  /** The body to save; null while a field is wrong. */
  body: Json | null;
  errors: ReadonlyMap<string, string>;
}

/** What is kept of a form that is not saved: the record as it was loaded, what was shown of it, what is typed, what was decided. */
interface Kept<R, D> {
  base: R | null;
  shown: D;
  typed: D;
  /** Conflicting fields in which the own value was chosen, with the other value that it was chosen over. */
  chosen: Record<string, string>;
}

export interface RecordFormOptions<R extends Versioned, D extends Typed> {
  kind: RecordKind;
  /** Names the form among what is unsaved: `person:<id>`, `person:new`. */
  subject: string;
  /** The record as the screen has it now; null for a new one, and once it is gone. */
  record: R | null;
  fields: readonly FormField<D>[];
  draft: (record: R | null) => D;
  read: (typed: D) => FormRead;
  said: (typed: D) => string;
  onClose: () => void;
}

const newer = <R extends Versioned>(a: R | null, b: R | null): R | null => (a && b ? (a.version >= b.version ? a : b) : (a ?? b));

/** How often a save is sent again by itself while others save other fields of the same record. */
const tries = 5;

/**
 * A form remembers what it loaded. Saving sends only what was changed, against the version it was loaded from; what somebody else
 * changed meanwhile in other fields is merged and told, in the same field shown beside the own value until one is chosen. No live
 * update renews the base under the form.
 */
export function useRecordForm<R extends Versioned, D extends Typed>(options: RecordFormOptions<R, D>) {
  const { record, fields, draft: draftOf, read: readOf } = options;
  const draft = useDraft<Kept<R, D>>(options.subject, () => {
    const shown = draftOf(record);
    return { base: record, shown, typed: shown, chosen: {} };
  });
  const { base, shown, typed, chosen } = draft.value;
  const guarded = useGuardedSave();
  const [tried, setTried] = useState(0);
  const [fetched, setFetched] = useState<R | 'gone' | null>(null);
  const gone = base !== null && !guarded.busy && !guarded.saved && (fetched === 'gone' || record === null);
  const newest = newer(record, fetched === 'gone' ? null : fetched);
  const meanwhile = base && newest && newest.version !== base.version ? mergeFields(fields, shown, typed, draftOf(newest)) : null;
  const theirDraft = newest && meanwhile ? draftOf(newest) : null;
  const open = (merged: Merged<D>, theirs: D) =>
    merged.conflicts.filter((field) => !sameValue(chosen[field.key], JSON.stringify(field.of(theirs))));
  const conflicts = meanwhile && theirDraft ? open(meanwhile, theirDraft) : [];
  const read = readOf(typed);
  const dirty = touched(fields, shown, typed).length > 0;
  const set = (patch: Partial<D>) => draft.set({ typed: { ...typed, ...patch } });
  const leaving = useLeaving({ draft, dirty, onClose: options.onClose });

  /** What saving sends: a create, or a patch of what was changed; null when nothing was. Over `to`, the record as it stands. */
  const commandOver = (to: R | null, from: D = typed, body: Json | null = read.body): Command | null => {
    if (body === null) return null;
    const { kind } = options;
    if (base === null && to === null) return { do: 'create', kind, id: typed.id, record: body };
    if (to === null) return null;
    const changed = base === null ? fields : touched(fields, shown, from);
    const patch = patchOf(changed, body, to as unknown as Json);
    return Object.keys(patch).length === 0 ? null : { do: 'change', kind, id: to.id, version: to.version, patch };
  };

  const done = () => {
    draft.clear();
    options.onClose();
  };
  const submit = async (broken = guarded.refused) => {
    setTried((count) => count + 1);
    if (read.body === null || gone || conflicts.length > 0) return;
    const reason = broken.length > 0 ? typed.reason.trim() : '';
    if (broken.some(({ severity }) => severity === 'rule') && reason === '') return;
    let [to, from, body, merged]: [R | null, D, Json | null, Merged<D> | null] = [base, typed, read.body, null];
    for (let count = 0; count < tries; count += 1) {
      const command = commandOver(to, from, body);
      if (!command) break;
      const told = merged && to ? await toldOf(merged, draftOf(to), to.id) : undefined;
      const change = { commands: [command], said: options.said(from), ...(reason ? { reason } : {}), ...(told ? { also: told } : {}) };
      const outcome = await guarded.attempt(change, broken);
      if ('saved' in outcome) return done();
      if ('refused' in outcome) return;
      to = await theirs(outcome.stale);
      if (!to) return;
      // A create that is there already was stored by an earlier try whose answer was lost.
      merged = base ? mergeFields(fields, shown, typed, draftOf(to)) : null;
      if (merged && open(merged, draftOf(to)).length > 0) return;
      from = merged?.fields ?? typed;
      body = readOf(from).body;
    }
    done();
  };
  const theirs = async (stale: Current | null): Promise<R | null> => {
    const now = stale?.record as unknown as R | undefined;
    setFetched(now ?? (stale?.version === null ? 'gone' : null));
    return now ?? null;
  };

  const [warned, setWarned] = useState(false);
  /** Removes what was loaded; after a lost race once more, when what changed has been shown. */
  const remove = async (said: string) => {
    const at = warned ? newest : base;
    if (!at) return;
    const outcome = await guarded.attempt({ commands: [{ do: 'delete', kind: options.kind, id: at.id, version: at.version }], said });
    if ('saved' in outcome) return done();
    if (!('stale' in outcome)) return;
    await theirs(outcome.stale);
    setWarned(true);
  };

  const choose = (field: FormField<D>, whose: 'mine' | 'theirs') => {
    if (!theirDraft) return;
    if (whose === 'theirs') set(field.take(theirDraft));
    else draft.set({ chosen: { ...chosen, [field.key]: JSON.stringify(field.of(theirDraft)) } });
  };
  const told = ({ key, label, words }: FormField<D>, now: D) => ({ key, label, was: words(shown), now: words(now) });
  const frame: FormFrame = {
    guarded,
    reason: typed.reason,
    onReason: (reason) => set({ reason } as Partial<D>),
    tries: tried,
    gone,
    warned,
    kept: {
      restored: draft.restored,
      safe: draft.safe,
      again: draft.clear,
      leftBehind: draft.leftBehind as LeftBehind<unknown>[],
      take: (value) => draft.take(value as Kept<R, D>),
      about: (value) => changedWords(fields, value as Kept<R, D>),
    },
    meanwhile:
      newest && meanwhile && theirDraft
        ? {
            id: newest.id,
            theirs: meanwhile.theirs.map((field) => told(field, theirDraft)),
            conflicts: conflicts.map((field) => ({
              ...told(field, theirDraft),
              mine: field.words(typed),
              choose: (whose) => choose(field, whose),
            })),
          }
        : null,
    ...leaving,
  };
  return {
    draft,
    typed,
    /** What the fields said when the form was loaded. */
    shown,
    set,
    guarded,
    read,
    tried: tried > 0,
    /** What saving would do to the record as it stands now, for a preview. */
    command: gone ? null : commandOver(newest ?? base, meanwhile?.fields ?? typed, meanwhile ? readOf(meanwhile.fields).body : read.body),
    submit,
    remove,
    done,
    frame,
  };
}

/** What somebody else changed while the form was open. */
export interface Meanwhile {
  id: string;
  theirs: readonly { key: string; label: string; was: string; now: string }[];
  conflicts: readonly {
    key: string;
    label: string;
    was: string;
    mine: string;
    now: string;
    choose: (whose: 'mine' | 'theirs') => void;
  }[];
}

/** What the frame of a form shows and does, whatever its fields are. */
export interface FormFrame {
  guarded: GuardedSave;
  reason: string;
  onReason: (reason: string) => void;
  /** Times that saving was asked for: what stands in its way comes into view at each. */
  tries: number;
  gone: boolean;
  /** Removing met a newer record; asking again removes that. */
  warned: boolean;
  kept: {
    restored: boolean;
    safe: boolean;
    again: () => void;
    /** What closed tabs of this account left behind of the same form. */
    leftBehind: LeftBehind<unknown>[];
    take: (value: unknown) => void;
    about: (value: unknown) => string;
  };
  meanwhile: Meanwhile | null;
  /** Closes and keeps what is typed. */
  leave: () => void;
  /** Closes and throws it away. */
  cancel: () => void;
}

const changedWords = <D>(fields: readonly FormField<D>[], { shown, typed }: { shown: D; typed: D }): string =>
  touched(fields, shown, typed)
    .map((field) => `${field.label} ${field.words(typed)}`)
    .join(', ');

const ChangeSets = listOf(ChangeSetView);

/** `Helena Prado changed meanwhile, and it stays: Hours a week 12 h (was 8 h)`. */
async function toldOf<D>(merged: Merged<D>, now: D, id: string): Promise<string | undefined> {
  if (merged.theirs.length === 0) return undefined;
  const list = merged.theirs.map((field) => `${field.label} ${field.words(now)}`).join(', ');
  return `${await whoChanged(id)} changed meanwhile, and it stays: ${list}`;
}

export async function whoChanged(id: string, signal?: AbortSignal): Promise<string> {
  try {
    const { items } = await ask(ChangeSets, '/changes', { query: { limit: 1, subject: id }, signal });
    return items[0]?.by.name ?? 'Somebody';
  } catch {
    return 'Somebody';
  }
}

/** The two ways out of a form with something typed: what was typed is kept and that is said, or it is thrown away and can be brought back. */
function useLeaving<T extends object>({ draft, dirty, onClose }: { draft: Draft<T>; dirty: boolean; onClose: () => void }) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const again = () => void navigate(pathname + search, { preventScrollReset: true });
  const leave = () => {
    if (!dirty) draft.clear();
    else if (draft.safe)
      toast('What you typed is kept', { detail: 'Open the form again to go on.', action: { label: 'Open it', run: again } });
    onClose();
  };
  const cancel = () => {
    const { value } = draft;
    draft.clear();
    onClose();
    if (!dirty) return;
    const back = () => {
      draft.keep(value);
      again();
    };
    toast('What you typed is thrown away', { action: { label: 'Bring it back', run: back } });
  };
  return { leave, cancel };
}
