import { expect, test } from '@jest/globals';
import { weeksFrom } from '@sidekick/calendar/iso';
import { idOf } from '../../testing/portal.ts';
import { anAssignment, ana, aPerson, aProject, aTimeline, atlas } from '../../testing/staffing.ts';
import { barsOf } from './bars.ts';
import { spanOf } from './geometry.ts';
import { groupCells, personRows } from './person-rows.ts';
import { projectRows, statesInWords } from './project-rows.ts';
import { heldFor } from './range.ts';
import { columnAt, columnsOver, dayAt, scaleOf, stepped, viewAt } from './scale.ts';
import { sliceOf } from './slice.ts';

const people = [aPerson(ana, 'Ana Duarte')];
const assignments = [anAssignment(idOf(21), ana, { from: '2026-12-07', to: '2026-12-16' })];
const records = { people: new Map([[ana, people[0]]]), projects: new Map([[atlas, aProject(atlas, 'Atlas')]]), assignments, timeOff: [] };

test('a month is the weeks that its Thursdays name, and a year is whole months', () => {
  const { columns, bands } = scaleOf(weeksFrom('2026-W45', 13), 'month');
  expect(columns.map(({ key, from, to, left, width }) => [key, from, to, left, width])).toEqual([
    ['2026-11', '2026-11-02', '2026-11-29', 0, 4],
    ['2026-12', '2026-11-30', '2027-01-03', 4, 5],
    ['2027-01', '2027-01-04', '2027-01-31', 9, 4],
  ]);
  expect(columns[1]?.words).toBe('December 2026 (30 Nov – 3 Jan)');
  expect(bands.map(({ label, width }) => [label, width])).toEqual([
    ['2026', 9],
    ['2027', 4],
  ]);
  expect(viewAt('year', '2026-W48', 16)).toEqual({ zoom: 'year', from: '2026-W45', weeks: 52 });
  expect(viewAt('month', '2026-W48', 16)).toEqual({ zoom: 'month', from: '2026-W45', weeks: 26 });
});

test('a step is a week by day and by week, a whole month by month and by year', () => {
  const from = (zoom: 'day' | 'week' | 'month' | 'year', steps: number) => stepped(viewAt(zoom, '2026-W49', 4), steps).from;
  expect([from('day', 1), from('week', -1), from('month', 1), from('year', -3)]).toEqual(['2026-W50', '2026-W48', '2027-W01', '2026-W36']);
});

test('days have places and places days on every scale', () => {
  for (const zoom of ['day', 'week', 'month', 'year'] as const) {
    const scale = scaleOf(weeksFrom('2026-W45', 52), zoom);
    for (const { from, to, left, width } of scale.columns) {
      expect(spanOf({ from, to }, scale)).toMatchObject({ left: expect.closeTo(left, 9), width: expect.closeTo(width, 9) });
      expect([dayAt(left, scale), dayAt(left + width - 0.01, scale)]).toEqual([from, to]);
    }
    expect([dayAt(-1, scale), dayAt(99, scale)]).toEqual(['2026-11-02', '2027-10-31']);
  }
  const days = scaleOf(weeksFrom('2026-W49', 4), 'day');
  expect(columnAt('2026-12-09', days)).toMatchObject({ key: '2026-12-09', label: '9', aside: 'We' });
  expect(columnsOver(spanOf({ from: '2026-12-09', to: '2026-12-11' }, days) ?? { left: 0, width: 0 }, days)).toEqual([9, 12]);
  expect(columnsOver({ left: 2 / 7, width: 9 / 7 }, scaleOf(weeksFrom('2026-W49', 4), 'week'))).toEqual([0, 2]);
});

test('a part of an answer is that of its weeks, figure by figure; more than it holds is none of it', () => {
  const whole = aTimeline('2026-W48', '2027-W05', people, assignments, 'day');
  const exact = aTimeline('2026-W50', '2026-W53', people, assignments, 'day');
  const { group: _of, ...part } = sliceOf(whole, '2026-W50', 4) as typeof whole;
  const { group: _sums, ...same } = exact;
  expect(part).toEqual({ ...same, assignments: exact.assignments });
  expect(sliceOf(whole, '2027-W04', 4)).toBeNull();
  expect(sliceOf(whole, '2026-W47', 4)).toBeNull();
  expect(sliceOf(whole, '2027-W01', 4)?.projects[0]?.gaps).toEqual([]);
});

test('moving on holds more on both sides, a jump only what is shown, and no answer is asked for more than it may hold', () => {
  const view = viewAt('week', '2026-W48', 16);
  const first = { from: '2026-W48', weeks: 16, by: 'week' } as const;
  expect(heldFor(view, first)).toBe(first);
  const wide = heldFor(stepped(view, 1), first);
  expect(wide).toEqual({ from: '2026-W41', weeks: 32, by: 'week' });
  expect(heldFor(stepped(view, 6), wide)).toBe(wide);
  expect(heldFor(stepped(view, 8), wide)).toEqual({ from: '2026-W48', weeks: 32, by: 'week' });
  expect(heldFor(stepped(view, 200), wide)).toMatchObject({ weeks: 16 });
  expect(heldFor(viewAt('day', '2026-W49', 6), { from: '2026-W48', weeks: 6, by: 'day' })).toEqual({
    from: '2026-W48',
    weeks: 8,
    by: 'day',
  });
  expect(heldFor(stepped(viewAt('week', '2026-W48', 104), 1), { from: '2026-W48', weeks: 104, by: 'week' })).toMatchObject({ weeks: 104 });
});

test('a month tells the worst of its weeks and how many are in which state', () => {
  const timeline = aTimeline('2026-W49', '2027-W04', people, assignments);
  const [row] = projectRows(timeline, records as never, scaleOf(timeline.weeks, 'month'));
  expect(row?.strip.map(({ cells }) => statesInWords(cells.map(({ state }) => state)))).toEqual([
    'alone in 1 of 5 weeks, no sidekick in 2, covered in 2',
    'covered in 4 of 4 weeks',
  ]);
  expect(statesInWords([null, 'thin', null])).toBe('thin in 1 of 3 weeks, 2 not counted');
  expect(statesInWords([null, null])).toBe('none of 2 weeks counts');
});

test('a month’s load is that of its weeks together, over by the week; a day’s is its own', () => {
  const timeline = aTimeline('2026-W49', '2026-W53', people, assignments, 'day');
  const [person] = timeline.people;
  if (!person) throw new Error('nobody');
  person.over = [0, 0, 4, 0, 2];
  person.confirmed = [20, 20, 44, 0, 42];
  const cells = (zoom: 'month' | 'day') => {
    const scale = scaleOf(timeline.weeks, zoom);
    const rows = personRows(timeline, records as never, '2026-W49', scale);
    return { own: rows[0]?.cells ?? [], group: groupCells(timeline, rows, scale) };
  };
  const { own, group } = cells('month');
  expect(own[0]).toMatchObject({ confirmed: 63, hours: { confirmed: 126 }, over: 6, width: 5 });
  expect(own[0]?.label).toBe(
    'Ana Duarte, December 2026 (30 Nov – 3 Jan): 126 h confirmed, of 200 h net (63 %), 6 h over in 2 of 5 weeks, holiday 1 Dec, 90 h free',
  );
  expect(group[0]?.label).toBe('December 2026 (30 Nov – 3 Jan): 126 h confirmed, 0 h tentative, of 200 h net');
  const days = cells('day').own;
  expect(days[0]).toMatchObject({ confirmed: 50, hours: { confirmed: 4 }, away: false, off: false });
  expect([days[1]?.away, days[1]?.holidays, days[5]?.off]).toEqual([true, ['2026-12-01'], true]);
  expect(days[0]?.label).toBe('Ana Duarte, Mon 30 Nov: 4 h confirmed, of 8 h net (50 %), 3.6 h free');
});

test('by day a bar tells the hours of each of its days, and its title their runs', () => {
  const timeline = aTimeline('2026-W49', '2026-W52', people, [], 'day');
  const scale = scaleOf(timeline.weeks, 'day');
  const planned = Array.from({ length: 28 }, (_, index) => (index > 6 && index < 17 && index % 7 < 5 ? 4.8 : 0));
  const effective = planned.map((value, index) => (index === 9 ? 0 : index === 10 ? value / 2 : value));
  const figures = new Map([[idOf(21), { id: idOf(21), planned: [], effective: [], days: { planned, effective } }]]);
  const [bar] = barsOf(assignments, scale, records as never, figures, () => 'Ana', new Map([[ana, ['2026-12-09', '2026-12-25']]])).bars;
  expect(bar?.days.map(({ left, text }) => [Math.round(left * 7), text])).toEqual([
    [7, '4.8'],
    [8, '4.8'],
    [10, '2.4'],
    [11, '4.8'],
    [14, '4.8'],
    [15, '4.8'],
    [16, '4.8'],
  ]);
  expect(bar?.title).toContain('by day 4.8 h a day 7 Dec – 8 Dec, 2.4 h 10 Dec, 4.8 h a day 11 Dec – 16 Dec');
  expect(bar?.notches.map(({ title }) => title)).toEqual(['9 Dec is a holiday']);
  expect(scale.columns).toHaveLength(28);
});
