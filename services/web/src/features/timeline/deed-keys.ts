import { addDays } from '@sidekick/calendar/iso';
import type { AssignmentView } from '@sidekick/contracts';
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useState } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { weekdayAndDay } from '../../staffing/format.ts';
import { speak } from '../../staffing/speak.ts';
import type { Records } from './bars.ts';
import { type Deed, duplicate, endToday, firstSplit, insideSplit, removal, split, splitDays } from './deeds.ts';
import type { Scale } from './scale.ts';
import { tell } from './tell.ts';
import { weekWidth } from './use-bar-drag.ts';

/** Where a bar would be split while the day is chosen. */
export interface Cut {
  readonly id: string;
  readonly day: string;
}

interface Options {
  canEdit: boolean;
  records: Records | undefined;
  scale: Scale;
  today: string;
  scroller: RefObject<HTMLDivElement | null>;
  run: (deed: Deed) => Promise<boolean>;
}

/** The day nearest the pointer on which a step of the scale begins. */
function dayAt(event: MouseEvent<HTMLElement>, bar: HTMLElement, scale: Scale): string | null {
  const [grid, track] = [event.currentTarget, bar.closest<HTMLElement>('.tr')];
  const width = weekWidth(grid, scale);
  if (!track || width <= 0) return null;
  const steps = Math.round(((event.clientX - track.getBoundingClientRect().left) / width) * (7 / scale.step));
  return addDays(scale.first, steps * scale.step);
}

/**
 * What is done with the bar that has the focus, by key: `s` splits it (left and right choose the day, Enter splits, Escape leaves it),
 * `h` types its hours by week, `d` does the same again after it, `e` ends it today, Delete removes it. A click with Alt splits where it is.
 */
export function useDeedKeys({ canEdit, records, scale, today, scroller, run }: Options) {
  const [cut, setCut] = useState<Cut | null>(null);
  const [, patch] = useAddress();
  useEffect(() => {
    const grid = scroller.current;
    if (!grid || !cut) return;
    grid.dataset['keys'] = 'off';
    return () => {
      grid.dataset['keys'] = 'on';
    };
  }, [cut, scroller]);
  useEffect(() => {
    if (cut && records && !records.assignments.some(({ id }) => id === cut.id)) setCut(null);
  }, [cut, records]);
  const find = (id = '') => records?.assignments.find((one) => one.id === id);
  const offer = (id: string, day: string) => {
    setCut({ id, day });
    speak(`Second part from ${weekdayAndDay(day)}`);
  };
  const begin = (held: AssignmentView) => {
    const day = firstSplit(held, today, scale);
    if (day === null) return tell('It is one day long, so there is nothing to split');
    setCut({ id: held.id, day });
    speak(`Second part from ${weekdayAndDay(day)}. Left and right choose the day, Enter splits, Escape leaves it whole.`);
  };
  const leaveWhole = () => {
    setCut(null);
    speak('Left whole');
  };
  const steer = (event: KeyboardEvent<HTMLElement>, held: AssignmentView, day: string, names: Records): boolean => {
    const days = splitDays(held);
    if (event.key === 'Escape' || !days) leaveWhole();
    else if (event.key === 'Enter') {
      setCut(null);
      void run(split(held, day, names));
    } else if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const step = (event.shiftKey ? scale.shift : scale.step) * (event.key === 'ArrowLeft' ? -1 : 1);
      offer(held.id, insideSplit(addDays(day, step), days));
    } else return false;
    event.preventDefault();
    return true;
  };
  const deedOf = (key: string, held: AssignmentView, names: Records): Deed | string | null => {
    if (key === 'd') return duplicate(held, names) ?? 'It has no end, so nothing comes after it';
    if (key === 'e') return endToday(held, today, names) ?? 'It does not run past today';
    return key === 'Delete' || key === 'Backspace' ? removal([held], names) : null;
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): boolean => {
    if (!canEdit || !records || event.ctrlKey || event.metaKey || event.altKey) return false;
    const held = find((event.target as HTMLElement).dataset['bar']);
    if (!held) return false;
    if (cut?.id === held.id) return steer(event, held, cut.day, records);
    // A key that is held does once what it does.
    if (event.repeat) return false;
    const deed = event.key === 's' || event.key === 'h' ? null : deedOf(event.key, held, records);
    if (event.key === 's') begin(held);
    else if (event.key === 'h') patch({ sheet: held.id });
    else if (deed === null) return false;
    else if (typeof deed === 'string') tell(deed);
    else void run(deed);
    event.preventDefault();
    return true;
  };
  /** Splits the bar that is clicked with Alt; false where the click is none of that. */
  const onClick = (event: MouseEvent<HTMLElement>): boolean => {
    const bar = (event.target as HTMLElement).closest<HTMLElement>('[data-bar]');
    const held = canEdit && event.altKey && bar ? find(bar.dataset['bar']) : undefined;
    if (!held || !bar || !records) return false;
    const [days, day] = [splitDays(held), dayAt(event, bar, scale)];
    if (days === null) tell('It is one day long, so there is nothing to split');
    else if (day !== null) void run(split(held, insideSplit(day, days), records));
    return true;
  };
  /** Leaves a bar whole that the focus leaves. */
  const leave = (id: string) => {
    if (cut?.id === id) leaveWhole();
  };
  return { cut, onKeyDown, onClick, leave };
}
