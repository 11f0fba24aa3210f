import { dayOf, isoDay, isoWeek, mondayOf, openTo, type Span, type Week, weekOfDay, weekSpan, weeksSpan } from '@sidekick/calendar';
import type { Assignment, TimelineAnswer, TimelineQuery, TimelineRows } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { weeksIn } from '../questions/buckets.ts';
import { hoursOf, loadOf, sumsOf, wholeGapsOf } from '../questions/drawn.ts';
import { mayRead, type Reasons } from './reasons.ts';
import type { Touched } from './touched.ts';

/** Weeks of one timeline, two years. */
const mostWeeks = 104;
/** Weeks of one that is told by day, too. */
const mostWeeksByDay = 8;

type Row<Of extends 'people' | 'projects' | 'assignments'> = TimelineAnswer[Of][number];

const personRow = (figures: Figures, id: string, { weeks, days }: Range): Row<'people'> => ({
  id,
  ...loadOf(figures, id, weeks),
  ...(days ? { days: hoursOf(figures, id, days) } : {}),
});

/** The weeks of a timeline, and the day on which its answer is given. */
interface Range {
  readonly first: Week;
  readonly last: Week;
  readonly weeks: readonly Span[];
  /** Each day of them, where figures are told by day as well. */
  readonly days: readonly Span[] | null;
  readonly today: string;
}

const projectRow = (figures: Figures, id: string, { first, last, today }: Range): Row<'projects'> => {
  const thisWeek = weekOfDay(dayOf(today));
  const crews = Array.from({ length: last - first + 1 }, (_, index) => figures.crew(id, first + index));
  return {
    id,
    coverage: crews.map(({ coverage }) => coverage),
    openLead: crews.map((_, index) => figures.openLead(id, first + index)),
    openLeads: figures.openLeads(id, first, last, thisWeek).map(({ from, to, open }) => ({
      from: isoWeek(from),
      to: isoWeek(to),
      weeks: to - from + 1,
      open,
    })),
    sidekickHours: crews.map(({ sidekickHours }) => sidekickHours),
    sidekickTentative: crews.map(({ tentativeHours }) => tentativeHours),
    gaps: wholeGapsOf(figures, id, first, last, dayOf(today)),
    absenceFactor: figures.absenceFactor(id, dayOf(today)),
  };
};

const holdsDayOf = ({ first, last }: Range, { from, to }: Pick<Assignment, 'from' | 'to'>): boolean => {
  const range = weeksSpan(first, last);
  return dayOf(from) <= range.to && openTo(to) >= range.from;
};

const workOf = (figures: Figures, id: string, spans: readonly Span[]) => ({
  planned: spans.map((span) => figures.planned(id, span)),
  effective: spans.map((span) => figures.effective(id, span)),
});

const assignmentRow = (figures: Figures, record: Assignment, { weeks, days }: Range, reasons: Reasons): Row<'assignments'> => ({
  id: record.id,
  counts: figures.counts(record.id),
  accepted: [...record.accepted],
  reason: mayRead(reasons, record.person) ? record.private.reason : null,
  ...workOf(figures, record.id, weeks),
  ...(days ? { days: workOf(figures, record.id, days) } : {}),
});

type Hours = Pick<Row<'people'>, 'net' | 'confirmed' | 'tentative'>;

/** Sums in the order of `people`, which is that of ids. */
const groupOf = (figures: Figures, { first, last }: Range, people: readonly Hours[]): TimelineAnswer['group'] => {
  const sum = (hours: (one: Hours) => readonly number[]) =>
    people.reduce((total, one) => hours(one).reduce((part, value) => part + value, total), 0);
  return {
    ...figures.coverageCount(null, first, last),
    confirmedHours: sum(({ confirmed }) => confirmed),
    tentativeHours: sum(({ tentative }) => tentative),
    netHours: sum(({ net }) => net),
    fairness: figures.fairness(weeksSpan(first, last)),
  };
};

/** Throws `InvalidInput` for a range that does not exist or is too long. */
function rangeOf({ from, to, by }: TimelineQuery, today: string): Range {
  const [first, last] = weeksIn([from, to]);
  const count = last - first + 1;
  if (count > mostWeeks) throw new InvalidInput('range-too-long', `A timeline spans at most ${mostWeeks} weeks`);
  if (by === 'day' && count > mostWeeksByDay) {
    throw new InvalidInput('range-too-long', `A timeline by day spans at most ${mostWeeksByDay} weeks`);
  }
  const weeks = Array.from({ length: count }, (_, index) => weekSpan(first + index));
  return { first, last, today, weeks, days: by === 'day' ? weeks.flatMap(daysOf) : null };
}

const daysOf = ({ from }: Span): Span[] => Array.from({ length: 7 }, (_, index) => ({ from: from + index, to: from + index }));

/**
 * Everything a timeline shows of the weeks `from` to `to` (ISO labels, at most 104; with `by` day at most 8), unrounded hours: all
 * people and projects, and the assignments that hold a day of the range, each in the order of ids. The absence factor is that of `today` (ISO). Throws
 * `InvalidInput` for a range that does not exist or is too long. `reasons`: whose reasons of accepted rules are told.
 */
export const timelineOf = (figures: Figures, query: TimelineQuery, today: string, reasons: Reasons = { of: 'nobody' }): TimelineAnswer => {
  const range = rangeOf(query, today);
  const { first, weeks } = range;
  const { person, project, assignment } = figures.state;
  const people = [...person.keys()].sort().map((id) => personRow(figures, id, range));
  const drawn = [...assignment.values()].map(({ record }) => record).filter((record) => holdsDayOf(range, record));
  return {
    head: figures.state.head,
    today,
    weeks: weeks.map((_, index) => isoWeek(first + index)),
    mondays: weeks.map((_, index) => isoDay(mondayOf(first + index))),
    people,
    projects: [...project.keys()].sort().map((id) => projectRow(figures, id, range)),
    assignments: drawn.sort((a, b) => (a.id < b.id ? -1 : 1)).map((record) => assignmentRow(figures, record, range, reasons)),
    group: groupOf(figures, range, people),
  };
};

/** Of the same answer the rows of what was touched, and which of it has none (any more). */
export function timelineRows(
  figures: Figures,
  query: TimelineQuery,
  today: string,
  reasons: Reasons,
  touched: Pick<Touched, 'people' | 'projects' | 'assignments'>,
): TimelineRows {
  const range = rangeOf(query, today);
  const { state } = figures;
  const people = [...touched.people].filter((id) => state.person.has(id));
  const projects = [...touched.projects].filter((id) => state.project.has(id));
  const assignments = [...touched.assignments].flatMap((id) => {
    const record = state.assignment.get(id)?.record;
    return record && holdsDayOf(range, record) ? [record] : [];
  });
  const there = new Set([...people, ...projects, ...assignments.map(({ id }) => id)]);
  return {
    people: people.map((id) => personRow(figures, id, range)),
    projects: projects.map((id) => projectRow(figures, id, range)),
    assignments: assignments.map((record) => assignmentRow(figures, record, range, reasons)),
    gone: [...touched.people, ...touched.projects, ...touched.assignments].filter((id) => !there.has(id)),
    group: groupOf(
      figures,
      range,
      [...state.person.keys()].sort().map((id) => sumsOf(figures, id, range.weeks)),
    ),
  };
}
