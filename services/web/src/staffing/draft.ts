import { useCallback, useState } from 'react';
import { useSession } from '../app/session.tsx';
import { type OrphanedDraft, useUnsaved } from '../app/unsaved.ts';

export interface Draft<T> {
  value: T;
  set: (patch: Partial<T>) => void;
  /** Something typed earlier stands in the form. */
  restored: boolean;
  /** Forgets what was typed: after a save, or when told to. With `only`, not what another form of the subject has typed after that. */
  clear: (only?: T) => void;
  /** Keeps it again, for somebody who threw it away too soon; a form that is still open shows it. */
  keep: (value: T) => void;
  orphanedDrafts: OrphanedDraft<T>[];
  take: (value: T) => void;
  /** False when the browser has no room to keep what is typed. */
  safe: boolean;
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
/** What an older version of a form kept lacks a key, or has a list where a text was: it is not offered. */
export const fitsLike = (value: unknown, like: unknown): boolean =>
  isObject(like) && !Array.isArray(like)
    ? isObject(value) && Object.entries(like).every(([key, inner]) => key in value && fitsLike((value as never)[key], inner))
    : like === null || value === null || (typeof value === typeof like && Array.isArray(value) === Array.isArray(like));

interface DraftOptions<T> {
  /** Texts of all subjects that begin with this are offered as left behind. */
  group?: string | undefined;
  /** Whether what was kept fits this form, which began with `like`. */
  fits?: (value: unknown, like: T) => boolean;
  /** Whether nothing of it is typed: then nothing is kept. */
  clean?: (value: T) => boolean;
}

/**
 * State of a form that outlives its closing, a reload and the end of the session: opened again under the same subject by the same
 * account in the same tab, what was typed is still there. What it began with is made once, and no newer record changes it.
 */
export function useDraft<T extends object>(subject: string, initial: () => T, options: DraftOptions<T> = {}): Draft<T> {
  const { group, fits: fitsHere = fitsLike, clean } = options;
  const of = `${useSession().me?.account ?? ''} ${subject}`;
  const [first, setFirst] = useState(() => ({ of, value: initial() }));
  if (first.of !== of) setFirst({ of, value: initial() });
  const [like] = useState(first.value);
  const fits = useCallback((value: unknown): value is T => fitsHere(value, like), [fitsHere, like]);
  const unsaved = useUnsaved<T>(subject, group === undefined ? { fits } : { fits, group });
  const [typed, setTyped] = useState<{ of: string; value: T } | null>(null);
  const [safe, setSafe] = useState(true);
  const own = typed?.of === of ? typed.value : null;
  const value = own ?? unsaved.kept?.value ?? first.value;
  const { keep: write, drop } = unsaved;
  const keep = (next: T) => {
    setTyped({ of, value: next });
    const isClean = clean?.(next) ?? false;
    if (isClean) drop();
    setSafe(isClean || write(next));
  };
  const latest = { current: value };
  const set = (patch: Partial<T>) => {
    latest.current = { ...latest.current, ...patch };
    keep(latest.current);
  };
  const clear = (only?: T) => {
    drop(only);
    setTyped({ of, value: initial() });
  };
  const take = (next: T) => setTyped({ of, value: next });
  return { value, set, restored: own === null && unsaved.kept !== null, clear, keep, orphanedDrafts: unsaved.orphanedDrafts, take, safe };
}
