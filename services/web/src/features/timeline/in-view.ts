import { createContext, useContext, useMemo } from 'react';
import type { Span } from './geometry.ts';

/** The weeks whose cells are in the document: those in view and some beyond. */
export interface WeeksInView {
  readonly from: number;
  readonly to: number;
}

export const InView = createContext<WeeksInView>({ from: 0, to: Number.POSITIVE_INFINITY });

type Placed = Pick<Span, 'left' | 'width'>;

/** Of cells in their order those in view, and the outermost, to which Home and End go; with their numbers in the whole line. */
export function useInView<T extends Placed>(cells: readonly T[]): readonly { readonly cell: T; readonly at: number }[] {
  const { from, to } = useContext(InView);
  return useMemo(() => {
    const isSeen = ({ left, width }: Placed, at: number) => at === 0 || at === cells.length - 1 || (left < to && left + width > from);
    return cells.map((cell, at) => ({ cell, at })).filter(({ cell, at }) => isSeen(cell, at));
  }, [cells, from, to]);
}
