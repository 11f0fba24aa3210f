import { useEffect, useState } from 'react';

/** Gives the focus back to what had it before, once a panel is gone: ours are unmounted, never closed, so Mantine does not. */
export function useFocusReturn(): void {
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const left = document.activeElement;
      if ((left === document.body || left === null) && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
    },
    [opener],
  );
}
