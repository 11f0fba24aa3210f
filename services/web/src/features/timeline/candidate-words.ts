import type { CandidatesAnswer } from '@sidekick/contracts';
import { hours, number } from '../../staffing/format.ts';

export type Candidate = CandidatesAnswer['candidates'][number];

/** `14.4 – 18 h`: the week with least and the week with most free hours. */
export function freeRange(one: Candidate): string {
  const list = one.free.map((week) => week.hours);
  const least = Math.min(...list);
  const most = Math.max(...list);
  return list.length === 0 || number(least) === number(most) ? hours(one.leastFree) : `${number(least)} – ${hours(most)}`;
}

/** What the order of candidates goes by: `Order: has every required skill, then most hours left`. */
export const orderWords = ({ order }: CandidatesAnswer): string =>
  order && order.length > 0 ? `Order: ${order.join(', then ')}` : 'Most free hours a week first';

/** What people say of themselves about the place, in words: an offer, wishes to learn what it requires. */
export const offerWords = ({ volunteered, wishes = [] }: Pick<Candidate, 'volunteered' | 'wishes'>): string[] => [
  ...(volunteered ? ['volunteered'] : []),
  ...wishes.map((skill) => `wishes to learn ${skill}`),
];
