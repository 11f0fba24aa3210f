import { useEffect, useRef } from 'react';
import { isTyping } from '../../app/hotkeys.ts';
import { useAddress } from '../../staffing/address.ts';
import type { View, Zoom } from './scale.ts';

export const zooms: readonly { zoom: Zoom; label: string; key: string }[] = [
  { zoom: 'day', label: 'Day', key: '1' },
  { zoom: 'week', label: 'Week', key: '2' },
  { zoom: 'month', label: 'Month', key: '3' },
  { zoom: 'year', label: 'Year', key: '4' },
];

/** What changes in the address for a zoom: its usual length, from the day on that is shown now. */
export const zoomPatch = (zoom: Zoom) => ({ zoom: zoom === 'week' ? null : zoom, weeks: null });

/** How far a button goes, in steps of the view. */
export const timeSteps: Readonly<Record<Zoom, { words: string; steps: number }>> = {
  day: { words: 'A week', steps: 1 },
  week: { words: 'Four weeks', steps: 4 },
  month: { words: 'A month', steps: 1 },
  year: { words: 'Three months', steps: 3 },
};

/** What the keys of the view do, for the label of the grid. */
export const viewKeyWords = '1 to 4 zoom, < and > move in time, 0 is today';

interface Options {
  view: View;
  onStep: (steps: number) => void;
  onToday: () => void;
  /** Keys of one of the two grids. */
  more?: ReadonlyMap<string, () => void>;
}

/** Keys of the view: 1 to 4 zoom, `<` and `>` (or the comma and point below them) move in time, 0 is today. No field or dialog may have them. */
export function useViewKeys(options: Options): void {
  const [, patch] = useAddress();
  const latest = useRef({ ...options, patch });
  latest.current = { ...options, patch };
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector('[role=dialog], [data-keys=off]')) return;
      const { view, onStep, onToday, more, patch: put } = latest.current;
      const zoom = zooms.find(({ key }) => key === event.key);
      const { steps } = timeSteps[view.zoom];
      if (zoom) put(zoomPatch(zoom.zoom), { replace: true });
      else if (event.key === '<' || event.key === ',') onStep(-steps);
      else if (event.key === '>' || event.key === '.') onStep(steps);
      else if (event.key === '0') onToday();
      else more?.get(event.key)?.();
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
