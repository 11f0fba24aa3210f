import { describe, expect, test } from '@jest/globals';
import { weeksFrom } from '@sidekick/calendar/iso';
import { closedRange, columnOf, dragged, lanesOf, onGrid, shared, snapped, spanOf } from './geometry.ts';
import { scaleOf } from './scale.ts';
import { columnsSeen, visibleRows, weeksInView } from './window.ts';

const columns = { first: '2026-11-23', weeks: 16 };

describe('days to columns', () => {
  test('a range lies by its days, both ends included', () => {
    expect(spanOf({ from: '2026-12-07', to: '2026-12-27' }, columns)).toEqual({ left: 2, width: 3, cutStart: false, cutEnd: false });
    expect(spanOf({ from: '2026-12-09', to: '2026-12-09' }, columns)).toEqual({
      left: 16 / 7,
      width: 1 / 7,
      cutStart: false,
      cutEnd: false,
    });
  });
  test('ends outside the grid are cut, and ranges outside are not there', () => {
    expect(spanOf({ from: '2026-01-01', to: null }, columns)).toEqual({ left: 0, width: 16, cutStart: true, cutEnd: true });
    expect(spanOf({ from: '2026-01-01', to: '2026-11-22' }, columns)).toBeNull();
    expect(spanOf({ from: '2027-03-15', to: null }, columns)).toBeNull();
    expect(columnOf('2026-12-31', columns)).toBe(5);
  });
  test('what is on the grid is what has a place there', () => {
    const days = ['2026-11-22', '2026-11-23', '2027-03-14', '2027-03-15', '2029-01-01'];
    const ranges = days.flatMap((from) => [...days.filter((to) => to >= from), null].map((to) => ({ from, to })));
    expect(onGrid(ranges, columns)).toEqual(ranges.filter((range) => spanOf(range, columns) !== null));
    expect(onGrid(ranges, columns)).toHaveLength(14);
  });
});

describe('dragging', () => {
  const range = { from: '2026-12-07', to: '2026-12-27' };
  test('snaps to whole weeks, or to days with care', () => {
    expect([snapped(40, 65, false), snapped(30, 65, false), snapped(-70, 65, false), snapped(28, 65, true)]).toEqual([7, 0, -7, 3]);
    expect(snapped(100, 0, false)).toBe(0);
  });
  test('a move keeps the length, an edge keeps the other', () => {
    expect(dragged(range, 'move', 7)).toEqual({ from: '2026-12-14', to: '2027-01-03' });
    expect(dragged(range, 'end', 7)).toEqual({ from: '2026-12-07', to: '2027-01-03' });
    expect(dragged(range, 'start', -7)).toEqual({ from: '2026-11-30', to: '2026-12-27' });
  });
  test('an edge never passes the other', () => {
    expect(dragged(range, 'end', -70)).toEqual({ from: '2026-12-07', to: '2026-12-07' });
    expect(dragged(range, 'start', 70)).toEqual({ from: '2026-12-27', to: '2026-12-27' });
  });
  test('an open end stays open on a move and is closed by a stretch at the edge of the grid', () => {
    expect(dragged({ from: '2026-12-07', to: null }, 'move', 7)).toEqual({ from: '2026-12-14', to: null });
    expect(closedRange({ from: '2026-12-07', to: null }, columns)).toEqual({ from: '2026-12-07', to: '2027-03-14' });
  });
});

test('shared days of two ranges', () => {
  expect(shared({ from: '2026-12-07', to: null }, { from: '2026-12-01', to: '2026-12-09' })).toEqual({
    from: '2026-12-07',
    to: '2026-12-09',
  });
  expect(shared({ from: '2026-12-07', to: '2026-12-08' }, { from: '2026-12-09', to: null })).toBeNull();
});

test('ranges that follow each other share a lane', () => {
  const lanes = lanesOf([
    { from: '2026-12-01', to: '2026-12-10' },
    { from: '2026-12-05', to: null },
    { from: '2026-12-11', to: '2026-12-20' },
  ]).map(({ lane }) => lane);
  expect(lanes).toEqual([0, 1, 0]);
});

test('only rows near the view are drawn, all where there is no layout', () => {
  const heights = Array.from({ length: 200 }, () => 50);
  expect(visibleRows(heights, 5000, 500, 100)).toEqual({ start: 97, end: 112 });
  expect(visibleRows(heights, 0, 0)).toEqual({ start: 0, end: 200 });
});

test('only columns near the view have cells, all where there is no layout', () => {
  const days = scaleOf(weeksFrom('2026-W49', 8), 'day');
  expect(columnsSeen(0, 1280, 34, 56)).toEqual({ first: 0, last: 48 });
  expect(columnsSeen(800, 700, 34, 26)).toEqual({ first: 0, last: Number.POSITIVE_INFINITY });
  expect(weeksInView(columnsSeen(0, 700, 34, 56), days)).toEqual({ from: 0, to: expect.closeTo(32 / 7, 9) });
  expect(weeksInView(columnsSeen(800, 700, 34, 56), days)).toEqual({ from: expect.closeTo(8 / 7, 9), to: 8 });
  expect(weeksInView(columnsSeen(0, 0, 0, 56), days)).toEqual({ from: 0, to: 8 });
});
