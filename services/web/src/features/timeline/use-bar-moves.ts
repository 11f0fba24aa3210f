import { type RefObject, useCallback, useMemo, useRef } from 'react';
import type { Records } from './bars.ts';
import { useMoveKeys } from './move-keys.ts';
import type { Scale } from './scale.ts';
import { useBarDrag } from './use-bar-drag.ts';
import { type Move, useMove } from './use-move.ts';

interface Options {
  canEdit: boolean;
  records: Records | undefined;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
}

/** The records with one assignment standing where it is being moved to. */
function withMove(records: Records, { assignment, range, project = assignment.project }: Move): Records {
  return { ...records, assignments: records.assignments.map((one) => (one.id === assignment.id ? { ...one, ...range, project } : one)) };
}

/** Moving and stretching bars by pointer and keys, by project and by person alike; `drawn`: the records as the bars stand meanwhile. */
export function useBarMoves({ canEdit, records, scale, scroller }: Options) {
  const hint = useRef<HTMLDivElement>(null);
  const moving = useMove(records);
  const { move, change, drop } = moving;
  const assignment = useCallback((id: string) => records?.assignments.find((one) => one.id === id), [records]);
  const keys = useMoveKeys({ canEdit, scale, scroller, assignment, moving });
  // Under the pointer the bar follows by itself and rows keep their heights; let go, or moved by keys, it is drawn where it would be.
  const moved = move && (move.dropped || keys.active) ? move : null;
  const drawn = useMemo(() => (records && moved ? withMove(records, moved) : records), [records, moved]);
  const drag = useBarDrag({ enabled: canEdit, scale, scroller, assignment, onChange: change, onDrop: (end) => void drop(end), hint });
  return { hint, moving, keys, drag, drawn };
}
