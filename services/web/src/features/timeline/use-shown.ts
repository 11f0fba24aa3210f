import { useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import type { Records } from './bars.ts';
import { useSlidingTimeline } from './range.ts';
import type { Drawn } from './slice.ts';
import { confirmedOnly, confirmedRecords, hidesTentative } from './tentative.ts';

/** The view of a grid, with tentative work or without as the address says. */
export function useShown() {
  const [params] = useAddress();
  const sliding = useSlidingTimeline();
  const hides = hidesTentative(params);
  const { timeline } = sliding;
  return { ...sliding, timeline: useMemo(() => (timeline && hides ? confirmedOnly(timeline) : timeline), [timeline, hides]) };
}

/** The records whose bars are drawn. */
export const useDrawnRecords = (records: Records | undefined, timeline: Drawn | undefined): Records | undefined =>
  useMemo(() => (records && timeline?.confirmedOnly ? confirmedRecords(records, timeline) : records), [records, timeline]);
