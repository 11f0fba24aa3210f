import { useCallback } from 'react';
import { useNavigate } from 'react-router-dom';

/** Closes a panel that has an address: back to the screen it was opened from, or to `list` when the tab began at the panel. */
export function useClose(list: string): () => void {
  const navigate = useNavigate();
  return useCallback(() => {
    // The router counts the entries of this tab in the history's state; 0 is where the tab began.
    const { idx = 0 } = (window.history.state ?? {}) as { idx?: number };
    void (idx > 0 ? navigate(-1) : navigate(list));
  }, [list, navigate]);
}
