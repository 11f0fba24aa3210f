import { dayWords } from '@sidekick/calendar';
import { mondayOfWeek } from '@sidekick/calendar/iso';
import type { AssignmentView, LoadWeeks, PersonView, TimelineAnswer } from '@sidekick/contracts';
import { hours, leaveDays, number, percent, shortDay, workdays } from '../../staffing/format.ts';
import { grouped } from '../../staffing/lists.ts';
import { isolated, markOf, nameAmong } from '../../staffing/people-names.ts';
import { patternOn } from '../../staffing/typed-hours.ts';
import { type Bar, barsOf, type Records } from './bars.ts';
import { columnsOf } from './project-rows.ts';

export interface LoadCell {
  readonly week: string;
  readonly monday: string;
  readonly employed: boolean;
  /** Net hours are 0 because of leave or holidays. */
  readonly away: boolean;
  /** Whole percents of net; null when net is 0. */
  readonly confirmed: number | null;
  readonly tentative: number;
  /** Hours over net. */
  readonly over: number;
  readonly leave: string | null;
  readonly holidays: readonly string[];
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
  readonly week: string;
  readonly confirmed: number | null;
  readonly tentative: number;
  readonly net: number;
  readonly label: string;
}

const share = (part: number, whole: number): number | null => (whole > 0 ? Math.round((part / whole) * 100) : null);

/** Rows by person in the order of names; people whose contract holds no day of the range are left out. */
export function personRows(timeline: TimelineAnswer, records: Records, thisWeek: string): PersonRow[] {
  const columns = columnsOf(timeline);
  const figures = new Map(timeline.assignments.map((figure) => [figure.id, figure]));
  const byPerson = grouped(records.assignments, ({ person }) => person);
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
      const { bars, lanes } = barsOf(byPerson.get(person.id) ?? [], columns, records, figures, projectName);
      const overWeeks = timeline.weeks.filter((_, index) => (figure.over[index] ?? 0) > 0);
      return {
        person,
        meta: metaOf(person, timeline.today, records.people),
        cells: loadCells(person, records.people, figure, timeline.weeks),
        free: now < 0 ? null : (figure.remaining[now] ?? null),
        free4: now < 0 ? null : figure.remaining.slice(now, now + 4).reduce((sum, value) => sum + value, 0),
        bars,
        lanes,
        overWeeks,
        overHours: figure.over.reduce((sum, value) => sum + value, 0),
      };
    });
}

/** A person's weeks, each with what a screen reader hears of it. */
export const loadCells = (person: PersonView, people: Records['people'], figure: LoadWeeks, weeks: readonly string[]): LoadCell[] =>
  weeks.map((week, index) => cellOf(isolated(nameAmong(person, people)), figure, week, mondayOfWeek(week), index));

function cellOf(name: string, figure: LoadWeeks, week: string, monday: string, index: number): LoadCell {
  const net = figure.net[index] ?? 0;
  const confirmed = figure.confirmed[index] ?? 0;
  const tentative = figure.tentative[index] ?? 0;
  const over = figure.over[index] ?? 0;
  const days = figure.leaveDays[index] ?? 0;
  const holidays = figure.holidays[index] ?? [];
  const employed = figure.employed[index] ?? false;
  const away = employed && net <= 0 && (days > 0 || holidays.length > 0);
  return {
    week,
    monday,
    employed,
    away,
    confirmed: share(confirmed, net),
    tentative: share(tentative, net) ?? 0,
    over,
    leave: days > 0 ? `${leaveDays(days)} leave` : null,
    holidays,
    label: labelOf(name, monday, employed, { net, confirmed, tentative, over, days, remaining: figure.remaining[index] ?? 0 }, holidays),
  };
}

interface Hours {
  net: number;
  confirmed: number;
  tentative: number;
  over: number;
  days: number;
  remaining: number;
}

function labelOf(name: string, monday: string, employed: boolean, figure: Hours, holidays: readonly string[]): string {
  const start = `${name}, week of ${shortDay(monday)}:`;
  if (!employed) return `${start} no contract`;
  const parts = [`${hours(figure.confirmed)} confirmed`];
  if (figure.tentative > 0) parts.push(`${hours(figure.tentative)} tentative`);
  parts.push(`of ${hours(figure.net)} net (${percent(figure.net > 0 ? figure.confirmed / figure.net : null)})`);
  if (figure.over > 0) parts.push(`${hours(figure.over)} over`);
  if (figure.days > 0) parts.push(`${leaveDays(figure.days)} leave`);
  if (holidays.length > 0) parts.push(`holiday ${holidays.map(shortDay).join(', ')}`);
  parts.push(`${hours(figure.remaining)} free`);
  return `${start} ${parts.join(', ')}`;
}

/** `PT · 32 h · not Wed`, and the end of a contract; before it what tells two people of one name apart. */
export function metaOf(person: PersonView, today: string, people: ReadonlyMap<string, PersonView>): string {
  const pattern = patternOn(person, today);
  const mark = markOf(person, people);
  const parts = [
    mark === person.region ? null : mark,
    person.region,
    pattern ? `${number(pattern.reduce((sum, value) => sum + value, 0))} h` : null,
    pattern ? workdays(pattern) : null,
  ];
  if (person.employment === 'freelance') parts.push('freelance');
  if (person.contract.to !== null) parts.push(`to ${dayWords(person.contract.to, today)}`);
  return parts.filter(Boolean).join(' · ');
}

/** The row of all people shown: per cents of their net hours. */
export function groupCells(timeline: TimelineAnswer, rows: readonly PersonRow[]): GroupCell[] {
  const shown = new Set(rows.map(({ person }) => person.id));
  const people = timeline.people.filter(({ id }) => shown.has(id));
  const sum = (pick: (figure: TimelineAnswer['people'][number]) => number | undefined) =>
    people.reduce((total, figure) => total + (pick(figure) ?? 0), 0);
  return timeline.weeks.map((week, index) => {
    const net = sum(({ net: list }) => list[index]);
    const confirmed = sum(({ confirmed: list }) => list[index]);
    const tentative = sum(({ tentative: list }) => list[index]);
    const label = `Week of ${shortDay(timeline.mondays[index] ?? '')}: ${hours(confirmed)} confirmed, ${hours(tentative)} tentative, of ${hours(net)} net`;
    return { week, confirmed: share(confirmed, net), tentative: share(tentative, net) ?? 0, net, label };
  });
}
