import { type Day, isoDay, partsOf, type Span, weekdayOf } from './days.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Within this many days a date needs no year to be understood. */
const NEAR = 300;

const dayAndMonth = (day: Day): string => {
  const parts = partsOf(day);
  return `${parts.day} ${MONTHS[parts.month - 1]}`;
};

/** `7 Dec`, with the year where it lies more than 300 days from `near`. */
export const dayWords = (day: Day, near: Day): string =>
  Math.abs(day - near) > NEAR ? `${dayAndMonth(day)} ${isoDay(day).slice(0, 4)}` : dayAndMonth(day);

/** `7 Dec`, `7 – 27 Dec`, `28 Dec – 3 Jan`, both ends included; a week from Monday to Sunday is `the week of 21 Dec`. */
export const spanWords = ({ from, to }: Span, near: Day): string => {
  if (from === to) return dayWords(from, near);
  if (to - from === 6 && weekdayOf(from) === 0) return `the week of ${dayWords(from, near)}`;
  const [first, last] = [partsOf(from), partsOf(to)];
  const start = first.month === last.month && first.year === last.year ? String(first.day) : dayWords(from, near);
  return `${start} – ${dayWords(to, near)}`;
};
