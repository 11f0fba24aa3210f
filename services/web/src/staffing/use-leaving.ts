import { useLocation, useNavigate } from 'react-router-dom';
import { becameOf } from '../api/ask.ts';
import { useStillMe } from '../app/session.tsx';
import { toast } from '../ui/toast.tsx';
import type { Draft } from './draft.ts';

/** Says that what was typed is gone, with the way back. */
export const saidThrownAway = (back: () => void) =>
  toast('What you typed is thrown away', { action: { label: 'Bring it back', run: back } });

interface Options<T> {
  draft: Draft<T>;
  dirty: boolean;
  /** A save is under way: it can be left, as its answer says what became of it, and not be cancelled. */
  busy: boolean;
  onClose: () => void;
}

/** The two ways out of a form with something typed: what was typed is kept and that is said, or it is thrown away and can be brought back. */
export function useLeaving<T extends object>({ draft, dirty, busy, onClose }: Options<T>) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const again = () => void navigate(pathname + search, { preventScrollReset: true });
  const open = { label: 'Open it', run: again };
  const leave = () => {
    if (!dirty && !busy) draft.clear();
    else if (draft.safe && !busy) toast('What you typed is kept', { detail: 'Open the form again to go on.', action: open });
    onClose();
  };
  const stillMe = useStillMe();
  /** For a form that was left before its answer came; by another account's sign-in it is left too, which says so itself. */
  const late = (what: 'saved' | 'removed' | 'handed over', error: unknown, detail?: string) => {
    const text = becameOf(error, `This was not ${what}: open it to try again`, `this was ${what}: open it to see`);
    return stillMe() && toast(text, { tone: 'bad', action: open, ...(detail ? { detail } : {}) });
  };
  const cancel = () => {
    if (busy) return;
    const { value } = draft;
    draft.clear();
    onClose();
    if (!dirty) return;
    const back = () => {
      draft.keep(value);
      again();
    };
    saidThrownAway(back);
  };
  return { leave, cancel, late };
}
