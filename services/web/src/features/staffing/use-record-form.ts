import type { Command } from '@sidekick/contracts';
import { useState } from 'react';
import type { FormFrame, Json, RecordFormOptions, Typed, Versioned } from './form-types.ts';
import { useGuardedSave } from './guarded-save.ts';
import { patchOf, touched } from './three-way.ts';
import { useLeaving } from './use-leaving.ts';
import { keptOf, useMerging } from './use-merging.ts';
import { toldOf } from './who-changed.ts';

/** How often a save is sent again by itself while others save other fields of the same record. */
const tries = 5;

/**
 * A form remembers what it loaded. Saving sends only what was changed, against the version it was loaded from; what somebody else
 * changed meanwhile in other fields is merged and told, in the same field shown beside the own value until one is chosen. No live
 * update renews the base under the form.
 */
export function useRecordForm<R extends Versioned, D extends Typed>(options: RecordFormOptions<R, D>) {
  const { kind, fields } = options;
  const merging = useMerging(options);
  const { draft, base, shown, typed, set, newest, changed, meanwhile } = merging;
  const guarded = useGuardedSave();
  const [tried, setTried] = useState(0);
  const [warned, setWarned] = useState(false);
  const read = options.read(typed);
  const mine = base === null ? fields : touched(fields, shown, typed);
  const gone = base !== null && !guarded.busy && !guarded.saved && merging.lost;
  const leaving = useLeaving({ draft, dirty: touched(fields, shown, typed).length > 0, onClose: options.onClose });
  const done = () => {
    draft.clear();
    options.onClose();
  };

  /** A create, or a patch of what was changed here, over the record as it stands; null when nothing differs. */
  const commandOver = (to: R | null, body: Json | null): Command | null => {
    if (body === null) return null;
    if (to === null) return base === null ? { do: 'create', kind, id: typed.id, record: body } : null;
    const patch = patchOf(mine, body, to as unknown as Json);
    if (Object.keys(patch).length === 0) return null;
    return { do: 'change', kind, id: to.id, version: to.version, patch, ...options.extra?.(typed, patch) };
  };

  const submit = async (broken = guarded.refused) => {
    setTried((count) => count + 1);
    const reason = broken.length > 0 ? typed.reason.trim() : '';
    const unsaid = broken.some(({ severity }) => severity === 'rule') && reason === '';
    if (read.body === null || gone || unsaid || (meanwhile?.conflicts.length ?? 0) > 0) return;
    let [to, body, also]: [R | null, Json | null, string | undefined] = [base, read.body, undefined];
    for (let count = 0; count < tries; count += 1) {
      const command = commandOver(to, body);
      if (!command) return done();
      const change = { commands: [command], said: options.said(typed), ...(reason ? { reason } : {}), ...(also ? { also } : {}) };
      const outcome = await guarded.attempt(change, broken);
      if ('saved' in outcome) return done();
      if ('refused' in outcome) return;
      to = merging.learn(outcome.stale);
      if (!to) return;
      // A create that is there already was stored by an earlier try whose answer was lost.
      if (base === null) continue;
      const { merged, now, open } = merging.over(to);
      if (open.length > 0) return;
      body = options.read(merged.fields).body;
      also = await toldOf(merged, now, to.id);
    }
  };

  /** Removes what was loaded; after a lost race once more, when what changed has been shown. */
  const remove = async (said: string) => {
    const at = warned ? newest : base;
    if (!at) return;
    const outcome = await guarded.attempt({ commands: [{ do: 'delete', kind, id: at.id, version: at.version }], said });
    if ('saved' in outcome) return done();
    if (!('stale' in outcome)) return;
    merging.learn(outcome.stale);
    setWarned(true);
  };

  const frame: FormFrame = {
    guarded,
    reason: typed.reason,
    onReason: (reason) => set({ reason } as Partial<D>),
    tries: tried,
    gone,
    warned,
    kept: keptOf(merging, fields),
    meanwhile,
    ...leaving,
  };
  /** What saving would do to the record as it stands now, for a preview. */
  const command = gone ? null : commandOver(newest ?? base, changed ? options.read(changed.merged.fields).body : read.body);
  return { base, shown, typed, set, guarded, read, tried: tried > 0, command, submit, remove, frame };
}
