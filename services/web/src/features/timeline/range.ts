import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import { useEffect, useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { useTimeline } from '../../staffing/queries.ts';
import { learnToday, useToday } from '../../staffing/today.ts';

const defaultWeeks = 16;
const isWeek = (text: string | null): text is string =>
  text !== null && /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/.test(text) && addWeeks(text, 0) === text;

/** Weeks 4-104 as the address says, else 16 from last week on: past is context, the rest is to be decided. */
function readRange(params: URLSearchParams, today: string): { from: string; weeks: number; named: boolean } {
  const asked = Number(params.get('weeks'));
  const weeks = Number.isInteger(asked) && asked >= 4 && asked <= 104 ? asked : defaultWeeks;
  const from = params.get('from');
  return isWeek(from) ? { from, weeks, named: true } : { from: addWeeks(weekOf(today), -1), weeks, named: false };
}

/** The figures of the weeks in the address. While today is only guessed, an answer that names another day is not shown. */
export function useRangedTimeline() {
  const [params] = useAddress();
  const { today, sure } = useToday();
  const { from, weeks, named } = readRange(params, today);
  const to = addWeeks(from, weeks - 1);
  const query = useTimeline(from, to);
  const answered = query.data?.today;
  useEffect(() => {
    if (answered) learnToday(answered);
  }, [answered]);
  const fits = named || sure || (answered !== undefined && weekOf(answered) === weekOf(today));
  const timeline = fits ? query.data : undefined;
  return useMemo(
    () => ({
      timeline,
      today: answered ?? today,
      from,
      to,
      weeks,
      error: query.error,
      retry: () => void query.refetch(),
      stale: query.isPlaceholderData,
    }),
    [timeline, answered, today, from, to, weeks, query.error, query.refetch, query.isPlaceholderData],
  );
}
