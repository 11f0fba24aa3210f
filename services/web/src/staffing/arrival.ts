import { useEffect } from 'react';
import { useLocation } from 'react-router-dom';

/** Brings a part of a page into view once it is there, where the address names it: `/projects/<id>#money`. */
export function useArrival(id: string, ready: boolean): void {
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same address once more arrives once more
  useEffect(() => {
    if (ready && hash === `#${id}`) document.getElementById(id)?.scrollIntoView?.({ block: 'start' });
  }, [id, ready, hash, key]);
}
