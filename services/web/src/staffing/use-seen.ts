import { useState } from 'react';
import { useUnsaved } from '../app/unsaved.ts';

interface Opened {
  kind: 'person' | 'project' | 'assignment' | 'leave' | 'team' | 'rate' | 'opening';
  /** Null where no record is opened. */
  id: string | null;
  there: boolean;
  /** The records are here and nothing newer is on its way. */
  loaded: boolean;
}

/**
 * Whether the form of a record opens: the record is there, or was at any time since its id was opened, or something typed of it is
 * kept, which stays to be copied when somebody else removed the record.
 */
export function useSeen({ kind, id, there, loaded }: Opened): boolean {
  const [seen, setSeen] = useState<string | null>(null);
  const { kept, orphanedDrafts } = useUnsaved(`${kind}:${id ?? ''}`);
  const typed = loaded && (kept !== null || orphanedDrafts.length > 0);
  if (id !== null && (there || typed) && seen !== id) setSeen(id);
  return there || (id !== null && seen === id);
}
