import { useLocation, useNavigate } from 'react-router-dom';
import { toast } from '../../ui/toast.tsx';
import type { Draft } from './draft.ts';

/** The two ways out of a form with something typed: what was typed is kept and that is said, or it is thrown away and can be brought back. */
export function useLeaving<T extends object>({ draft, dirty, onClose }: { draft: Draft<T>; dirty: boolean; onClose: () => void }) {
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
