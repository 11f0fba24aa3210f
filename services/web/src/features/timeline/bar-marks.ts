import { createContext } from 'react';
import type { Cut } from './deed-keys.ts';

/** What is marked on bars for a while, beside what they are. */
export interface BarMarks {
  /** Where one would be split. */
  readonly cut: Cut | null;
  /** Assignments that are selected. */
  readonly selected: ReadonlySet<string>;
}

export const BarMarks = createContext<BarMarks>({ cut: null, selected: new Set() });
