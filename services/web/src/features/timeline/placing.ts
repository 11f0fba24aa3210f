import { addDays, earlier, later, mondayOfWeek, weekOf } from '@sidekick/calendar/iso';
import type { PersonView, PreviewAnswer, ProjectView } from '@sidekick/contracts';
import { dayRange, hours, number, shortDay, weekRuns } from '../../staffing/format.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { coverageWords } from '../../ui/coverage-cell.tsx';
import type { Records } from './bars.ts';
import { overlaps } from './geometry.ts';
import type { Scale } from './scale.ts';
import type { Drawn } from './slice.ts';

/** A new bar while it is drawn or dragged in: whose row it is over, who or what is dragged, and which days. */
export interface Placing {
  readonly project: string | null;
  readonly person: string | null;
  readonly from: string;
  readonly to: string;
}

/** The days that something is dropped on: one step of the scale, in weeks that lack cover to their end. */
export function placeAt(project: string | null, day: string, { step, first }: Scale, { projects }: Drawn): { from: string; to: string } {
  const from = step === 1 ? day : later(mondayOfWeek(weekOf(day)), first);
  const week = weekOf(day);
  const gap = projects.find(({ id }) => id === project)?.gaps.find((one) => one.from <= week && week <= one.to);
  return { from, to: gap ? addDays(mondayOfWeek(gap.to), 6) : addDays(from, step === 1 ? 0 : 6) };
}

/** Values of consecutive days or weeks as runs of equal ones, in words; what is null is left out. */
function runsOf<T>(
  values: readonly { from: string; to: string; value: T | null }[],
  words: (value: T, from: string, to: string) => string,
): string[] {
  const runs: { from: string; to: string; value: T }[] = [];
  let isOpen = false;
  for (const { from, to, value } of values) {
    const last = runs.at(-1);
    if (value === null) isOpen = false;
    else if (isOpen && last?.value === value) last.to = to;
    else {
      runs.push({ from, to, value });
      isOpen = true;
    }
  }
  return runs.map(({ from, to, value }) => words(value, from, to));
}

const partsOf = (timeline: Drawn, { from, to }: Placing) =>
  timeline.weeks.flatMap((week, at) => {
    const days = { from: later(from, mondayOfWeek(week)), to: earlier(to, addDays(mondayOfWeek(week), 6)) };
    return days.from <= days.to ? [{ ...days, week, at }] : [];
  });

/** Hours that are left, week by week, or by day where the grid shows days; leave, holidays and the contract in these days. */
function personLines(person: PersonView, placing: Placing, timeline: Drawn, records: Records): string[] {
  const figure = timeline.people.find(({ id }) => id === person.id);
  if (!figure) return ['No hours in these weeks'];
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const parts = partsOf(timeline, placing);
  const byDay = figure.days;
  const daily = byDay
    ? parts.flatMap(({ at, from, to }) =>
        [0, 1, 2, 3, 4, 5, 6].flatMap((offset) => {
          const day = addDays(mondayOfWeek(timeline.weeks[at] ?? ''), offset);
          const index = at * 7 + offset;
          if (day < from || day > to) return [];
          const net = byDay.net[index] ?? 0;
          return [{ from: day, to: day, value: net > 0 ? rounded(byDay.remaining[index] ?? 0) : null }];
        }),
      )
    : parts.map(({ at, from, to }) => ({ from, to, value: rounded(figure.remaining[at] ?? 0) }));
  const unit = byDay ? 'a day' : 'a week';
  const free = runsOf(daily, (value, from, to) =>
    value < 0 ? `${hours(-value)} ${unit} over ${dayRange(from, to)}` : `${hours(value)} ${unit} free ${dayRange(from, to)}`,
  );
  const away = records.timeOff
    .filter((one) => one.person === person.id && one.state !== 'declined' && overlaps(one, placing))
    .map((one) => `${one.state === 'approved' ? 'Away' : 'Has asked for leave'} ${dayRange(one.from, one.to)}`);
  const days = parts.flatMap(({ at }) => figure.holidays[at] ?? []).filter((day) => placing.from <= day && day <= placing.to);
  const holidays = days.length === 0 ? [] : [`${days.length === 1 ? 'Holiday' : 'Holidays'} ${days.map(shortDay).join(', ')}`];
  const { from, to } = person.contract;
  const contract = [
    ...(from !== null && from > placing.from ? [`The contract begins ${shortDay(from)}`] : []),
    ...(to !== null && to < placing.to ? [`The contract ends ${shortDay(to)}`] : []),
  ];
  return [...free, ...away, ...holidays, ...contract];
}

/** Which of the weeks lack cover or a lead, and what of the days lies outside of the project. */
function projectLines(project: ProjectView, placing: Placing, timeline: Drawn): string[] {
  const figure = timeline.projects.find(({ id }) => id === project.id);
  const parts = partsOf(timeline, placing);
  const states = parts.map(({ from, to, at }) => ({ from, to, value: figure?.coverage[at] ?? null }));
  const lacking = runsOf(
    states.map((one) => ({ ...one, value: one.value === 'covered' ? null : one.value })),
    (state, from, to) => `Now ${coverageWords[state]} ${dayRange(from, to)}`,
  );
  const isCovered = lacking.length === 0 && states.some(({ value }) => value === 'covered');
  const lead = parts.flatMap(({ at, week }) => (figure?.openLead[at] ? [week] : []));
  return [
    ...(isCovered ? ['Covered already'] : lacking),
    ...(lead.length > 0 ? [`No lead ${weekRuns(lead)}`] : []),
    ...(project.from > placing.from ? [`${isolated(project.name)} begins ${shortDay(project.from)}`] : []),
    ...(project.to !== null && project.to < placing.to ? [`${isolated(project.name)} ends ${shortDay(project.to)}`] : []),
  ];
}

/** Weeks that gain or lose cover, and those in which somebody would be over, as a preview tells them. */
function answerLines({ coverage, load }: PreviewAnswer, records: Records): { good: string[]; bad: string[] } {
  const weeksOf = (is: (before: string | null, after: string | null) => boolean) =>
    coverage.filter(({ before, after }) => before !== after && is(before, after)).map(({ week }) => week);
  const gained = weeksOf((_, after) => after === 'covered');
  const lost = weeksOf((before) => before === 'covered');
  const over = load.filter(({ before, after }) => after.hours - after.net > 0.01 && after.hours - before.hours > 0.01);
  return {
    good: gained.length > 0 ? [`Cover gained ${weekRuns(gained)}`] : [],
    bad: [
      ...(lost.length > 0 ? [`Cover lost ${weekRuns(lost)}`] : []),
      ...over.map(
        ({ person, week, after }) =>
          `${isolated(nameOf(person, records.people, 'Somebody'))} over by ${number(after.hours - after.net)} h in the week of ${shortDay(mondayOfWeek(week))}`,
      ),
    ],
  };
}

/** Lines beside the pointer at most: the rest is told by the form. */
const most = 8;

export interface PlacingWords {
  readonly title: string;
  readonly lines: readonly string[];
  readonly bad: readonly string[];
}

/** What is told while a new bar is drawn or dragged in, before anything is saved. */
export function placingWords(placing: Placing, answer: PreviewAnswer | null, timeline: Drawn, records: Records): PlacingWords {
  const person = placing.person === null ? undefined : records.people.get(placing.person);
  const project = placing.project === null ? undefined : records.projects.get(placing.project);
  const who = [person && isolated(nameOf(person.id, records.people, 'Somebody')), project && isolated(project.name)].filter(Boolean);
  const told = answer ? answerLines(answer, records) : { good: [], bad: [] };
  const broken = answer?.broken.filter(({ severity }) => severity === 'rule').map(({ message }) => message) ?? [];
  return {
    title: `${who.join(' on ')}${who.length > 0 ? ', ' : ''}${dayRange(placing.from, placing.to)}`,
    lines: [
      ...told.good,
      ...(project ? projectLines(project, placing, timeline) : []),
      ...(person ? personLines(person, placing, timeline, records) : []),
    ].slice(0, most),
    bad: [...broken, ...told.bad].slice(0, most),
  };
}
