import type { BrokenRule, Command } from '@sidekick/contracts';
import { useRef, useState } from 'react';
import type { FormFrame, Json, RecordFormOptions, Typed, Versioned } from './form-types.ts';
import { fieldError, rulesOf, useGuardedSave } from './guarded-save.ts';
import { comparable, patchOf, touched } from './three-way.ts';
import { useClosing } from './use-closing.ts';
import { useLeaving } from './use-leaving.ts';
import { keptOf, useMerging } from './use-merging.ts';
import { toldOf } from './who-changed.ts';

/** How often a save is sent again by itself while others save other fields of the same record. */
const tries = 5;
const none: BrokenRule[] = [];

/**
 * A form remembers what it loaded. Saving sends only what was changed, against the version it was loaded from; what somebody else
 * changed meanwhile in other fields is merged and told, in the same field shown beside the own value until one is chosen. No live
 * update renews the base under the form.
 */
export function useRecordForm<R extends Versioned, D extends Typed>(options: RecordFormOptions<R, D>) {
  const { kind, fields } = options;
  const merging = useMerging(options);
  const { draft, base, shown, typed, set, newest, stored, met, changed, meanwhile } = merging;
  // What was typed over a record makes no new one when that is gone.
  const isNew = options.isNew && base === null;
  const save = useGuardedSave();
  /** From the first try to the last: between two of them nothing is cancelled either. */
  const [working, setWorking] = useState(false);
  /** Whether the last try was a removal: what it breaks is asked of Remove and not of Save. */
  const [removing, setRemoving] = useState(false);
  const removal = removing ? save.refused : none;
  const guarded = { ...save, refused: removing ? none : save.refused, busy: save.busy || working };
  /** What the last try failed for, where something did. */
  const failure = useRef<unknown>(null);
  const [tried, setTried] = useState(0);
  const [removals, setRemovals] = useState(0);
  const [warned, setWarned] = useState(false);
  const read = options.read(typed);
  const mine = base === null && met === null ? fields : touched(fields, shown, typed);
  const settled = !guarded.busy && !guarded.saved;
  const gone = !isNew && settled && merging.lost;
  const { close, isOpen } = useClosing(options.onClose);
  const dirty = comparable(typed) !== comparable(shown);
  const { late, ...leaving } = useLeaving({ draft, dirty, busy: guarded.busy, onClose: close });
  const done = () => {
    draft.clear();
    close();
  };
  // The own save comes back in the lists before its answer does: until then nothing that is new is somebody else's.
  const told = useRef(meanwhile);
  if (settled) told.current = meanwhile;

  /** A create, or a patch of what was changed here, over the record as it stands; null when nothing differs or fits. */
  const commandOver = (to: R | null, body: Json | null): Command | null => {
    if (body === null) return null;
    if (to === null) return isNew ? { do: 'create', kind, id: typed.id, record: body } : null;
    const patch = patchOf(mine, body, to as unknown as Json);
    if (Object.keys(patch).length === 0) return null;
    const whole = { ...patch, ...options.beside?.(patch, to) };
    return { do: 'change', kind, id: to.id, version: to.version, patch: whole, ...options.extra?.(typed, patch) };
  };

  /** Closes the form when `work` is done; what failed behind a form that was left is told beside the screen. */
  const finish = async (work: () => Promise<boolean>, what: 'saved' | 'removed') => {
    setWorking(true);
    failure.current = null;
    const went = await work();
    if (went) done();
    else if (!isOpen()) late(what, failure.current);
    setWorking(false);
  };

  const submit = async (broken = guarded.refused) => {
    setTried((count) => count + 1);
    if (removing) guarded.reset();
    setRemoving(false);
    const reason = broken.length > 0 || options.says?.(typed) ? typed.reason.trim() : '';
    // What was typed for a removal says nothing of what saving breaks: that is asked first.
    const unsaid = rulesOf(broken).length > 0 && (reason === '' || removal.length > 0);
    // Over a record that is there meanwhile, what is blank here is no less than what stands there.
    const fits = read.body !== null || met !== null;
    if (!fits || gone || unsaid || (meanwhile?.conflicts.length ?? 0) > 0) return;
    await finish(() => saveOver(reason, broken), 'saved');
  };

  /** Saves over the loaded record, and over what others saved of other fields meanwhile. False where something stands in the way. */
  const saveOver = async (reason: string, broken: BrokenRule[]): Promise<boolean> => {
    let to = met ?? base ?? stored;
    for (let count = 0; count < tries; count += 1) {
      const over = await bodyOver(to);
      if (!over) return false;
      const { body, also } = over;
      const command = commandOver(to, body);
      if (!command) return to !== null;
      const more = to === null ? (options.more?.(typed) ?? []) : [];
      const change = {
        commands: [command, ...more],
        said: options.said(typed),
        ...(reason ? { reason } : {}),
        ...(also ? { also } : {}),
      };
      const outcome = await guarded.attempt(change, broken);
      if ('saved' in outcome) return true;
      if ('refused' in outcome) {
        failure.current = outcome.error;
        return false;
      }
      // It may be of a record that is changed beside it.
      if (more.some((one) => one.do !== 'create')) return false;
      to = merging.learn(outcome.stale);
      if (!to) return false;
    }
    return false;
  };

  /** What is typed, merged over a record that is not the loaded one, and what to tell of it; null where somebody has to look first. */
  const bodyOver = async (to: R | null): Promise<{ body: Json | null; also?: string | undefined } | null> => {
    // A create that is there already was stored by an earlier try whose answer was lost.
    if (to === base || to === null || (base === null && to.id === typed.id)) return { body: read.body };
    const { merged, now, open } = merging.over(to);
    if (open.length > 0) return null;
    const { body } = options.read(merged.fields);
    // Each side fits by itself and both together do not: the form shows both, and says at the field what is wrong.
    if (body === null) set(merged.fields);
    return body && { body, also: await toldOf(merged, now, to.id) };
  };

  /** Removes what was loaded; after a lost race once more, when what changed has been shown, and over broken rules with a reason. */
  const remove = async (said: string) => {
    const loaded = base ?? stored;
    const at = warned ? newest : met ? null : loaded;
    if (!at && !met) return;
    setRemovals((count) => count + 1);
    if (!at) return setWarned(true);
    if (!removing) guarded.reset();
    setRemoving(true);
    const reason = removal.length > 0 ? typed.reason.trim() : '';
    if (rulesOf(removal).length > 0 && reason === '') return;
    const work = async () => {
      const command = { do: 'delete' as const, kind, id: at.id, version: at.version };
      const outcome = await guarded.attempt({ commands: [command], said, ...(reason ? { reason } : {}) }, removal);
      if ('stale' in outcome) {
        merging.learn(outcome.stale);
        setWarned(true);
      }
      if ('refused' in outcome) failure.current = outcome.error;
      return 'saved' in outcome;
    };
    await finish(work, 'removed');
  };

  const frame: FormFrame = {
    guarded,
    reason: typed.reason,
    onReason: (reason) => set({ reason } as Partial<D>),
    tries: tried,
    asked: tried + removals,
    gone,
    warned,
    removal,
    kept: keptOf(merging, options),
    meanwhile: told.current,
    ...leaving,
  };
  /** What saving would do to the record as it stands now, for a preview. */
  const command = gone ? null : commandOver(newest ?? base, changed ? options.read(changed.merged.fields).body : read.body);
  /** What is wrong with a field, here or by the answer, where the server calls it by other names. */
  const wrong = (field: string, ...server: string[]): string | null =>
    (tried > 0 ? read.errors.get(field) : undefined) ??
    (server.length > 0 ? server : [field]).map((name) => fieldError(guarded.error, name)).find((message) => message !== null) ??
    null;
  return { base, shown, typed, set, guarded, read, wrong, command, submit, remove, frame, clear: () => draft.clear() };
}
