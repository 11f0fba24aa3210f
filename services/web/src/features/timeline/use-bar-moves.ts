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
}

/** The records with an assignment, and what goes along, standing where they are being moved to. */
function withMove(records: Records, move: Move): Records {
  const { assignment, range, project, person } = move;
  const places = new Map<string, object>(alongWith(move).map(({ one, range: along }) => [one.id, along]));
  places.set(assignment.id, { ...range, ...(project ? { project } : {}), ...(person ? { person } : {}) });
  return { ...records, assignments: records.assignments.map((one) => (places.has(one.id) ? { ...one, ...places.get(one.id) } : one)) };
}

/** Moving and stretching bars by pointer and keys, and what else is done with them, by project and by person alike; `drawn`: the records as the bars stand meanwhile. */
export function useBarMoves({ canEdit, records, scale, today, scroller }: Options) {
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
  const moved = move && (move.dropped || keys.active) ? move : null;
  const drawn = useMemo(() => (records && moved ? withMove(records, moved) : records), [records, moved]);
  const drag = useBarDrag({
    enabled: canEdit,
    scale,
    scroller,
    assignment,
    withIt,
    onChange: change,
    onDrop: (end) => void drop(end),
    hint,
  });
  return { hint, moving, keys, deeds, deedKeys, drag, drawn, selected };
}
