import { isoDay, isoWeek, type Span, weekSpan, weeksIn } from '@sidekick/calendar';
import type { CapacityAnswer, CapacityHours, CapacityQuery, Load } from '@sidekick/contracts';
import { shareOfNet } from '../capacity/capacity.ts';
import { loadOf } from '../capacity/load.ts';
import type { Figures } from '../figures/index.ts';
import { daysAsked } from '../questions/days-asked.ts';
import type { State } from '../state/state.ts';
import { peopleOf } from '../teams/people-of.ts';

const mostWeeks = 104;
const mostDays = 62;

type PersonRow = CapacityAnswer['people'][number];
type TeamRow = CapacityAnswer['teams'][number];
type ByBucket = Omit<TeamRow, 'id' | 'people' | 'peopleOver'>;
interface Bucket {
  readonly id: string;
  readonly span: Span;
}

/** What a heatmap is asked over. */
interface Range {
  readonly by: 'week' | 'day';
  readonly span: Span;
  readonly buckets: readonly Bucket[];
  /** The weeks that hold a day of it, by which people are idle or under. */
  readonly weeks: readonly Bucket[];
}

const weeksOf = (span: Span): Bucket[] => weeksIn(span).map((week) => ({ id: isoWeek(week), span: weekSpan(week) }));

function rangeOf({ from, to, by }: CapacityQuery): Range {
  if (by === 'day') {
    const span = daysAsked({ from, to }, mostDays, `By day a heatmap spans at most ${mostDays} days`);
    const buckets = Array.from({ length: span.to - span.from + 1 }, (_, at) => ({ from: span.from + at, to: span.from + at }));
    return { by, span, buckets: buckets.map((day) => ({ id: isoDay(day.from), span: day })), weeks: weeksOf(span) };
  }
  const days = daysAsked({ from, to }, mostWeeks * 7, `By week a heatmap spans at most ${mostWeeks} weeks`);
  const weeks = weeksOf(days);
  return { by, span: { from: weeks[0]?.span.from ?? days.from, to: weeks.at(-1)?.span.to ?? days.to }, buckets: weeks, weeks };
}

const wholeOf = (hours: Omit<CapacityHours, 'utilisation' | 'withTentative'>): CapacityHours => ({
  ...hours,
  utilisation: shareOfNet(hours.confirmed, hours.net),
  withTentative: shareOfNet(hours.confirmed + hours.tentative, hours.net),
});

const hoursOf = (figures: Figures, person: string, span: Span): CapacityHours =>
  wholeOf({
    net: figures.net(person, span),
    operations: figures.operations(person, span),
    confirmed: figures.confirmed(person, span),
    tentative: figures.tentative(person, span),
    remaining: figures.remaining(person, span),
  });

/** Hours of buckets side by side. */
const byBucket = (hours: readonly CapacityHours[], whole: CapacityHours): ByBucket => ({
  net: hours.map(({ net }) => net),
  operations: hours.map(({ operations }) => operations),
  confirmed: hours.map(({ confirmed }) => confirmed),
  tentative: hours.map(({ tentative }) => tentative),
  remaining: hours.map(({ remaining }) => remaining),
  utilisation: hours.map(({ utilisation }) => utilisation),
  withTentative: hours.map(({ withTentative }) => withTentative),
  load: hours.map(({ net, confirmed }) => loadOf(net, confirmed)),
  whole,
});

function personRow(figures: Figures, id: string, { span, buckets }: Range): PersonRow {
  const each = <T>(one: (bucket: Span) => T) => buckets.map((bucket) => one(bucket.span));
  return {
    id,
    ...byBucket(
      each((bucket) => hoursOf(figures, id, bucket)),
      hoursOf(figures, id, span),
    ),
    over: each((bucket) => figures.overHours(id, bucket)),
    leaveDays: each((bucket) => figures.leaveDays(id, bucket)),
    holidays: each((bucket) => figures.holidays(id, bucket).length),
    employed: each((bucket) => figures.employed(id, bucket)),
  };
}

const added = ['net', 'operations', 'confirmed', 'tentative', 'remaining'] as const;

/** Sums over people in the order of their ids. */
function sumOf(hours: readonly CapacityHours[]): CapacityHours {
  const sum = { net: 0, operations: 0, confirmed: 0, tentative: 0, remaining: 0 };
  for (const one of hours) for (const key of added) sum[key] += one[key];
  return wholeOf(sum);
}

/** The same of one bucket of their rows. */
function sumAt(rows: readonly PersonRow[], bucket: number): CapacityHours {
  const sum = { net: 0, operations: 0, confirmed: 0, tentative: 0, remaining: 0 };
  for (const row of rows) for (const key of added) sum[key] += row[key][bucket] ?? 0;
  return wholeOf(sum);
}

/** Several people as one row. */
const together = (rows: readonly PersonRow[], { buckets }: Range) => ({
  people: rows.length,
  ...byBucket(
    buckets.map((_, bucket) => sumAt(rows, bucket)),
    sumOf(rows.map(({ whole }) => whole)),
  ),
  peopleOver: buckets.map((_, bucket) => rows.filter(({ over }) => (over[bucket] ?? 0) > 0).length),
});

function teamRows(state: State, rows: readonly PersonRow[], range: Range, asked: string | undefined): TeamRow[] {
  const known = new Map(rows.map((row) => [row.id, row]));
  const rowsOf = (ids: readonly string[]) => ids.flatMap((id) => known.get(id) ?? []);
  const ids = asked === undefined ? [...state.team.keys()].sort() : [asked];
  const teams = ids.map((id): TeamRow => ({ id, ...together(rowsOf(peopleOf(state, id)), range) }));
  const inOne = new Set([...state.team.values()].flatMap(({ record }) => record.people));
  const others = rows.filter(({ id }) => !inOne.has(id));
  return others.length === 0 ? teams : [...teams, { id: null, ...together(others, range) }];
}

type Listed = CapacityAnswer['idle'];
/** Hours that a bucket adds to a list; null where it is none of it. */
type HoursIn = (row: PersonRow, bucket: number) => number | null;

/** Who has such buckets, most hours first, ties by id. */
function listed(rows: readonly PersonRow[], buckets: readonly Bucket[], hoursIn: HoursIn): Listed {
  const list = rows.map((row) => {
    const found: string[] = [];
    let hours = 0;
    for (const [at, { id }] of buckets.entries()) {
      const own = hoursIn(row, at);
      if (own === null) continue;
      found.push(id);
      hours += own;
    }
    return { person: row.id, buckets: found, hours };
  });
  return list.filter((one) => one.buckets.length > 0).sort((a, b) => b.hours - a.hours || (a.person < b.person ? -1 : 1));
}

/** What is left in buckets of the load. */
const ofLoad =
  (load: Load): HoursIn =>
  (row, bucket) =>
    row.load[bucket] === load ? (row.remaining[bucket] ?? 0) : null;
const hoursOver: HoursIn = ({ over }, bucket) => ((over[bucket] ?? 0) > 0 ? (over[bucket] ?? 0) : null);

/**
 * `GET /figures/capacity`: hours of everybody whose contract holds a day of the range, of their teams and of all together, unrounded.
 * Throws `InvalidInput` for a range that is too long or ends before it starts, and for an unknown team.
 */
export function capacityOf(figures: Figures, query: CapacityQuery, today: string): CapacityAnswer {
  const range = rangeOf(query);
  const { by, span, buckets, weeks } = range;
  const people = peopleOf(figures.state, query.team).filter((id) => figures.employed(id, span));
  const rows = people.map((id) => personRow(figures, id, range));
  const byWeek = by === 'week' ? rows : people.map((id) => personRow(figures, id, { ...range, buckets: weeks }));
  return {
    ...{ head: figures.state.head, today, by, from: isoDay(span.from), to: isoDay(span.to) },
    buckets: buckets.map(({ id, span: days }) => ({ id, from: isoDay(days.from), to: isoDay(days.to) })),
    people: rows,
    teams: teamRows(figures.state, rows, range, query.team),
    group: together(rows, range),
    idle: listed(byWeek, weeks, ofLoad('idle')),
    under: listed(byWeek, weeks, ofLoad('under')),
    over: listed(rows, buckets, hoursOver),
  };
}
