import { everyRegion, type HolidayProposals, type HolidayView, nameKey } from '@sidekick/contracts';
import type { z } from 'zod';

export type Proposal = z.infer<typeof HolidayProposals>['items'][number];

/** A region's year as it is kept and as the published calendar names it. */
export interface ComparedYear {
  /** Days that both have by the same name. */
  readonly same: number;
  /** The calendar alone has them, and no company day has taken them already. */
  readonly proposed: readonly Proposal[];
  /** They are kept alone. */
  readonly kept: readonly HolidayView[];
  /** Both have the day, by another name or for another part of it. */
  readonly other: readonly { readonly one: HolidayView; readonly to: Proposal }[];
}

export const sameName = (a: { name: string }, b: { name: string }): boolean => nameKey(a.name) === nameKey(b.name);

/** Company days are of no region: they stand in no list, and a proposed day that one of them takes whole is no difference. */
export function comparedYear(region: string, year: number, holidays: readonly HolidayView[], proposals: readonly Proposal[]): ComparedYear {
  const inYear = holidays.filter(({ date }) => date.startsWith(`${year}-`));
  const left = new Set(inYear.filter((one) => one.region === region));
  const company = inYear.filter((one) => one.region === everyRegion);
  const proposed: Proposal[] = [];
  const other: { one: HolidayView; to: Proposal }[] = [];
  let same = 0;
  for (const to of proposals) {
    const own = [...left].filter(({ date }) => date === to.date);
    const one = own.find((day) => sameName(day, to)) ?? own[0];
    if (one) {
      left.delete(one);
      if (sameName(one, to) && one.portion === to.portion) same += 1;
      else other.push({ one, to });
    } else if (!company.some(({ date, portion }) => date === to.date && portion >= to.portion)) proposed.push(to);
  }
  return { same, proposed, kept: [...left].sort((a, b) => (a.date < b.date ? -1 : 1)), other };
}
