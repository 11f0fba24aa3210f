import { createContext } from 'react';
import type { Cut } from './deed-keys.ts';

/** What is marked on bars for a while, beside what they are. */
export interface BarMarks {
  /** Where one would be split. */
  readonly cut: Cut | null;
}

export const BarMarks = createContext<BarMarks>({ cut: null });
