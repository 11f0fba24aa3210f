import { addDays, daysBetween, isDay, mondayOf } from '@sidekick/calendar/iso';
import type { CapacityRange } from '../../staffing/queries.ts';

/** What a heatmap shows, as its address says. */
export interface Shown extends CapacityRange {
  readonly rows: 'people' | 'teams';
  readonly unit: 'percent' | 'hours';
  /** Weeks or days. */
  readonly length: number;
  /** Whether the address names the days. */
  readonly named: boolean;
}

/** Lengths to choose from, in weeks by week and in days by day; the second is where nothing is said. */
export const lengths = { week: [8, 13, 26, 52, 104], day: [14, 28, 56] } as const;
const days = { week: 7, day: 1 } as const;

const readDay = (text: string | null): string | null => (text !== null && isDay(text) ? text : null);

/** From this week on, 13 weeks or 28 days, where the address names no range. */
export function readShown(params: URLSearchParams, today: string): Shown {
  const by = params.get('by') === 'day' ? 'day' : 'week';
  const named = readDay(params.get('from'));
  const from = named ?? mondayOf(today);
  const last = readDay(params.get('to'));
  const to = last !== null && last >= from ? last : addDays(from, lengths[by][1] * days[by] - 1);
  return {
    by,
    from,
    to,
    team: params.get('team'),
    rows: params.get('rows') === 'teams' ? 'teams' : 'people',
    unit: params.get('unit') === 'hours' ? 'hours' : 'percent',
    length: Math.ceil((daysBetween(from, to) + 1) / days[by]),
    named: named !== null,
  };
}

/** The same range some weeks (or, by day, days) later or earlier, as the address has it. */
export function moved({ from, to, by }: Shown, step: number): { from: string; to: string } {
  return { from: addDays(from, step * days[by]), to: addDays(to, step * days[by]) };
}

export const ofLength = ({ from, by }: Shown, length: number): { from: string; to: string } => ({
  from,
  to: addDays(from, length * days[by] - 1),
});
