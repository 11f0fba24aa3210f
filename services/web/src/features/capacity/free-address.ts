import { addDays, isDay, mondayOf } from '@sidekick/calendar/iso';
import type { WantedHours } from '../../staffing/queries.ts';

const within = (text: string | null, least: number, most: number, otherwise: number): number => {
  const value = text === null || !/^\d{1,5}(\.\d{1,2})?$/.test(text) ? Number.NaN : Number(text);
  return value >= least && value <= most ? value : otherwise;
};

/** What the address asks for: 8 h in four weeks from this Monday on, of anybody, where it says nothing. */
export function readWanted(params: URLSearchParams, today: string): WantedHours {
  const day = (key: string) => {
    const text = params.get(key);
    return text !== null && isDay(text) ? text : null;
  };
  const from = day('from') ?? mondayOf(today);
  const last = day('to');
  return {
    skill: params.get('skill')?.trim() || null,
    level: Math.floor(within(params.get('level'), 1, 5, 1)),
    hours: within(params.get('hours'), 0, 20_000, 8),
    from,
    to: last !== null && last >= from ? last : addDays(from, 27),
    team: params.get('team'),
  };
}
