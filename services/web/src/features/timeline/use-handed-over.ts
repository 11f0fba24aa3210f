import { useEffect, useRef } from 'react';
import type { AssignDraft } from './assign-draft.ts';
import type { PlaceDraft } from './place-draft.ts';

/**
 * What stands in the form of an assignment or of an open place, as it is typed, and goes along to the other. The note of a place is
 * for managers alone, so that it is none of the assignment.
 */
export interface HandedOver {
  range: string;
  hours: string;
  assignment?: Pick<AssignDraft, 'person' | 'state' | 'note' | 'reason'>;
  place?: Pick<PlaceDraft, 'skills' | 'note'>;
}

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
