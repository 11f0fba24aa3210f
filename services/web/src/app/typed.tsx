import { useCallback, useRef, useState } from 'react';
import { Button } from '../ui/button.tsx';
import { toast } from '../ui/toast.tsx';
import { OrphanedDraftNote } from './orphaned-drafts.tsx';
import { type OrphanedDraft, useUnsaved } from './unsaved.ts';

export interface Typed<T> {
  value: T;
  set: (patch: Partial<T>) => void;
  /** Forgets what was typed, after it was sent; the form begins again with `next`. */
  clear: (next?: T) => void;
  /** Leaves the form: what was typed stays kept, and that is said. */
  leave: () => void;
  /** Throws what was typed away, which can be undone, and leaves the form. */
  cancel: () => void;
  /** The same without leaving it. */
  startAgain: () => void;
  /** Something typed earlier stands in the form. */
  restored: boolean;
  /** False when the browser has no room to keep what is typed. */
  safe: boolean;
  orphanedDrafts: OrphanedDraft<T>[];
}

interface Options<T> {
  close?: () => void;
  /** Whether something is typed; without it, whether it is another than the form began with. */
  dirty?: (value: T) => boolean;
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'list' : typeof value);
/** What an earlier release of a form kept may lack what is new. */
const isLike = (value: unknown, like: object): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(like).every(([name, inner]) => {
    const own = (value as Record<string, unknown>)[name];
    return name in value && (own === null || inner === null || kindOf(own) === kindOf(inner));
  });

/**
 * State of a small form, mostly in a dialog, kept as `useUnsaved` keeps it until it is sent or thrown away. Secrets do not belong
 * in it. Use it below `<Guard>`.
 */
export function useTyped<T extends object>(subject: string, initial: T, { close, dirty }: Options<T> = {}): Typed<T> {
  const [begun, setBegun] = useState(initial);
  const fits = useCallback((value: unknown): value is T => isLike(value, begun), [begun]);
  const { kept, keep, drop, orphanedDrafts } = useUnsaved<T>(subject, { fits });
  const [value, setValue] = useState(kept?.value ?? begun);
  const [restored, setRestored] = useState(kept !== null);
  const [safe, setSafe] = useState(true);
  const latest = useRef(value);
  const put = (next: T) => {
    latest.current = next;
    setValue(next);
    setSafe(keep(next));
  };
  const clear = (next = begun) => {
    drop();
    latest.current = next;
    setBegun(next);
    setValue(next);
    setRestored(false);
  };
  const isDirty = () => dirty?.(latest.current) ?? JSON.stringify(latest.current) !== JSON.stringify(begun);
  const startAgain = () => {
    const [thrown, was] = [latest.current, isDirty()];
    clear();
    if (was) toast('What you typed is thrown away', { action: { label: 'Undo', run: () => put(thrown) } });
  };
  const leave = () => {
    if (!isDirty()) drop();
    else if (safe) toast('What you typed is kept', { detail: 'Open it again to go on.' });
    close?.();
  };
  const cancel = () => {
    startAgain();
    close?.();
  };
  return { value, set: (patch) => put({ ...latest.current, ...patch }), clear, leave, cancel, startAgain, restored, safe, orphanedDrafts };
}

/** Says that what was typed before is back, was left behind by a closed tab, or cannot be kept. */
export function TypedNote<T extends object>({ typed, about }: { typed: Typed<T>; about?: (value: T) => string }) {
  return (
    <>
      <OrphanedDraftNote texts={typed.orphanedDrafts} take={typed.set} {...(about && { about })} />
      {typed.restored && (
        <div className="conf" role="status">
          <span>What you typed before is back.</span>
          <Button onClick={typed.startAgain}>Start again</Button>
        </div>
      )}
      {!typed.safe && (
        <div className="conf bad0" role="status">
          <span>This browser has no room to keep what you type.</span>
        </div>
      )}
    </>
  );
}
