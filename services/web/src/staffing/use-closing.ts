import { useEffect, useRef } from 'react';

/** Closes a panel once: an answer that comes after it was closed or left must not close what is open by then. */
export function useClosing(onClose: () => void): { close: () => void; isOpen: () => boolean } {
  const open = useRef(true);
  useEffect(() => {
    open.current = true;
    return () => {
      open.current = false;
    };
  }, []);
  const close = () => {
    if (!open.current) return;
    open.current = false;
    onClose();
  };
  return { close, isOpen: () => open.current };
}
