import { useState } from 'react';

/** Whether the record of this id was there at any time since the id was opened: its form stays when somebody else removes it. */
export function useSeen(id: string | null, there: boolean): boolean {
  const [seen, setSeen] = useState<string | null>(null);
  if (id !== null && there && seen !== id) setSeen(id);
  return there || (id !== null && seen === id);
}
