import { dayOf, type Span, type Week, weekdayOf, weekOf, weekOfDay, weekSpan, weeksSpan } from '@sidekick/calendar';
import { InvalidInput } from '@sidekick/service-kit';

/** A question may span this many weeks (over eleven years); longer ones are refused, never cut. */
const mostWeeks = 600;

/** Which days a question asks for; exactly one of the six. */
export interface Buckets {
  readonly date?: string | undefined;
  readonly week?: string | undefined;
  readonly weeks?: readonly [string, string] | undefined;
  readonly days?: readonly [string, string] | undefined;
  readonly eachDay?: readonly [string, string] | undefined;
  readonly eachWeek?: readonly [string, string] | undefined;
}

const existing = (label: string): Week => {
  const week = weekOf(label);
  if (week === undefined) throw new InvalidInput('no-such-week', `There is no week ${label}: that year has 52 weeks`);
  return week;
};

const bounded = (span: Span): Span => {
  if (span.to - span.from >= mostWeeks * 7) throw new InvalidInput('range-too-long', `A question spans at most ${mostWeeks} weeks`);
  return span;
};

const inOrder = (from: string, to: string, ends: boolean) => {
  if (ends) throw new InvalidInput('end-before-start', `The end is before the start: ${to} < ${from}`);
};

/** First and last week of a range; throws `InvalidInput` for a week that does not exist, an end before its start, too many weeks. */
export const weeksIn = ([from, to]: readonly [string, string]): [Week, Week] => {
  const [first, last] = [existing(from), existing(to)];
  inOrder(from, to, last < first);
  bounded(weeksSpan(first, last));
  return [first, last];
};

/** Weeks that one answer draws week by week, two years. */
const mostDrawn = 104;

/** The weeks of a range that is drawn; throws as `weeksIn` does, and for more than two years. */
export const drawnWeeks = (range: readonly [string, string]): Week[] => {
  const [first, last] = weeksIn(range);
  if (last - first >= mostDrawn) throw new InvalidInput('range-too-long', `Figures are drawn of at most ${mostDrawn} weeks`);
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
};

/** A range of days; throws as `weeksIn` does. */
export const daysIn = ([from, to]: readonly [string, string]): Span => {
  const span = { from: dayOf(from), to: dayOf(to) };
  inOrder(from, to, span.to < span.from);
  return bounded(span);
};

const counted = (first: number, last: number, spanOf: (at: number) => Span): Span[] =>
  Array.from({ length: last - first + 1 }, (_, index) => spanOf(first + index));

/** The spans to answer, and whether the answer is a list. Throws `InvalidInput` unless exactly one bucket is named. */
export const bucketsOf = (what: string, { date, week, weeks, days, eachDay, eachWeek }: Buckets): { spans: Span[]; list: boolean } => {
  const named = [date, week, weeks, days, eachDay, eachWeek].filter((bucket) => bucket !== undefined);
  if (named.length !== 1) {
    const words = `${what} needs exactly one of date, week, weeks, days, eachDay, eachWeek; ${named.length} are given`;
    throw new InvalidInput('one-bucket', words);
  }
  if (date !== undefined) return { spans: [daysIn([date, date])], list: false };
  if (week !== undefined) return { spans: [weekSpan(existing(week))], list: false };
  if (weeks) return { spans: [weeksSpan(...weeksIn(weeks))], list: false };
  if (days) return { spans: [daysIn(days)], list: false };
  if (eachDay) {
    const { from, to } = daysIn(eachDay);
    return { spans: counted(from, to, (day) => ({ from: day, to: day })), list: true };
  }
  return { spans: eachWeek ? counted(...weeksIn(eachWeek), weekSpan) : [], list: true };
};

/** The first week of a span of whole weeks; throws `InvalidInput` where the question names days. */
export const wholeWeeks = (what: string, { from, to }: Span): [Week, Week] => {
  if (weekdayOf(from) !== 0 || weekdayOf(to) !== 6) throw new InvalidInput('wrong-bucket', `${what} is answered by week, not by day`);
  return [weekOfDay(from), weekOfDay(to)];
};
