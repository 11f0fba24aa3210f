import { useMemo } from 'react';
import { type Scale, scaleOf, type View, weeksOf, type Zoom } from './scale.ts';
import type { Drawn } from './slice.ts';

/** The scale of what is drawn; before the first figures that of the view. The same one while the weeks are the same. */
export function useScale(timeline: Drawn | undefined, view: View, zoom: Zoom): Scale {
  const weeks = (timeline?.weeks ?? weeksOf(view)).join(' ');
  return useMemo(() => scaleOf(weeks.split(' '), zoom), [weeks, zoom]);
}
