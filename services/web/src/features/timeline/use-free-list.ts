import { type MouseEvent, type PointerEvent, type RefObject, useCallback, useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { speak } from '../../staffing/speak.ts';
import type { Records } from './bars.ts';
import type { Placing } from './placing.ts';
import type { Scale } from './scale.ts';
import type { Drawn } from './slice.ts';
import { dayUnder, placed, useDragIn } from './use-drag-in.ts';
import type { PlacingState } from './use-placing.ts';

interface Options {
  canEdit: boolean;
  by: 'project' | 'person';
  records: Records | undefined;
  timeline: Drawn | undefined;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
  placing: PlacingState;
}

/**
 * The list beside the grid from which people are put on projects, or projects on people: by pointer, or held by Enter or a click until a
 * row and a week are chosen. What is chosen opens in the form.
 */
export function useFreeList({ canEdit, by, records, timeline, scale, scroller, placing }: Options) {
  const [params, patch] = useAddress();
  const isOpen = canEdit && params.get('pick') === '1';
  const [chosen, setHeld] = useState<string | null>(null);
  const held = isOpen ? chosen : null;
  const open = useCallback(
    ({ project, person, from, to }: Placing) => {
      setHeld(null);
      patch({ add: project ?? '', who: person, days: `${from} ${to}`, cell: null });
    },
    [patch],
  );
  const drag = useDragIn({ by, scale, timeline, scroller, placing, onDrop: open });
  const nameFor = (id: string) => (by === 'project' ? nameOf(id, records?.people ?? new Map()) : records?.projects.get(id)?.name) ?? '';
  const hold = (id: string, event: MouseEvent<HTMLElement>) => {
    if (drag.justDragged()) return;
    if (id === held) return letGo();
    setHeld(id);
    speak(`${nameFor(id)}: choose a ${by === 'project' ? 'project' : 'person'} and a week. Enter assigns, Escape lets go.`);
    // By key: on with the arrows from the grid.
    if (event.detail === 0) scroller.current?.focus();
  };
  const letGo = () => {
    setHeld(null);
    speak('Let go');
  };
  /** Puts what is held on the row and week that are clicked; false where nothing is held or no row is. */
  const onClick = (event: MouseEvent<HTMLElement>): boolean => {
    const target = event.target as HTMLElement;
    const row = held === null ? null : target.closest<HTMLElement>(`.row[data-${by}]`);
    const [over, track, cell] = [row?.dataset[by], target.closest<HTMLElement>('.tr'), target.closest<HTMLElement>('[data-c]')];
    // An empty place is drawn over instead.
    if (held === null || !over || !track || !cell || !timeline || !scroller.current) return false;
    const column = scale.columns[Number(cell.dataset['c'])];
    const day = (event.detail === 0 ? null : dayUnder(track, event.clientX, scroller.current, scale)) ?? column?.from;
    if (!day) return false;
    open(placed(by, over, held, day, scale, timeline));
    return true;
  };
  const onKeyDown = (event: { key: string; preventDefault: () => void }): boolean => {
    if (held === null || event.key !== 'Escape') return false;
    event.preventDefault();
    letGo();
    return true;
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>, id: string) => drag.onPointerDown(event, id);
  /** Who or what is held, which with this is no longer. */
  const release = () => {
    setHeld(null);
    return held;
  };
  return { isOpen, held, hold, release, onClick, onKeyDown, onPointerDown, nameFor };
}
export type FreeList = ReturnType<typeof useFreeList>;
