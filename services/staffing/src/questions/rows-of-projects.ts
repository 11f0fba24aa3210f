import {
  type Day,
  dayOf,
  hoursWords,
  isoDay,
  isoWeek,
  meet,
  openTo,
  type Span,
  type Week,
  wantedIn,
  weekOfDay,
  weekSpan,
} from '@sidekick/calendar';
import type { CoverageState, FigurePart, FigureRow, RowsAnswer } from '@sidekick/contracts';
import { placesOf } from '../capacity/wanted.ts';
import type { Figures } from '../figures/index.ts';
import { ofProject } from '../kinds/records-of.ts';
import { missingIn } from '../skills/levels.ts';
import { partOf, workRow } from './rows-of-people.ts';

const epsilon = 1e-9;

/** What each state says, as coverage is decided: the first that holds. */
const meanings: Readonly<Record<CoverageState, string>> = {
  alone: 'nobody who leads works in this week, and no sidekick does',
  none: 'no sidekick is assigned',
  tentative: 'the sidekick is tentative',
  off: 'the sidekick is assigned and does not work in this week',
  thin: 'the sidekicks work less than the minimum',
  'below-skill': 'no sidekick who works has every required level',
  covered: 'a sidekick works at least the minimum and has every required level',
};

/** Why a week does not count (A11, A12). */
const uncounted = (figures: Figures, project: string, week: Week): string => {
  const record = figures.state.project.get(project)?.record;
  const { active, closed } = figures.crew(project, week);
  if (record?.policy === 'no-sidekick') return 'the project asks for no sidekick';
  if (record?.state !== 'agreed') return 'weeks of what is not agreed do not count';
  return active && closed ? 'holidays close this week' : 'the project is not active in this week';
};

/** Confirmed effective hours on the active days of the week, by assignment in any role (A15). */
function hoursRows(figures: Figures, project: string, active: Span, people: readonly string[]): FigureRow[] {
  const record = figures.state.project.get(project)?.record;
  return ofProject(figures.state.assignment, project).flatMap((assignment): FigureRow[] => {
    const { id, person } = assignment;
    if (!people.includes(person) || figures.counts(id) !== 'confirmed') return [];
    const row = workRow(figures, assignment, figures.effective(id, active));
    const missing = missingIn(figures.state.person.get(person)?.record.skills ?? [], record?.requiredSkills ?? []);
    const lacks = missing ? `, ${missing.skill} ${missing.level} of ${missing.required}` : '';
    const touches = dayOf(assignment.from) <= active.to && openTo(assignment.to) >= active.from;
    return touches ? [{ ...row, words: row.words + lacks }] : [];
  });
}

/** Who is looked at for the state of a week, with the minimum that the sidekicks are held against. */
export function coverageParts(figures: Figures, project: string, week: Week): Pick<RowsAnswer, 'formula' | 'parts'> {
  const { coverage, leads, sidekicks, tentativeHours } = figures.crew(project, week);
  const record = figures.state.project.get(project)?.record;
  const days = weekSpan(week);
  const active = record ? meet({ from: dayOf(record.from), to: openTo(record.to) }, days) : days;
  const required = (record?.requiredSkills ?? []).map(({ skill, level }) => `${skill} ${level}`).join(', ');
  const formula = coverage === null ? `Does not count: ${uncounted(figures, project, week)}` : `${coverage}: ${meanings[coverage]}`;
  const given = (title: string, value: number): FigurePart => ({ as: 'given', title, unit: 'hours', value, rows: [] });
  const parts = [
    partOf('given', 'Sidekicks', hoursRows(figures, project, active, sidekicks)),
    given(
      required === '' ? 'Minimum of the sidekicks together' : `Minimum of the sidekicks together, one of them with ${required}`,
      figures.minimum(project, week),
    ),
    partOf('given', 'Leads', hoursRows(figures, project, active, leads)),
  ];
  return { formula, parts: tentativeHours > epsilon ? [...parts, given('Tentative, not counted', tentativeHours)] : parts };
}

/** The open places of a project that want hours in the days of the span, first those that begin first. */
export function wantedParts(figures: Figures, project: string, span: Span): FigurePart[] {
  const record = figures.state.project.get(project)?.record;
  const places = record ? [...placesOf(figures.state, record)].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0)) : [];
  const rows = places.flatMap((place): FigureRow[] => {
    const value = wantedIn(place, span);
    if (value <= epsilon) return [];
    const skills = place.skills.map(({ skill, level }) => `, ${skill} ${level}`).join('');
    const days = { from: place.from, ...(place.to === null ? {} : { to: place.to }) };
    return [
      {
        kind: 'place',
        value,
        project,
        opening: place.id,
        ...days,
        words: `${place.role}, ${hoursWords(place.hoursPerWeek)} a week${skills}`,
      },
    ];
  });
  return [partOf('sum', 'Open places', rows)];
}

/** Covered weeks and weeks that need cover: of one project week by week, of all project by project. */
export function ratioParts(figures: Figures, project: string | undefined, span: Span): FigurePart[] {
  const [first, last] = [weekOfDay(span.from), weekOfDay(span.to)];
  const rows = project === undefined ? byProject(figures, first, last) : byWeek(figures, project, first, last);
  return [
    partOf('numerator', 'Covered weeks', rows('covered'), 'weeks'),
    partOf('denominator', 'Weeks that need cover', rows('needed'), 'weeks'),
  ];
}

type Counted = (what: 'covered' | 'needed') => FigureRow[];

const byProject = (figures: Figures, first: Week, last: Week): Counted => {
  const counts = [...figures.state.project.keys()].sort().map((project) => ({ project, ...figures.coverageCount(project, first, last) }));
  const weeks: [string, string] = [isoWeek(first), isoWeek(last)];
  return (what) =>
    counts
      .filter((one) => one[what] > 0)
      .sort((a, b) => b[what] - a[what])
      .map(({ project, ...one }) => ({
        ...{ kind: 'project', value: one[what], project, words: `${one.covered} of ${one.needed} weeks covered` },
        question: { what: 'coverageRatio', args: { project, weeks } },
      }));
};

const byWeek = (figures: Figures, project: string, first: Week, last: Week): Counted => {
  const all = Array.from({ length: last - first + 1 }, (_, at) => ({ week: first + at, coverage: figures.coverage(project, first + at) }));
  return (what) =>
    all
      .filter(({ coverage }) => (what === 'covered' ? coverage === 'covered' : coverage !== null))
      .map(({ week, coverage }) => ({
        ...{ kind: 'week', value: 1, project, week: isoWeek(week), words: coverage ?? '' },
        ...{ from: isoDay(weekSpan(week).from), to: isoDay(weekSpan(week).to) },
        question: { what: 'coverage', args: { project, week: isoWeek(week) } },
      }));
};

/** What each assignment of the person on the project adds. */
export const knowledgeParts = (figures: Figures, person: string, project: string, on: Day): FigurePart[] => {
  const rows = ofProject(figures.state.assignment, project).flatMap((record) => {
    const value = record.person === person && figures.counts(record.id) === 'confirmed' ? figures.knowledgeFrom(record.id, on) : 0;
    return value > epsilon ? [workRow(figures, record, value)] : [];
  });
  return [partOf('sum', 'Work on the project, faded', rows)];
};

/** Who is still here and holds knowledge, most first; the first of them are the fewest who hold half. */
export const holderParts = (figures: Figures, project: string, on: Day): FigurePart[] => {
  const fewest = figures.absenceFactor(project, on);
  const rows = figures.holders(project, on).map(
    ({ person, hours }, at): FigureRow => ({
      ...{ kind: 'person', value: hours, person, words: at < fewest ? 'of the fewest who hold half' : hoursWords(hours) },
      question: { what: 'knowledge', args: { person, project, on: isoDay(on) } },
    }),
  );
  return [partOf('given', 'Knowledge of those still here', rows)];
};
