import { describe, expect, test } from '@jest/globals';
import { isoDay, isoWeek, weekSpan } from '@sidekick/calendar';
import type { Opening } from '@sidekick/contracts';
import fc from 'fast-check';
import { candidatesOf } from '../candidates/candidates.ts';
import { decisionsOf } from '../decisions/decisions.ts';
import { figuresOf } from '../figures/index.ts';
import type { State } from '../state/state.ts';
import { anAssignment, anOpening, aPerson, aProject, aVolunteer, stateOf } from '../testing/builders.ts';
import { first, group, projects, range, spanOf, weekCount } from '../testing/groups.ts';
import { timelineOf } from '../timeline/timeline.ts';

type Lists = Parameters<typeof stateOf>[0];
const today = '2026-12-07';
const weeks = { from: isoWeek(first), to: isoWeek(first + weekCount - 1) };

/** All that is told of a group beside its open places. */
const figuresIn = (state: State) => {
  const figures = figuresOf(state);
  const asked = { role: 'lead' as const, from: isoDay(range.from), to: isoDay(range.to), hours: 8 };
  return {
    timeline: timelineOf(figures, { ...weeks, by: 'week' }, today),
    decisions: decisionsOf(figures, today, 16, 'managers').items.filter(({ kind }) => kind !== 'open-place'),
    candidates: projects.map((project) => candidatesOf(figures, { project, ...asked }, today)),
    burn: projects.map((project) => figures.burn(project, range.from)),
    work: projects.map((project) => [figures.projectPlanned(project, range), figures.shortfall(project, range)]),
  };
};

const place = fc
  .record({
    project: fc.constantFrom(...projects),
    role: fc.constantFrom('lead' as const, 'sidekick' as const, 'contributor' as const),
    days: spanOf,
    hoursPerWeek: fc.integer({ min: 1, max: 60 }),
  })
  .map(({ project, role, days: { from, to }, hoursPerWeek }) => anOpening('o', project, { role, from, to, hoursPerWeek }));

describe('open places', () => {
  test('leave every figure, state and decision of a group as it was', () => {
    fc.assert(
      fc.property(group, fc.array(place, { minLength: 1, maxLength: 4 }), (state, places) => {
        const opening = new Map(places.map((one, at) => [`o${at}`, { record: { ...one, id: `o${at}` }, version: 1 }]));
        expect(figuresIn({ ...state, opening })).toEqual(figuresIn(state));
      }),
      { numRuns: 40 },
    );
  });

  test('want a fifth of their week on each Monday to Friday, a range the sum of its days, and nothing of what is lost', () => {
    const state = stateOf({
      project: [aProject('atlas'), aProject('gone', { state: 'lost' }), aProject('maybe', { state: 'proposal' })],
      opening: [
        anOpening('a', 'atlas', { from: '2027-01-06', to: '2027-01-17' }),
        anOpening('b', 'atlas', { from: '2027-01-11', to: null, hoursPerWeek: 10 }),
        ...['gone', 'maybe'].map((project) => anOpening(project, project, { from: '2027-01-04', to: null })),
      ],
    });
    const { wanted } = figuresOf(state);
    const inWeek = (project: string, day: string) => wanted(project, weekSpan(Math.floor((Date.parse(day) / 86_400_000 + 3) / 7)));
    expect(['2027-01-04', '2027-01-11', '2027-01-18'].map((day) => inWeek('atlas', day))).toEqual([14.4, 34, 10]);
    expect([inWeek('gone', '2027-01-04'), inWeek('maybe', '2027-01-04')]).toEqual([0, 24]);
  });

  test('are told to managers from six weeks before they begin until they end, with who could take them', () => {
    const python = (level: number) => ({ skills: [{ skill: 'Python', level }] });
    const state = stateOf({
      person: [aPerson('ana', python(3)), aPerson('ben', python(2)), aPerson('eva', python(4))],
      project: [aProject('atlas'), aProject('gone', { state: 'lost' })],
      opening: [
        anOpening('soon', 'atlas', { from: '2027-01-18', to: '2027-02-28', skills: [{ skill: 'python', level: 3 }] }),
        anOpening('later', 'atlas', { from: '2027-01-19' }),
        anOpening('runs', 'atlas', { from: '2026-11-09', to: null, role: 'contributor', hoursPerWeek: 4 }),
        anOpening('past', 'atlas', { from: '2026-11-09', to: '2026-12-06' }),
        anOpening('lost', 'gone', { from: '2026-12-14' }),
      ],
    });
    const told = (readers: 'everybody' | 'managers') =>
      decisionsOf(figuresOf(state), today, 16, readers).items.filter(({ kind }) => kind === 'open-place');
    expect(told('everybody')).toEqual([]);
    expect(told('managers')).toMatchObject([
      {
        id: 'open-place:runs',
        from: today,
        title: 'atlas wants a contributor since 9 Nov',
        detail: '4 h a week without an end; ana could: 38 h free in the fullest week, 2 more could.',
      },
      {
        id: 'open-place:soon',
        opening: 'soon',
        from: '2027-01-18',
        title: 'atlas wants a lead from 18 Jan',
        detail: '24 h a week until 28 Feb, asks python 3; ana could: 38 h free in the fullest week, 1 more could.',
      },
    ]);
  });

  test('tell how free the first is, of the first half year alone, and do not blame skills and hours where nobody could', () => {
    const told = (place: Opening, of: Lists = {}) =>
      decisionsOf(
        figuresOf(stateOf({ person: [aPerson('ana')], project: [aProject('atlas', { to: null })], opening: [place], ...of })),
        today,
        16,
        'managers',
      ).items.find(({ kind }) => kind === 'open-place')?.detail;
    const busy = [anAssignment('b', 'ana', 'basin', { role: 'lead', hoursPerWeek: 37 })];
    const lists = { project: [aProject('atlas', { to: null }), aProject('basin')], assignment: busy };
    expect(told(anOpening('o', 'atlas'), lists)).toBe('24 h a week until 14 Mar; ana could: 1 h free in the fullest week.');
    expect(told(anOpening('o', 'atlas', { to: null }))).toBe(
      '24 h a week without an end; ana could: 38 h free in the fullest of the first 26 weeks.',
    );
    const leads = [anAssignment('l', 'ana', 'atlas', { role: 'lead', hoursPerWeek: 4 })];
    expect(told(anOpening('o', 'atlas'), { assignment: leads })).toBe('24 h a week until 14 Mar; nobody could take it.');
  });

  test('are met with the days of their project: outside of them nobody is looked for, and what is over is not told', () => {
    const project = aProject('atlas', { from: '2026-12-14', to: '2027-01-10' });
    const told = (over: Partial<Opening>, weeks = 16, of = project) =>
      decisionsOf(
        figuresOf(stateOf({ person: [aPerson('ana')], project: [of], opening: [anOpening('o', 'atlas', over)] })),
        today,
        weeks,
        'managers',
      )
        .items.filter(({ kind }) => kind === 'open-place')
        .map(({ from, to, title, detail }) => [from, to, title, detail].join(' | '));
    expect(told({ from: '2026-11-30', to: '2027-02-28' })).toEqual([
      '2026-12-14 | 2027-01-10 | atlas wants a lead from 14 Dec | 24 h a week until 10 Jan, when the project ends; ana could: 38 h free in the fullest week.',
    ]);
    expect(told({ from: '2027-01-11', to: '2027-02-28' })).toEqual([
      '2027-01-11 | 2027-02-28 | atlas wants a lead from 11 Jan | 24 h a week until 28 Feb; it lies outside the project, which runs 14 Dec – 10 Jan.',
    ]);
    expect(told({ from: '2026-11-30', to: null }, 16, { ...project, from: '2026-11-02', to: '2026-12-06' })).toEqual([]);
    // What begins beyond the weeks that are asked for is none of theirs.
    expect([told({ from: '2026-12-14' }, 1), told({ from: '2026-12-14' }, 2).length]).toEqual([[], 1]);
  });

  test('ask for their own skills of candidates, and a sidekick for those of the project too', () => {
    const levels = (of: Record<string, number>) => ({ skills: Object.entries(of).map(([skill, level]) => ({ skill, level })) });
    const state = stateOf({
      person: [aPerson('ana', levels({ Python: 3 })), aPerson('ben', levels({ Python: 4, Go: 2 })), aPerson('eva', levels({ Go: 3 }))],
      project: [aProject('atlas', { requiredSkills: [{ skill: 'Go', level: 2 }] })],
      volunteer: [aVolunteer('v', 'ana', 'atlas')],
      opening: [
        anOpening('lead', 'atlas', levels({ PYTHON: 3 })),
        anOpening('back', 'atlas', { role: 'sidekick', ...levels({ Python: 3 }) }),
      ],
    });
    const slot = { project: 'atlas', from: '2027-01-04', to: '2027-01-31', hours: 8 };
    const asked = (role: 'lead' | 'sidekick', opening?: string) => {
      const { candidates, ruledOut } = candidatesOf(figuresOf(state), { ...slot, role, ...(opening ? { opening } : {}) }, today);
      return [candidates.map(({ person }) => person), ruledOut.map(({ person, message }) => `${person}: ${message}`)];
    };
    expect(asked('lead')).toEqual([['ben', 'eva', 'ana'], []]);
    expect(asked('lead', 'lead')).toEqual([['ana', 'ben'], ['eva: no PYTHON, the place asks for 3']]);
    expect(asked('sidekick', 'back')).toEqual([['ben'], ['ana: no Go, the project needs 2', 'eva: no Python, the place asks for 3']]);
    // Who is asked for decides, not what the place is for.
    expect(asked('sidekick', 'lead')).toEqual([['ben'], ['ana: no Go, the project needs 2', 'eva: no PYTHON, the place asks for 3']]);
    expect(asked('lead', 'back')).toEqual([['ana', 'ben'], ['eva: no Python, the place asks for 3']]);
    expect(() => candidatesOf(figuresOf(state), { ...slot, role: 'lead', opening: 'x' }, today)).toThrow('no open place x');
  });
});
