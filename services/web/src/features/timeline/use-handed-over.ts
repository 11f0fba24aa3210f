import { useEffect, useRef } from 'react';
import type { HandedOver } from './assign-draft.ts';

/** Puts what was typed in another form into one that opens in its place, where it is kept like what is typed there. */
export function useHandedOver(handed: HandedOver | null, put: (handed: HandedOver) => void): void {
  const latest = useRef(put);
  latest.current = put;
  const first = useRef(handed);
  useEffect(() => {
    if (first.current) latest.current(first.current);
    first.current = null;
  }, []);
}
