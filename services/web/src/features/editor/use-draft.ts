import { useRef, useState } from 'react';
import { useIsMounted } from '../../app/is-mounted.ts';
import type { Unsaved } from '../../app/unsaved.ts';
import { toast } from '../../ui/toast.tsx';
import { asDraft, type Base, type Draft, differs, type Fields } from './draft.ts';

type Given = Partial<Fields> | ((fields: Fields) => Partial<Fields>);

/** What is being written. */
export interface DraftInHand {
  now: Draft;
  /** Also for what comes back later than the next key, such as an upload. */
  latest: () => Draft;
  /** When it was written, where it was found again. */
  found: string | null;
  /** False when the browser has no room to keep it. */
  room: boolean;
  /** False once the form was left: nothing is written into what it kept, which may be another form's by now. */
  change: (given: Given) => boolean;
  /** Puts another draft in its place. */
  put: (draft: Draft) => boolean;
  discard: () => void;
  /** Goes on from what is stored by now: what `fields` say else is unsaved. */
  rebase: (fields: Fields, stored: Fields, base: Base) => void;
}

/**
 * What is written, kept on every change, with what it began from: that stays, whatever is saved by others meanwhile. A new page's
 * path follows its title by `pathFor` until somebody writes another.
 */
export function useDraft(unsaved: Unsaved<Draft>, first: () => Draft, pathFor?: (title: string) => string): DraftInHand {
  const [begun, setBegun] = useState(first);
  const [kept] = useState(() => {
    const before = unsaved.kept && { at: unsaved.kept.at, draft: asDraft(unsaved.kept.value, begun.id) };
    return before && differs(before.draft.fields, begun.fields) ? before : null;
  });
  const [now, setNow] = useState<Draft>(kept?.draft ?? begun);
  const [found, setFound] = useState(kept?.at ?? null);
  const [room, setRoom] = useState(true);
  const here = useIsMounted();
  const latest = useRef(now);
  const show = (next: Draft) => {
    latest.current = next;
    setNow(next);
  };
  const put = (next: Draft) => {
    if (!here()) return false;
    show(next);
    setRoom(unsaved.keep(next));
    return true;
  };
  const change = (given: Given) => {
    const { fields } = latest.current;
    const patch = typeof given === 'function' ? given(fields) : given;
    const follows = pathFor && patch.title !== undefined && fields.path === pathFor(fields.title);
    return put({ ...latest.current, fields: { ...fields, ...patch, ...(follows && { path: pathFor(patch.title ?? '') }) } });
  };
  const discard = () => {
    const thrown = latest.current;
    unsaved.drop();
    setFound(null);
    show(begun);
    toast('Thrown away', { action: { label: 'Undo', run: () => put(thrown) || unsaved.setAside(thrown) } });
  };
  const rebase = (fields: Fields, stored: Fields, base: Base) => {
    const clean = { ...latest.current, fields: stored, base, chosen: [] };
    setBegun(clean);
    setFound(null);
    if (differs(fields, stored)) return void put({ ...clean, fields });
    unsaved.drop();
    show(clean);
  };
  return { now, latest: () => latest.current, found, room, change, put, discard, rebase };
}
