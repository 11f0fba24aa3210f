import type { CapacityAnswer, Question } from '@sidekick/contracts';
import type { HeatCell, HeatRow } from './heat-rows.ts';

type Answer = Pick<CapacityAnswer, 'by' | 'from' | 'to'>;

/** Whose figure a row's is; null: of those in no team, whom no question names. */
function whose({ kind, id }: HeatRow, cut: string | null): { person: string } | { team: string } | Record<string, never> | null {
  if (kind === 'none') return null;
  if (kind === 'person') return { person: id ?? '' };
  const team = kind === 'team' ? id : cut;
  return team === null ? {} : { team };
}

/** What a cell is a figure of: work ÷ net of its week or day. */
export function cellQuestion(row: HeatRow, { id }: HeatCell, { by }: Answer, cut: string | null): Question | null {
  const of = whose(row, cut);
  return of && { what: 'utilisation', args: { ...of, ...(by === 'day' ? { date: id } : { week: id }) } };
}

/** The same of the whole range. */
export function wholeQuestion(row: HeatRow, { from, to }: Answer, cut: string | null): Question | null {
  const of = whose(row, cut);
  return of && { what: 'utilisation', args: { ...of, days: [from, to] } };
}

/** Free hours of the whole range. */
export function rowFreeQuestion(row: HeatRow, { from, to }: Answer, cut: string | null): Question | null {
  const of = whose(row, cut);
  return of && { what: 'remaining', args: { ...of, days: [from, to] } };
}

export const freeQuestion = (person: string, { from, to }: Pick<Answer, 'from' | 'to'>): Question => ({
  what: 'remaining',
  args: { person, days: [from, to] },
});
