import type { AssignmentView } from '@sidekick/contracts';
import { type RefObject, useCallback, useMemo, useRef } from 'react';
import type { Records } from './bars.ts';
import { useDeedKeys } from './deed-keys.ts';
import { useMoveKeys } from './move-keys.ts';
import type { Scale } from './scale.ts';
import { useBarDrag } from './use-bar-drag.ts';
import { useDeeds } from './use-deeds.ts';
import { alongWith, type Move, useMove } from './use-move.ts';

interface Options {
  canEdit: boolean;
  records: Records | undefined;
  scale: Scale;
  today: string;
  scroller: RefObject<HTMLDivElement | null>;
  /** Moves the range shown on by so many columns; nothing while the one before is awaited. */
  onStep: (steps: number) => void;
}

/** The records with an assignment, and what goes along, standing where they are being moved to. */
function withMove(records: Records, move: Move, inOwnRow: boolean): Records {
  const { assignment, range } = move;
  const [project, person] = inOwnRow ? [] : [move.project, move.person];
  const places = new Map<string, object>(alongWith(move).map(({ one, range: along }) => [one.id, along]));
  places.set(assignment.id, { ...range, ...(project ? { project } : {}), ...(person ? { person } : {}) });
  return { ...records, assignments: records.assignments.map((one) => (places.has(one.id) ? { ...one, ...places.get(one.id) } : one)) };
}

/** Moving and stretching bars by pointer and keys, and what else is done with them, by project and by person alike; `drawn`: the records as the bars stand meanwhile. */
export function useBarMoves({ canEdit, records, scale, today, scroller, onStep }: Options) {
  const hint = useRef<HTMLDivElement>(null);
  const moving = useMove(records);
  const { move, change, drop } = moving;
  const assignment = useCallback((id: string) => records?.assignments.find((one) => one.id === id), [records]);
  /** Kept by whoever selects: what is selected moves with one of it. */
  const selected = useRef<readonly AssignmentView[]>([]);
  const withIt = useCallback(
    (id: string) => (selected.current.some((one) => one.id === id) ? selected.current.filter((one) => one.id !== id) : []),
    [],
  );
  const keys = useMoveKeys({ canEdit, scale, scroller, assignment, withIt, moving });
  const deeds = useDeeds();
  const deedKeys = useDeedKeys({ canEdit, records, scale, today, scroller, run: deeds.run });
  // Under the pointer the bar follows by itself and rows keep their heights; let go, or moved by keys, it is drawn where it would be.
  // Once the range shown goes along, its own place may be out of sight: then too it is drawn where it would be, in its own row.
  const moved = move && (move.dropped || keys.active || move.carried) ? move : null;
  const inOwnRow = moved !== null && !moved.dropped && !keys.active;
  const drawn = useMemo(() => (records && moved ? withMove(records, moved, inOwnRow) : records), [records, moved, inOwnRow]);
  const drag = useBarDrag({
    enabled: canEdit,
    scale,
    scroller,
    assignment,
    withIt,
    onChange: change,
    onDrop: (end) => void drop(end),
    onEdge: onStep,
    hint,
  });
  return { hint, moving, keys, deeds, deedKeys, drag, drawn, selected };
}
