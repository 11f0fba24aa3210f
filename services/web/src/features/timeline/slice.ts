import { addDays, addWeeks } from '@sidekick/calendar/iso';
import type { TimelineAnswer } from '@sidekick/contracts';
import { dayRangeWithYear } from '../../staffing/format.ts';

/** The figures that a grid draws; sums over everybody are those of the whole answer, and no part of it. */
export type Drawn = Omit<TimelineAnswer, 'group'> & {
  /** Tentative work is hidden, and in no figure. */
  readonly confirmedOnly?: boolean;
};

/** The days that figures are of: `30 Nov 2026 – 27 Dec 2026`. */
export const rangeOf = ({ mondays }: Drawn): string => dayRangeWithYear(mondays[0] ?? '', addDays(mondays.at(-1) ?? '', 6));

/** Some weeks of an answer that holds them: figures week by week, nothing summed anew; null where it does not hold them all. */
export function sliceOf(timeline: TimelineAnswer, from: string, weeks: number): Drawn | null {
  const start = timeline.weeks.indexOf(from);
  const end = start + weeks;
  if (start < 0 || end > timeline.weeks.length) return null;
  if (weeks === timeline.weeks.length) return timeline;
  const to = addWeeks(from, weeks - 1);
  const cut = <T>(list: readonly T[]): T[] => list.slice(start, end);
  const cutDays = <T>(list: readonly T[]): T[] => list.slice(start * 7, end * 7);
  const touching = <T extends { from: string; to: string }>(runs: readonly T[]): T[] =>
    runs.filter((run) => run.from <= to && from <= run.to);
  return {
    ...timeline,
    weeks: cut(timeline.weeks),
    mondays: cut(timeline.mondays),
    people: timeline.people.map(({ id, holidays, days, ...load }) => ({
      id,
      ...cutAll(load, cut),
      holidays: cut(holidays),
      ...(days ? { days: cutAll(days, cutDays) } : {}),
    })),
    projects: timeline.projects.map((one) => ({
      ...one,
      coverage: cut(one.coverage),
      openLead: cut(one.openLead),
      sidekickHours: cut(one.sidekickHours),
      gaps: touching(one.gaps),
      ...(one.openLeads ? { openLeads: touching(one.openLeads) } : {}),
      ...(one.sidekickTentative ? { sidekickTentative: cut(one.sidekickTentative) } : {}),
    })),
    assignments: timeline.assignments.map((one) => ({
      ...one,
      planned: cut(one.planned),
      effective: cut(one.effective),
      ...(one.days ? { days: cutAll(one.days, cutDays) } : {}),
    })),
  };
}

type Load = Omit<TimelineAnswer['people'][number], 'id' | 'holidays' | 'days'>;

const cutAll = <T extends Partial<Load> | { planned: number[]; effective: number[] }>(
  lists: T,
  cut: <Item>(list: readonly Item[]) => Item[],
): T => Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, cut(list as unknown[])])) as T;
