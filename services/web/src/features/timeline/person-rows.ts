import { type AssignmentView, type LoadWeeks, type PersonView, regionOn, type TimelineAnswer } from '@sidekick/contracts';
import { count, hours, leaveDays, number, percent, shortDay, workdays } from '../../staffing/format.ts';
import { grouped, sum } from '../../staffing/lists.ts';
import { isolated, markOf, nameAmong } from '../../staffing/people-names.ts';
import { patternOn } from '../../staffing/typed-hours.ts';
import { dayWords } from '../../ui/writing.ts';
import { type Bar, barsOf, type Records } from './bars.ts';
import { onGrid } from './geometry.ts';
import { type Column, type Scale, scaleOf } from './scale.ts';
import type { Drawn } from './slice.ts';

/** The load of a column: a day, a week, or the weeks of a month together. */
export interface LoadCell {
  readonly key: string;
  readonly left: number;
  readonly width: number;
  readonly employed: boolean;
  /** Net hours are 0 because of leave or holidays. */
  readonly away: boolean;
  /** A day without hours of the pattern, and without work. */
  readonly off: boolean;
  /** Whole percents of net; null when net is 0. */
  readonly confirmed: number | null;
  readonly tentative: number;
  /** The same in hours. */
  readonly hours: { readonly confirmed: number; readonly tentative: number };
  /** Hours over net; of a month those of its weeks, since over is judged by the week. */
  readonly over: number;
  /** `2 d leave`; of a day one word, which may be its holiday. */
  readonly leave: string | null;
  readonly holidays: readonly string[];
  /** The contract ends in it. */
  readonly ends: boolean;
  readonly label: string;
}

export interface PersonRow {
  readonly person: PersonView;
  readonly meta: string;
  readonly cells: readonly LoadCell[];
  /** Remaining hours of this week and of four weeks from it; null where the range does not hold them. */
  readonly free: number | null;
  readonly free4: number | null;
  readonly bars: readonly Bar[];
  readonly lanes: number;
  /** Runs of weeks over capacity. */
  readonly overWeeks: readonly string[];
  readonly overHours: number;
}

export interface GroupCell {
  readonly key: string;
  readonly left: number;
  readonly width: number;
  readonly confirmed: number | null;
  readonly tentative: number;
  readonly hours: { readonly confirmed: number; readonly tentative: number };
  readonly net: number;
  readonly label: string;
}

const share = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 100) : null);

/** Rows by person in the order of names; people whose contract holds no day of the range are left out. */
export function personRows(
  timeline: Drawn,
  records: Records,
  thisWeek: string,
  scale: Scale = scaleOf(timeline.weeks, 'week'),
): PersonRow[] {
  const figures = new Map(timeline.assignments.map((figure) => [figure.id, figure]));
  const byPerson = grouped(onGrid(records.assignments, scale), ({ person }) => person);
  const now = timeline.weeks.indexOf(thisWeek);
  const projectName = ({ project, role }: AssignmentView) =>
    `${isolated(records.projects.get(project)?.name ?? 'Unknown project')} · ${role}`;
  return timeline.people
    .flatMap((figure) => {
      const person = records.people.get(figure.id);
      return person && figure.employed.some(Boolean) ? [{ person, figure }] : [];
    })
    .sort((a, b) => a.person.private.name.localeCompare(b.person.private.name))
    .map(({ person, figure }) => {
      const holidays = new Map([[person.id, figure.holidays.flat()]]);
      const { bars, lanes } = barsOf(byPerson.get(person.id) ?? [], scale, records, figures, projectName, holidays);
      const overWeeks = timeline.weeks.filter((_, index) => (figure.over[index] ?? 0) > 0);
      return {
        person,
        meta: metaOf(person, timeline.today, records.people),
        cells: loadCells(person, records.people, figure, timeline.weeks, scale),
        free: now < 0 ? null : (figure.remaining[now] ?? null),
        free4:
          now < 0 || now + 4 > figure.remaining.length ? null : figure.remaining.slice(now, now + 4).reduce((sum, value) => sum + value, 0),
        bars,
        lanes,
        overWeeks,
        overHours: figure.over.reduce((sum, value) => sum + value, 0),
      };
    });
}

/** A person's columns, each with what a screen reader hears of it. */
export function loadCells(
  person: PersonView,
  people: Records['people'],
  figure: Figure,
  weeks: readonly string[],
  scale: Scale = scaleOf(weeks, 'week'),
): LoadCell[] {
  const name = isolated(nameAmong(person, people));
  return scale.columns.map((column, index) => cellOf(name, person, figure, column, index, scale));
}

/** Confirmed effective hours and net hours of a week as a change under way would make them, by week. */
export type LoadAhead = ReadonlyMap<string, { readonly hours: number; readonly net: number }>;

/** A week's load as a change would make it; itself where nothing is told of it. */
export function loadAhead(cell: LoadCell, ahead: LoadAhead | null): LoadCell & { readonly changed?: boolean } {
  const after = ahead?.get(cell.key);
  if (!after || Math.abs(after.hours - cell.hours.confirmed) < 0.005) return cell;
  const over = after.hours - after.net > 0.01 ? after.hours - after.net : 0;
  const would = `would be ${hours(after.hours)} confirmed, of ${hours(after.net)} net${over > 0 ? `, ${hours(over)} over` : ''}`;
  return {
    ...cell,
    confirmed: share(after.hours, after.net),
    hours: { ...cell.hours, confirmed: after.hours },
    over,
    label: `${cell.label} · ${would}`,
    changed: true,
  };
}

interface Load {
  net: number;
  confirmed: number;
  tentative: number;
  over: number;
  /** Weeks over capacity, of a month. */
  overWeeks: number;
  leave: number;
  remaining: number;
  employed: boolean;
  holidays: readonly string[];
}

type Figure = LoadWeeks & Pick<TimelineAnswer['people'][number], 'days'>;

/** What a person's figures say of a column: of a day its own, else the sum of its weeks. */
function loadOf(figure: Figure, { from, to, weeks }: Column, index: number, { zoom }: Scale): Load {
  const days = zoom === 'day' ? figure.days : undefined;
  const at = days ? [index] : weeks;
  const { net, confirmed, tentative, over, leaveDays: leave, remaining, employed } = days ?? figure;
  const total = (list: readonly number[]) => sum(at.map((one) => list[one] ?? 0));
  return {
    net: total(net),
    confirmed: total(confirmed),
    tentative: total(tentative),
    over: total(over),
    overWeeks: at.filter((one) => (over[one] ?? 0) > 0).length,
    leave: total(leave),
    remaining: total(remaining),
    employed: at.some((one) => employed[one]),
    holidays: weeks.flatMap((one) => figure.holidays[one] ?? []).filter((day) => from <= day && day <= to),
  };
}

const placeOf = ({ key, left, width }: Column) => ({ key, left, width });

function cellOf(name: string, { contract: { to } }: PersonView, figure: Figure, column: Column, index: number, scale: Scale): LoadCell {
  const load = loadOf(figure, column, index, scale);
  const { net, confirmed, tentative, over, employed, holidays } = load;
  const ends = to !== null && column.from <= to && to <= column.to;
  const away = employed && net <= 0 && (load.leave > 0 || holidays.length > 0);
  return {
    ...placeOf(column),
    employed,
    away,
    off: scale.zoom === 'day' && employed && !away && net <= 0 && confirmed + tentative <= 0,
    confirmed: share(confirmed, net),
    tentative: share(tentative, net) ?? 0,
    hours: { confirmed, tentative },
    over,
    leave: load.leave > 0 ? leaveOf(load.leave, scale) : scale.zoom === 'day' && holidays.length > 0 ? 'holiday' : null,
    holidays,
    ends,
    label: `${labelOf(name, column, load)}${ends ? ` · contract ends ${dayWords(to, column.from)}` : ''}`,
  };
}

/** A day is too narrow for more than one word. */
const leaveOf = (days: number, { zoom }: Scale) => (zoom !== 'day' ? `${leaveDays(days)} leave` : days >= 1 ? 'leave' : leaveDays(days));

function labelOf(name: string, { words, weeks }: Column, load: Load): string {
  const start = `${name}, ${words}:`;
  if (!load.employed) return `${start} no contract`;
  const parts = [`${hours(load.confirmed)} confirmed`];
  if (load.tentative > 0) parts.push(`${hours(load.tentative)} tentative`);
  parts.push(`of ${hours(load.net)} net (${percent(load.net > 0 ? load.confirmed / load.net : null)})`);
  const inWeeks = weeks.length > 1 ? ` in ${load.overWeeks} of ${count(weeks.length, 'week')}` : '';
  if (load.over > 0) parts.push(`${hours(load.over)} over${inWeeks}`);
  if (load.leave > 0) parts.push(`${leaveDays(load.leave)} leave`);
  if (load.holidays.length > 0) parts.push(`holiday ${load.holidays.map(shortDay).join(', ')}`);
  parts.push(`${hours(load.remaining)} free`);
  return `${start} ${parts.join(', ')}`;
}

/** `PT · 32 h · not Wed`, and the end of a contract; before it what tells two people of one name apart. */
export function metaOf(person: PersonView, today: string, people: ReadonlyMap<string, PersonView>): string {
  const pattern = patternOn(person, today);
  const mark = markOf(person, people);
  const region = regionOn(person, today);
  const parts = [
    mark === region ? null : mark,
    region,
    pattern ? `${number(pattern.reduce((sum, value) => sum + value, 0))} h` : null,
    pattern ? workdays(pattern) : null,
  ];
  if (person.employment === 'freelance') parts.push('freelance');
  if (person.contract.to !== null) parts.push(`to ${dayWords(person.contract.to, today)}`);
  return parts.filter(Boolean).join(' · ');
}

/** The row of all people shown: hours, and per cents of their net hours. */
export function groupCells(timeline: Drawn, rows: readonly PersonRow[], scale: Scale): GroupCell[] {
  const shown = new Set(rows.map(({ person }) => person.id));
  const people = timeline.people.filter(({ id }) => shown.has(id));
  return scale.columns.map((column, index) => {
    const loads = people.map((figure) => loadOf(figure, column, index, scale));
    const [net, confirmed, tentative] = (['net', 'confirmed', 'tentative'] as const).map((key) => sum(loads.map((load) => load[key]))) as [
      number,
      number,
      number,
    ];
    const apart = timeline.confirmedOnly ? ', tentative work hidden' : `, ${hours(tentative)} tentative`;
    const label = `${sentence(column.words)}: ${hours(confirmed)} confirmed${apart}, of ${hours(net)} net`;
    const inHours = { confirmed, tentative };
    return { ...placeOf(column), confirmed: share(confirmed, net), tentative: share(tentative, net) ?? 0, hours: inHours, net, label };
  });
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
