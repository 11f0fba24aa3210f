import {
  addDays,
  addMonths,
  addWeeks,
  daysBetween,
  firstWeekOf,
  mondayOfWeek,
  monthOfWeek,
  weeksBetween,
  weeksFrom,
} from '@sidekick/calendar/iso';
import { dayRange, monthName, monthSpans, shortDay, shortWeekday, weekdayAndDay, weekNumber } from '../../staffing/format.ts';
import type { Columns, Span } from './geometry.ts';

export type Zoom = 'day' | 'week' | 'month' | 'year';

/** One column of a grid: a day, a week, or the whole weeks of a month, which its Thursdays name. */
export interface Column {
  /** `2026-12-07`, `2026-W50` or `2026-12`. */
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** In weeks from the first Monday, as every place on a grid is told. */
  readonly left: number;
  readonly width: number;
  /** The weeks whose figures it tells, as indexes of the grid's weeks; of a day the week that holds it. */
  readonly weeks: readonly number[];
  readonly label: string;
  /** Beside the label where there is room: number of the week, weekday. */
  readonly aside: string;
  /** In a sentence: `week of 7 Dec`, `Mon 7 Dec`, `December 2026 (30 Nov – 3 Jan)`. */
  readonly words: string;
}

/** What stands above some columns: months over weeks, weeks over days, years over months. `width` in weeks. */
export interface Band {
  readonly key: string;
  readonly label: string;
  readonly aside: string;
  readonly width: number;
}

/** Time across a grid: from day to place and back, and the columns that figures are told by. */
export interface Scale extends Columns {
  readonly zoom: Zoom;
  readonly columns: readonly Column[];
  readonly bands: readonly Band[];
  /** Days that a drag or a key moves a bar by, and with Shift. */
  readonly step: number;
  readonly shift: number;
  /** Pixels from one lane of bars to the next: in days a bar tells the hours of each below its name. */
  readonly lane: number;
  /** Weeks that the label of a bar needs behind the line of today. */
  readonly room: number;
}

const daysOfWeek = [0, 1, 2, 3, 4, 5, 6];

const dayColumns = (weeks: readonly string[]): Column[] =>
  weeks.flatMap((week, at) =>
    daysOfWeek.map((offset) => {
      const day = addDays(mondayOfWeek(week), offset);
      return {
        key: day,
        from: day,
        to: day,
        left: at + offset / 7,
        width: 1 / 7,
        weeks: [at],
        label: String(Number(day.slice(8))),
        aside: shortWeekday(day).slice(0, 2),
        words: weekdayAndDay(day),
      };
    }),
  );

const weekColumns = (weeks: readonly string[]): Column[] =>
  weeks.map((week, at) => {
    const monday = mondayOfWeek(week);
    const [label, words] = [String(Number(monday.slice(8))), `week of ${shortDay(monday)}`];
    return { key: week, from: monday, to: addDays(monday, 6), left: at, width: 1, weeks: [at], label, aside: weekNumber(week), words };
  });

/** Months whose first or last week lies outside are told by those of their weeks that lie inside. */
function monthColumns(weeks: readonly string[]): Column[] {
  const months = new Map<string, number[]>();
  weeks.forEach((week, at) => {
    const month = monthOfWeek(week);
    months.set(month, [...(months.get(month) ?? []), at]);
  });
  return [...months].map(([month, own]) => {
    const [first = 0, last = 0] = [own[0], own.at(-1)];
    const [from, to] = [mondayOfWeek(weeks[first] ?? ''), addDays(mondayOfWeek(weeks[last] ?? ''), 6)];
    const name = monthName(month);
    return {
      key: month,
      from,
      to,
      left: first,
      width: own.length,
      weeks: own,
      label: name.slice(0, 3),
      aside: dayRange(from, to),
      words: `${name} ${month.slice(0, 4)} (${dayRange(from, to)})`,
    };
  });
}

const monthBands = (weeks: readonly string[]): Band[] =>
  monthSpans(weeks).map(({ key, label, columns }) => {
    const [name = '', year = ''] = label.split(' ');
    return { key, label: name, aside: year, width: columns };
  });

const weekBands = (weeks: readonly string[]): Band[] =>
  weeks.map((week) => {
    const monday = mondayOfWeek(week);
    return { key: week, label: dayRange(monday, addDays(monday, 6)), aside: weekNumber(week), width: 1 };
  });

function yearBands(weeks: readonly string[]): Band[] {
  const years = new Map<string, number>();
  for (const week of weeks) years.set(monthOfWeek(week).slice(0, 4), (years.get(monthOfWeek(week).slice(0, 4)) ?? 0) + 1);
  return [...years].map(([year, width]) => ({ key: year, label: year, aside: '', width }));
}

const kinds = {
  day: { columns: dayColumns, bands: weekBands, step: 1, shift: 7, lane: 34, room: 0.3 },
  week: { columns: weekColumns, bands: monthBands, step: 7, shift: 1, lane: 20, room: 0.6 },
  month: { columns: monthColumns, bands: yearBands, step: 7, shift: 1, lane: 20, room: 1.2 },
  year: { columns: monthColumns, bands: yearBands, step: 7, shift: 1, lane: 20, room: 2.4 },
} as const;

/** The scale over these weeks (ISO labels without holes). */
export function scaleOf(weeks: readonly string[], zoom: Zoom): Scale {
  const { columns, bands, step, shift, lane, room } = kinds[zoom];
  return {
    zoom,
    first: mondayOfWeek(weeks[0] ?? '1970-W01'),
    weeks: weeks.length,
    columns: columns(weeks),
    bands: bands(weeks),
    step,
    shift,
    lane,
    room,
  };
}

/** The day at a place in weeks; outside of the grid its first or last. */
export const dayAt = (place: number, { first, weeks }: Columns): string =>
  addDays(first, Math.floor(Math.min(weeks * 7 - 1, Math.max(0, place * 7 + 1e-6))));

/** The column of a day; null outside of the grid. */
export const columnAt = (day: string, { columns }: Scale): Column | null =>
  columns.find(({ from, to }) => from <= day && day <= to) ?? null;

/** First column that a span touches and the one after its last, as indexes. */
export function columnsOver({ left, width }: Pick<Span, 'left' | 'width'>, { columns }: Pick<Scale, 'columns'>): [number, number] {
  const right = left + width - 1e-6;
  const end = columns.findIndex((column) => column.left + column.width > right);
  const start = columns.findIndex((column) => column.left + column.width > left + 1e-6);
  return [Math.max(0, start), end < 0 ? columns.length : end + 1];
}

/** Columns before today, in weeks: where the line of today stands. */
export const todayAt = (today: string, { first }: Columns): number => daysBetween(first, today) / 7;

/** What of time a grid shows. */
export interface View {
  readonly zoom: Zoom;
  readonly from: string;
  readonly weeks: number;
}

const monthsOf = { month: 6, year: 12 } as const;

/** The view of a zoom that holds this week; months are whole. `weeks`: how many days or weeks show, where somebody has chosen. */
export function viewAt(zoom: Zoom, from: string, weeks: number): View {
  if (zoom === 'day' || zoom === 'week') return { zoom, from, weeks };
  const month = monthOfWeek(from);
  const first = firstWeekOf(month);
  return { zoom, from: first, weeks: weeksBetween(first, firstWeekOf(addMonths(month, monthsOf[zoom]))) };
}

/** The view so many columns of the address (days go by their weeks) later. */
export function stepped({ zoom, from, weeks }: View, steps: number): View {
  if (zoom === 'day' || zoom === 'week') return { zoom, from: addWeeks(from, steps), weeks };
  return viewAt(zoom, firstWeekOf(addMonths(monthOfWeek(from), steps)), weeks);
}

export const weeksOf = ({ from, weeks }: View): string[] => weeksFrom(from, weeks);

/** First and last day of a view. */
export const daysOf = ({ from, weeks }: View): { from: string; to: string } => ({
  from: mondayOfWeek(from),
  to: addDays(mondayOfWeek(from), weeks * 7 - 1),
});
