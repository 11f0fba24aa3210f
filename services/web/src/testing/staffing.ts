import { addDays, mondayOfWeek, weeksFrom } from '@sidekick/calendar/iso';
import type {
  AssignmentView,
  ChangeSetView,
  Decision,
  PersonView,
  ProjectView,
  Question,
  TimelineAnswer,
  TimeOffView,
} from '@sidekick/contracts';
import { candidates, nothingBreaks } from './answers.ts';
import { aMe, anAnswer } from './builders.ts';
import { ana, atlas, jonas, noor } from './ids.ts';
import { fakePortal, idOf } from './portal.ts';

export { overAllocated } from './answers.ts';
export { ana, atlas, candidates, jonas, noor, nothingBreaks };

/** Monday of the tests, the first day of week 49. */
const today = '2026-11-30';

export const aPerson = (id: string, name: string, over: Partial<PersonView> = {}): PersonView => ({
  id,
  version: 1,
  employment: 'employed',
  timeZone: 'Europe/Lisbon',
  region: 'PT',
  patterns: [{ from: '2026-01-01', hours: [8, 8, 8, 8, 8, 0, 0] }],
  contract: { from: null, to: null },
  skills: [{ skill: 'Postgres', level: 4 }],
  operationsShare: 0.05,
  private: { name, email: null, note: null },
  sample: false,
  ...over,
});

export const aProject = (id: string, name: string, over: Partial<ProjectView> = {}): ProjectView => ({
  id,
  version: 1,
  name,
  client: 'Commons Lab',
  description: '',
  from: '2026-10-05',
  to: '2027-03-14',
  state: 'agreed',
  priority: 1,
  policy: 'sidekick',
  minimumHours: 4,
  wantedHours: 8,
  requiredSkills: [{ skill: 'Postgres', level: 3 }],
  sample: false,
  ...over,
});

export const anAssignment = (id: string, person: string, over: Partial<AssignmentView> = {}): AssignmentView => ({
  id,
  version: 4,
  person,
  project: atlas,
  role: 'lead',
  from: '2026-10-05',
  to: '2027-03-14',
  hoursPerWeek: 24,
  state: 'confirmed',
  accepted: [],
  private: { reason: null },
  sample: false,
  ...over,
});

export const aLeave = (id: string, person: string, over: Partial<TimeOffView> = {}): TimeOffView => ({
  id,
  version: 2,
  person,
  from: '2026-12-21',
  to: '2026-12-24',
  amount: { portion: 1 },
  state: 'requested',
  private: { kind: 'Holiday', note: null, reason: null },
  accepted: [],
  sample: false,
  ...over,
});

export const aChange = (number: number, over: Partial<ChangeSetView> = {}): ChangeSetView => ({
  number,
  id: idOf(5000 + number),
  at: '2026-11-27T09:00:00.000Z',
  by: { account: idOf(800), name: 'Helena Prado' },
  reason: null,
  accepted: [],
  undoes: null,
  undoneBy: null,
  summary: `Change ${number}`,
  changes: [],
  ...over,
});

export const aGapDecision = (over: Partial<Extract<Decision, { kind: 'gap' }>> = {}): Decision => ({
  kind: 'gap',
  id: `gap:${atlas}:2026-W50`,
  from: '2026-12-07',
  to: '2026-12-27',
  decideBy: '2026-12-04',
  title: 'Atlas has no sidekick 7 Dec – 27 Dec',
  detail: '3 weeks, 24 h',
  project: atlas,
  weeks: [
    { week: '2026-W50', state: 'none' },
    { week: '2026-W51', state: 'none' },
    { week: '2026-W52', state: 'alone' },
  ],
  hours: 24,
  ...over,
});

/** Weeks 48 to 63 as the API answers them: Atlas lacks a sidekick in weeks 50 to 52. By day nobody works on weekends, nor on the holiday. */
export function aTimeline(
  from: string,
  to: string,
  people: readonly PersonView[],
  assignments: readonly AssignmentView[],
  by: 'week' | 'day' = 'week',
): TimelineAnswer {
  const all = weeksFrom(from, 104);
  const weeks = all.slice(0, all.indexOf(to) + 1);
  const fill = (value: number) => weeks.map(() => value);
  const holiday = addDays(mondayOfWeek('2026-W49'), 1);
  const days = weeks.flatMap((week) => [0, 1, 2, 3, 4, 5, 6].map((day) => addDays(mondayOfWeek(week), day)));
  const each = (value: number) => days.map((day, index) => (index % 7 > 4 || day === holiday ? 0 : value));
  const load = { net: each(8), confirmed: each(4), tentative: each(0), remaining: each(3.6), over: each(0), leaveDays: each(0) };
  const states = new Map([
    ['2026-W50', 'none'],
    ['2026-W51', 'none'],
    ['2026-W52', 'alone'],
  ] as const);
  const coverage = weeks.map((week) => states.get(week as '2026-W50') ?? ('covered' as const));
  return {
    head: 40,
    today,
    weeks,
    mondays: weeks.map(mondayOfWeek),
    people: people.map(({ id }) => ({
      id,
      net: fill(40),
      confirmed: fill(20),
      tentative: fill(0),
      remaining: fill(18),
      over: weeks.map((week) => (id === jonas && week === '2026-W51' ? 4 : 0)),
      leaveDays: fill(0),
      holidays: weeks.map((week) => (week === '2026-W49' ? [holiday] : [])),
      employed: weeks.map(() => true),
      ...(by === 'day' ? { days: { ...load, employed: days.map(() => true) } } : {}),
    })),
    projects: [
      {
        id: atlas,
        coverage,
        openLead: weeks.map(() => false),
        sidekickHours: fill(8),
        gaps: [{ from: '2026-W50', to: '2026-W52', weeks: 3, states: ['none', 'none', 'alone'], hours: 24 }],
        absenceFactor: 1,
      },
    ],
    assignments: assignments.map(({ id, hoursPerWeek }) => ({
      id,
      planned: fill(hoursPerWeek),
      effective: fill(hoursPerWeek),
      ...(by === 'day'
        ? { days: { planned: days.map((_, index) => (index % 7 > 4 ? 0 : hoursPerWeek / 5)), effective: each(hoursPerWeek / 5) } }
        : {}),
    })),
    group: {
      covered: weeks.length - 3,
      needed: weeks.length,
      confirmedHours: 20 * weeks.length * people.length,
      tentativeHours: 0,
      netHours: 40 * weeks.length * people.length,
      fairness: 1,
    },
  };
}

const questionsIn = (body: unknown) => (body as { questions: Question[] }).questions;
const weeksOf = ([from, to]: readonly [string, string]) => {
  const all = weeksFrom(from, 104);
  return all.slice(0, all.indexOf(to) + 1);
};

/** What the page of a person or of Atlas is drawn from: Ana leads, nobody backs up in weeks 50 to 52, Jonas does from then on. */
function figureOf(question: Question): unknown {
  switch (question.what) {
    case 'load': {
      const { id: _id, ...load } = aTimeline(...question.args.weeks, [aPerson(question.args.person, 'Anybody')], []).people[0] ?? {
        id: '',
      };
      return load;
    }
    case 'knows':
      return [{ project: atlas, hours: 81.25, state: 'warm' }];
    case 'crew':
      return weeksOf(question.args.weeks).map((week) => {
        const gap = week >= '2026-W50' && week <= '2026-W52';
        const sidekicks = gap ? [] : [jonas];
        const common = { week, active: true, closed: false, leads: [ana], leading: [ana], tentative: [], tentativeHours: 0 };
        return { ...common, coverage: gap ? 'none' : 'covered', sidekicks, sidekickHours: gap ? 0 : 8 };
      });
    case 'wholeGaps':
      return [{ from: '2026-W50', to: '2026-W52', weeks: 3, states: ['none', 'none', 'none'], hours: 24 }];
    case 'knowledgeOverTime':
      return weeksOf(question.args.weeks).map((week, index) => ({
        week,
        on: addDays(mondayOfWeek(week), 6),
        holders: [
          { person: ana, hours: 20 + index },
          { person: jonas, hours: 8 },
        ],
        absenceFactor: 1,
      }));
    default:
      return null;
  }
}

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });

/** A portal with Ana, Noor and Jonas on Atlas; everything a staffing screen asks is answered. */
export function aStaffing(
  options: { roles?: ('manager' | 'engineer' | 'ops')[]; person?: string | null; leave?: TimeOffView[]; decisions?: Decision[] } = {},
) {
  const people = [aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad'), aPerson(jonas, 'Jonas Weber')];
  const projects = [aProject(atlas, 'Atlas')];
  const assignments = [
    anAssignment(idOf(21), ana),
    anAssignment(idOf(22), jonas, { role: 'sidekick', hoursPerWeek: 8, from: '2026-12-28' }),
  ];
  const { roles = ['manager'], person = null, leave = [], decisions = [] } = options;
  const portal = fakePortal({
    'GET /me': { body: aMe({ roles, person }) },
    'GET /people': list(people),
    'GET /projects': list(projects),
    'GET /assignments': list(assignments),
    'GET /time-off': list(leave),
    'GET /holidays': list([]),
    'GET /teams': list([]),
    'GET /volunteers': list([]),
    'GET /wishes': list([]),
    'GET /openings': list([]),
    'GET /me/feeds': list([]),
    'GET /week-notes': list([]),
    'GET /views': list([]),
    'GET /me/views': list([]),
    'GET /skills': { body: { items: [] } },
    'GET /changes': list([]),
    'GET /pages': list([]),
    'GET /setup': { body: { version: 1, sample: false, skipped: ['handbook'] } },
    'GET /candidates': { body: candidates },
    'GET /search': { body: anAnswer([]) },
    'POST /figures': ({ body }) => ({ body: { head: 40, today, answers: questionsIn(body).map(figureOf) } }),
    'GET /decisions': { body: { head: 40, today, items: decisions } },
    'GET /timeline': ({ query }) => {
      const by = query.get('by') === 'day' ? 'day' : 'week';
      return { body: aTimeline(query.get('from') ?? '', query.get('to') ?? '', people, assignments, by) };
    },
    'POST /changes/preview': { body: nothingBreaks },
    'POST /changes': { status: 201, body: { number: 41, items: [], warnings: [] } },
  });
  return { portal, people, projects, assignments };
}
