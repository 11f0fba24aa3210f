import { useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { useSession } from './session.tsx';
import { livingTabs, tabId } from './tab.ts';
import { ulid } from './ulid.ts';

const prefix = 'sidekick-unsaved:';
/** How texts were kept before they belonged to an account: whose they are is not known, so nobody may be shown them. */
const ownerless = 'sidekick-draft:';
/** Days that a text is kept after its last change: by then its record is answered or gone, and others need the room. */
export const keptDays = 90;

interface Kept<T> {
  /** ISO instant of the last change. */
  at: string;
  value: T;
}
interface Place {
  account: string;
  tab: string;
  subject: string;
}

export interface OrphanedDraft<T> extends Kept<T> {
  id: string;
  /**
   * Moves it to this tab and answers it; what this tab had kept takes its place. Null when another tab was faster, or when what
   * stands in the form could not be kept and would be lost.
   */
  take: () => T | null;
  /** Throws it away; the answer brings it back. */
  discard: () => () => void;
}

export interface Unsaved<T> {
  /** What this tab kept of the subject before this form opened; null: nothing. */
  kept: Kept<T> | null;
  /** Call it on every change. False when the browser has no room or no storage: say so. */
  keep: (value: T) => boolean;
  /** Call it when the text was saved or thrown away. Forgets this tab's text alone; with `only`, not what was typed after that. */
  drop: (only?: T) => void;
  /** Keeps a text beside this tab's own: it is offered in `orphanedDrafts` from then on. False when there is no room for it. */
  setAside: (value: T) => boolean;
  /** Texts of tabs that are closed, newest first. */
  orphanedDrafts: OrphanedDraft<T>[];
}

export interface UnsavedOptions<T> {
  /** Texts of all subjects that begin with this are offered as left behind, such as `new:` for pages not yet made. */
  group?: string;
  /** Whether what an older version of the form kept still fits; what does not is not offered. */
  fits?: (value: unknown) => value is T;
}

const keyOf = ({ account, tab, subject }: Place) => `${prefix}${account}:${tab}:${subject}`;

function placeOf(key: string): Place | null {
  const [, account, tab, subject] = /^sidekick-unsaved:([^:]*):([^:]*):(.*)$/s.exec(key) ?? [];
  return account !== undefined && tab !== undefined && subject !== undefined ? { account, tab, subject } : null;
}

function read<T>(key: string, fits: UnsavedOptions<T>['fits']): Kept<T> | null {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null') as Kept<T> | null;
    return kept && typeof kept.at === 'string' && (fits?.(kept.value) ?? true) ? kept : null;
  } catch {
    return null;
  }
}

/** Called when this tab begins to keep something, or keeps it no more. */
const listeners = new Set<() => void>();
const tellListeners = () => {
  for (const listener of listeners) listener();
};

function write(key: string, kept: Kept<unknown>): boolean {
  try {
    const first = localStorage.getItem(key) === null;
    localStorage.setItem(key, JSON.stringify(kept));
    if (first) tellListeners();
    return true;
  } catch {
    return false;
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key);
    tellListeners();
  } catch {
    // Without storage there is nothing to remove.
  }
}

function keys(): string[] {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}

/** Clears away what nobody may be shown and what has not been touched for `keptDays`, so that there is room for what is typed now. */
export function tidyUnsaved(now = Date.now()): void {
  const oldest = new Date(now - keptDays * 86_400_000).toISOString();
  const expired = (key: string) => placeOf(key) !== null && (read(key, undefined)?.at ?? '') < oldest;
  for (const key of keys()) if (key.startsWith(ownerless) || expired(key)) remove(key);
}

/** Puts what stands at `from` to `to`, and what stood there to `from`. Nothing changes when there is no room for it. */
function swap(from: string, to: string): boolean {
  try {
    const moved = localStorage.getItem(from);
    const other = localStorage.getItem(to);
    if (moved === null) return false;
    // Removed first, so that a full storage has the room: what was removed always fits again.
    localStorage.removeItem(from);
    localStorage.setItem(to, moved);
    if (other !== null) localStorage.setItem(from, other);
    return true;
  } catch {
    return false;
  }
}

/**
 * Unsaved text of a form, kept in this browser until it is saved. It belongs to the account that is signed in, to `subject`
 * (what is edited, such as `page:<id>` or `assignment:<id>`) and to this tab: it outlasts reloads, ended sessions and restarts,
 * nobody else who signs in here is shown it, and no other tab writes over it or drops it.
 *
 * Begin the form's state with `kept?.value`, `keep` on every change, `drop` on success or when the person throws it away, and
 * list `orphanedDrafts` above the form (`<LeftBehindNote>`). Use it below `<Guard>`, where the account is known: before that nothing
 * is read or kept. Keep with the value whatever it was based on, such as the record's version.
 */
export function useUnsaved<T>(subject: string, options: UnsavedOptions<T> = {}): Unsaved<T> {
  const account = useSession().me?.account ?? null;
  const { group = null, fits } = options;
  const place = account === null ? null : keyOf({ account, tab: tabId(), subject });
  const [opened, setOpened] = useState({ place, kept: place === null ? null : read(place, fits) });
  if (opened.place !== place) setOpened({ place, kept: place === null ? null : read(place, fits) });
  /** What was typed last found no room. */
  const unkept = useRef(false);
  const keep = useCallback(
    (value: T) => {
      const kept = place !== null && write(place, { at: new Date().toISOString(), value });
      unkept.current = !kept;
      return kept;
    },
    [place],
  );
  const drop = useCallback(
    (only?: T) => {
      if (place === null) return;
      if (only !== undefined && !unkept.current && JSON.stringify(read(place, fits)?.value) !== JSON.stringify(only)) return;
      unkept.current = false;
      remove(place);
    },
    [place, fits],
  );
  const { orphanedDrafts, look } = useLeftBehind(place, group, fits, unkept);
  const setAside = useCallback(
    (value: T) => {
      const aside = account === null ? null : keyOf({ account, tab: ulid(), subject });
      const kept = aside !== null && write(aside, { at: new Date().toISOString(), value });
      look();
      return kept;
    },
    [account, subject, look],
  );
  return { kept: opened.kept, keep, drop, setAside, orphanedDrafts };
}

/** Of which subjects that begin with `group` something unsaved is kept that their form would show: by this tab, or by a closed one. */
export function useKeptSubjects(group: string): ReadonlySet<string> {
  const account = useSession().me?.account ?? null;
  const [living, setLiving] = useState<ReadonlySet<string> | null>(null);
  const [, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let here = true;
    const look = () => void livingTabs().then((tabs) => here && setLiving(tabs));
    look();
    listeners.add(again);
    window.addEventListener('storage', look);
    window.addEventListener('focus', look);
    return () => {
      here = false;
      listeners.delete(again);
      window.removeEventListener('storage', look);
      window.removeEventListener('focus', look);
    };
  }, []);
  const subjects = keys().flatMap((key) => {
    const at = placeOf(key);
    const shown = at?.account === account && (at.tab === tabId() || living?.has(at.tab) === false);
    return shown && at.subject.startsWith(group) ? [at.subject] : [];
  });
  return new Set(subjects);
}

function useLeftBehind<T>(
  place: string | null,
  group: string | null,
  fits: UnsavedOptions<T>['fits'],
  unkept: { readonly current: boolean },
) {
  const [found, setFound] = useState<(Kept<T> & { key: string })[]>([]);
  const look = useCallback(async () => {
    const own = place === null ? null : placeOf(place);
    if (own === null || place === null) return setFound([]);
    const living = await livingTabs();
    const left = keys().filter((key) => {
      const at = placeOf(key);
      if (key === place || at?.account !== own.account) return false;
      const same = at.subject === own.subject || (group !== null && at.subject.startsWith(group));
      return same && (at.tab === own.tab || !living.has(at.tab));
    });
    const texts = left.flatMap((key) => {
      const kept = read(key, fits);
      return kept ? [{ ...kept, key }] : [];
    });
    setFound(texts.sort((a, b) => b.at.localeCompare(a.at)));
  }, [place, group, fits]);
  useEffect(() => {
    const again = () => void look();
    again();
    // Another tab took or threw away one of them, or a tab was closed while this one was behind it.
    window.addEventListener('storage', again);
    window.addEventListener('focus', again);
    return () => {
      window.removeEventListener('storage', again);
      window.removeEventListener('focus', again);
    };
  }, [look]);
  const orphanedDrafts = found.map(
    ({ key, ...kept }): OrphanedDraft<T> => ({
      ...kept,
      id: key,
      take: () => {
        const taken = place !== null && !unkept.current && swap(key, place) ? read(place, fits) : null;
        void look();
        return taken === null ? null : taken.value;
      },
      discard: () => {
        remove(key);
        void look();
        return () => {
          write(key, kept);
          void look();
        };
      },
    }),
  );
  return { orphanedDrafts, look: useCallback(() => void look(), [look]) };
}
