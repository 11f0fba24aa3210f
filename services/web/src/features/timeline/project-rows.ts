import { addDays, addWeeks, mondayOfWeek } from '@sidekick/calendar/iso';
import type { AssignmentView, CoverageState, OpeningView, ProjectView, TimelineAnswer, WeekNoteView } from '@sidekick/contracts';
import { count, dayRange, hours, shortDay } from '../../staffing/format.ts';
import { grouped } from '../../staffing/lists.ts';
import { isolated, nameOf } from '../../staffing/people-names.ts';
import { coverageStates, coverageWords } from '../../ui/coverage-cell.tsx';
import { type Bar, barsOf, byStart, type Records } from './bars.ts';
import { onGrid, overlaps, type Span, shared, spanOf } from './geometry.ts';
import { type PlaceBar, placeBars, wantedInWeek } from './place-bars.ts';
import { capital } from './place-fill.ts';
import { type Planned, type PlannedBar, plannedBars } from './planned-bars.ts';
import { type Column, type Scale, scaleOf } from './scale.ts';
import type { Drawn } from './slice.ts';

export interface Cell {
  readonly week: string;
  readonly monday: string;
  readonly state: CoverageState | null;
  readonly hours: number;
  /** Hours that open places want, which nobody works. */
  readonly wanted: number;
  /** Index into the project's gaps, or null. */
  readonly gap: number | null;
  /** What managers noted on the week. */
  readonly note: string | null;
  readonly label: string;
}

/** What stands below one column or, by day, below the week that its days share: coverage is a state of weeks. */
export interface StripCell {
  readonly key: string;
  readonly cells: readonly Cell[];
  /** In a sentence, for more weeks than one. */
  readonly words: string | null;
  readonly left: number;
  readonly width: number;
}

export interface ProjectRow {
  readonly project: ProjectView;
  readonly lanes: number;
  readonly height: number;
  readonly stripTop: number | null;
  readonly bars: readonly Bar[];
  /** Runs without a lead, each with its own ends; `to` null has no end yet. */
  readonly openLead: readonly { readonly span: Span; readonly from: string; readonly to: string | null; readonly lane: number }[];
  /** Open places, below the bars from `placeLane` on. */
  readonly places: readonly PlaceBar[];
  readonly placeLane: number;
  /** What a plan would add, below the open places from `plannedLane` on. */
  readonly planned: readonly PlannedBar[];
  readonly plannedLane: number;
  /** From when to when a proposal would be. */
  readonly plan: Span | null;
  /** The dates that it had before it slipped. */
  readonly baseline: Span | null;
  readonly cells: readonly Cell[];
  readonly strip: readonly StripCell[];
  readonly gaps: TimelineAnswer['projects'][number]['gaps'];
}

const firstLane = 7;

/** Rows of the timeline by project, in the order of priority, then start, then name; only projects with a day in the range. */
export function projectRows(
  timeline: Drawn,
  records: Records,
  scale: Scale = scaleOf(timeline.weeks, 'week'),
  openings: readonly OpeningView[] = [],
  weekNotes: readonly WeekNoteView[] = [],
  planned: Planned | null = null,
): ProjectRow[] {
  const places = grouped(openings, ({ project }) => project);
  const notes = grouped(weekNotes, ({ project }) => project);
  const choices = grouped(planned?.choices ?? [], ({ project }) => project);
  const figures = new Map(timeline.assignments.map((figure) => [figure.id, figure]));
  const byProject = grouped(onGrid(records.assignments, scale), ({ project }) => project);
  const holidays = new Map(timeline.people.map((figure) => [figure.id, figure.holidays.flat()]));
  return timeline.projects
    .flatMap((figure) => {
      const project = records.projects.get(figure.id);
      return project && project.state !== 'lost' ? [{ project, figure }] : [];
    })
    .filter(
      ({ project }) =>
        spanOf(project, scale) !== null || byProject.has(project.id) || places.get(project.id)?.some((one) => spanOf(one, scale) !== null),
    )
    .sort((a, b) => compareProjects(a.project, b.project))
    .map(({ project, figure }) =>
      rowOf(project, figure, byProject.get(project.id) ?? [], timeline, scale, records, {
        figures,
        holidays,
        places: places.get(project.id) ?? [],
        planned: planned && { plan: planned.plan, choices: choices.get(project.id) ?? [] },
        notes: notes.get(project.id) ?? [],
      }),
    );
}

function compareProjects(a: ProjectView, b: ProjectView): number {
  const proposal = Number(a.state === 'proposal') - Number(b.state === 'proposal');
  return proposal || a.priority - b.priority || byStart(a, b) || a.name.localeCompare(b.name);
}

function rowOf(
  project: ProjectView,
  figure: TimelineAnswer['projects'][number],
  assignments: readonly AssignmentView[],
  timeline: Drawn,
  scale: Scale,
  records: Records,
  {
    figures,
    holidays,
    places,
    planned,
    notes,
  }: {
    figures: ReadonlyMap<string, Drawn['assignments'][number]>;
    holidays: ReadonlyMap<string, readonly string[]>;
    places: readonly OpeningView[];
    planned: Planned | null;
    notes: readonly WeekNoteView[];
  },
): ProjectRow {
  const personName = ({ person }: AssignmentView) => nameOf(person, records.people);
  const led = assignments.some(({ role }) => role === 'lead');
  // The first lane is the lead's, also while nobody leads.
  const below = !led && figure.openLead.some(Boolean) ? 1 : 0;
  const { bars, lanes } = barsOf(assignments, scale, records, figures, personName, holidays, below);
  const openLead = openLeadOf(figure, timeline, scale, project, bars);
  const placeLane = Math.max(lanes, ...openLead.map(({ lane }) => lane + 1), 0);
  const wanted = placeBars(places, scale, ({ role, hoursPerWeek }) => `${capital(role)} wanted · ${hours(hoursPerWeek)}`, records.projects);
  const plannedLane = placeLane + wanted.lanes;
  const outlines = planned ? plannedBars(planned.plan, planned.choices, scale, records) : { bars: [], lanes: 0 };
  const allLanes = plannedLane + outlines.lanes;
  const cells = cellsOf(project, figure, timeline, places, notes);
  const strip = project.policy === 'sidekick' || cells.some(({ state, note }) => state !== null || note !== null);
  const stripTop = strip ? firstLane + allLanes * scale.lane + 3 : null;
  return {
    project,
    lanes: allLanes,
    height: Math.max(68, (stripTop ?? firstLane + allLanes * scale.lane) + 24),
    stripTop,
    bars,
    openLead,
    places: wanted.bars,
    placeLane,
    planned: outlines.bars,
    plannedLane,
    plan: project.state === 'proposal' ? spanOf(project, scale) : null,
    baseline: project.baseline ? spanOf(project.baseline, scale) : null,
    cells,
    strip: stripOf(cells, scale),
    gaps: figure.gaps,
  };
}

/** Runs of weeks without a confirmed lead, on the first lane where no lead is drawn; else on a lane of their own. */
function openLeadOf(
  figure: TimelineAnswer['projects'][number],
  timeline: Drawn,
  scale: Scale,
  project: ProjectView,
  bars: readonly Bar[],
): ProjectRow['openLead'] {
  const runs = figure.openLeads?.map(({ from, to, open }) => weekRun(from, open ? null : to)) ?? runsInRange(figure.openLead, timeline);
  const leads = bars.filter(({ assignment, undone, span }) => assignment.role === 'lead' && !(undone && undone.left <= span.left));
  return runs.flatMap((run) => {
    const inside = shared(run, project);
    const span = inside && spanOf(inside, scale);
    if (!inside || !span) return [];
    const blocked = leads.some(({ lane, assignment }) => lane === 0 && overlaps(assignment, inside));
    const lane = blocked ? Math.max(...bars.map((bar) => bar.lane)) + 1 : 0;
    return [{ span, from: inside.from, to: inside.to, lane }];
  });
}

const weekRun = (from: string, to: string | null) => ({ from: mondayOfWeek(from), to: to && addDays(mondayOfWeek(to), 6) });

function runsInRange(open: readonly boolean[], timeline: Drawn): { from: string; to: string }[] {
  const runs: { from: string; to: string }[] = [];
  open.forEach((isOpen, index) => {
    const monday = timeline.mondays[index];
    if (!isOpen || monday === undefined) return;
    const last = runs.at(-1);
    if (last && addDays(last.to, 1) === monday) last.to = addDays(monday, 6);
    else runs.push({ from: monday, to: addDays(monday, 6) });
  });
  return runs;
}

function cellsOf(
  project: ProjectView,
  figure: TimelineAnswer['projects'][number],
  timeline: Drawn,
  places: readonly OpeningView[],
  notes: readonly WeekNoteView[],
): Cell[] {
  return timeline.weeks.map((week, index) => {
    const state = figure.coverage[index] ?? null;
    const monday = timeline.mondays[index] ?? '';
    const sidekick = figure.sidekickHours[index] ?? 0;
    const gap = figure.gaps.findIndex(({ from, to }) => from <= week && week <= to);
    const wanted = wantedInWeek(places, monday);
    const covered = state === null ? 'does not count' : `${coverageWords[state]}, ${hours(sidekick)} sidekick`;
    const note = notes.find((one) => one.week === week)?.private.note ?? null;
    const words = wanted > 0 ? `${covered}; ${hours(wanted)} wanted in open places` : covered;
    return {
      week,
      monday,
      state,
      hours: sidekick,
      wanted,
      gap: gap < 0 ? null : gap,
      note,
      label: `${isolated(project.name)}, week of ${shortDay(monday)}: ${words}${note === null ? '' : `\nNote: ${note}`}`,
    };
  });
}

/** Cells below the columns: months tell those of their weeks together, days share that of their week. */
function stripOf(cells: readonly Cell[], { zoom, columns }: Scale): StripCell[] {
  if (zoom === 'day' || zoom === 'week') return cells.map((cell, left) => ({ key: cell.week, cells: [cell], words: null, left, width: 1 }));
  return columns.map(({ key, weeks, left, width, words }: Column) => ({
    key,
    cells: weeks.flatMap((at) => cells[at] ?? []),
    words,
    left,
    width,
  }));
}

/** The worst of some weeks' states; null where none counts. */
export const worstOf = (states: readonly (CoverageState | null)[]): CoverageState | null =>
  coverageStates.find((state) => states.includes(state)) ?? null;

/** `no sidekick in 2 of 5 weeks, covered in 3`, from the worst on, and how many do not count. */
export function statesInWords(states: readonly (CoverageState | null)[]): string {
  const many = (wanted: CoverageState | null) => states.filter((state) => state === wanted).length;
  const found = coverageStates.filter((state) => many(state) > 0);
  if (found.length === 0) return states.length === 1 ? 'does not count' : `none of ${count(states.length, 'week')} counts`;
  const [worst, ...others] = found.map((state, at) =>
    at === 0 ? `${coverageWords[state]} in ${many(state)} of ${count(states.length, 'week')}` : `${coverageWords[state]} in ${many(state)}`,
  );
  return [worst, ...others, ...(many(null) > 0 ? [`${many(null)} not counted`] : [])].join(', ');
}

/** `Sidekick 8 h, min 4 h · Postgres 3`, or that none is needed. */
export function wantsOf(project: ProjectView): string {
  if (project.policy === 'no-sidekick') return 'No sidekick needed';
  const skills = project.requiredSkills.map(({ skill, level }) => `${skill} ${level}`);
  return [`Sidekick ${hours(project.wantedHours)}, min ${hours(project.minimumHours)}`, ...skills].join(' · ');
}

/** The days of a gap inside its project; its end may be open. */
export function gapDays(project: ProjectView, gap: ProjectRow['gaps'][number]): { from: string; to: string | null } {
  return shared(weekRun(gap.from, gap.open ? null : gap.to), project) ?? weekRun(gap.from, gap.to);
}

/** `Atlas has no sidekick 7 Dec – 27 Dec · 3 weeks · 24 h`, with the gap's own ends, as home tells them. */
export function gapTitle(name: string, gap: ProjectRow['gaps'][number]): string {
  const states = new Set(gap.states);
  const words = states.has('none') || states.has('alone') ? 'has no sidekick' : sentenceOf([...states][0] ?? 'none');
  const run = weekRun(gap.from, gap.open ? null : gap.to);
  const ahead = gap.open ? ' in the two years ahead' : '';
  return `${isolated(name)} ${words} ${dayRange(run.from, run.to)} · ${count(gap.weeks, 'week')} · ${hours(gap.hours)}${ahead}`;
}

function sentenceOf(state: CoverageState): string {
  if (state === 'tentative') return 'has only a tentative sidekick';
  if (state === 'off') return 'has its sidekick off';
  if (state === 'thin') return 'is thin';
  return 'is below skill';
}

/** The state of every week of a gap in words: `no sidekick 7 Dec – 20 Dec, alone 21 Dec – 27 Dec`. */
export function gapReasons(gap: ProjectRow['gaps'][number]): string {
  const runs: { state: CoverageState; from: string; to: string | null }[] = [];
  gap.states.forEach((state, index) => {
    const monday = mondayOfWeek(addWeeks(gap.from, index));
    const last = runs.at(-1);
    if (last && last.state === state) last.to = addDays(monday, 6);
    else runs.push({ state, from: monday, to: addDays(monday, 6) });
  });
  const last = runs.at(-1);
  if (last && gap.open) last.to = null;
  return runs.map(({ state, from, to }) => `${coverageWords[state]} ${dayRange(from, to)}`).join(', ');
}
