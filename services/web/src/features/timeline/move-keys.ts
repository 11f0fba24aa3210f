import type { AssignmentView } from '@sidekick/contracts';
import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import { dayRange } from '../../staffing/format.ts';
import { speak } from '../../staffing/speak.ts';
import { closedRange, dragged, type Range } from './geometry.ts';
import type { Scale } from './scale.ts';
import type { useMove } from './use-move.ts';

interface Options {
  canEdit: boolean;
  scale: Scale;
  scroller: RefObject<HTMLDivElement | null>;
  assignment: (id: string) => AssignmentView | undefined;
  /** What goes along with a bar that is picked up. */
  withIt: (id: string) => readonly AssignmentView[];
  moving: ReturnType<typeof useMove>;
}

/**
 * Every drag by keys, on the bar that has the focus: `m` picks it up, left and right move it a week (with Shift a day; where columns are
 * days the other way round), Enter saves, Escape puts it back; `[` and `]` pull its end in and out by a week or day, `{` and `}` its start.
 */
export function useMoveKeys({ canEdit, scale, scroller, assignment, withIt, moving }: Options) {
  const [active, setActive] = useState<{ id: string; days: number } | null>(null);
  const { move, put } = moving;
  useEffect(() => {
    if (scroller.current) scroller.current.dataset['keys'] = active ? 'off' : 'on';
  }, [active, scroller]);
  useEffect(() => {
    if (!active || assignment(active.id)) return;
    put();
    setActive(null);
  }, [active, assignment, put]);
  const end = () => setActive(null);
  const putBack = () => {
    put();
    end();
    speak('Put back');
  };
  const steer = (event: KeyboardEvent<HTMLElement>, held: AssignmentView, days: number): boolean => {
    if (event.key === 'Escape') putBack();
    else if (event.key === 'Enter') {
      end();
      if (move && days !== 0) void moving.drop(move);
      else put();
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const next = days + (event.shiftKey ? scale.shift : scale.step) * (event.key === 'ArrowLeft' ? -1 : 1);
      const range = dragged(held, 'move', next);
      setActive({ id: held.id, days: next });
      moving.change({ assignment: held, range, others: withIt(held.id) });
      speak(dayRange(range.from, range.to));
    } else return false;
    event.preventDefault();
    return true;
  };
  const stretch = (event: KeyboardEvent<HTMLElement>, held: AssignmentView): boolean => {
    const steps = new Map<string, ['start' | 'end', number]>([
      ['[', ['end', -scale.step]],
      [']', ['end', scale.step]],
      ['{', ['start', -scale.step]],
      ['}', ['start', scale.step]],
    ]);
    const step = steps.get(event.key);
    if (!step) return false;
    const from: Range = step[0] === 'end' ? closedRange(held, scale) : held;
    void moving.drop({ assignment: held, range: dragged({ from: from.from, to: from.to }, step[0], step[1]) });
    event.preventDefault();
    return true;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (!canEdit || event.ctrlKey || event.metaKey || event.altKey) return false;
    const held = assignment((event.target as HTMLElement).dataset['bar'] ?? '');
    if (!held) return false;
    if (active?.id === held.id) return steer(event, held, active.days);
    if (event.key === 'm') {
      setActive({ id: held.id, days: 0 });
      moving.change({ assignment: held, range: { from: held.from, to: held.to } });
      speak('Picked up. Left and right move it, Enter saves, Escape puts it back.');
      event.preventDefault();
      return true;
    }
    return stretch(event, held);
  };
  /** Puts a bar back that the focus leaves. */
  const leave = (id: string) => {
    if (active?.id === id) putBack();
  };
  return { onKeyDown, leave, active: active !== null, held: active?.id ?? null };
}
