import { expect, test } from '@jest/globals';
import { idOf } from '../../testing/portal.ts';
import { aChange, jonas } from '../../testing/staffing.ts';
import { undoState } from './undo.ts';

const own = idOf(800);

test('undo takes the newest own change that stands, never somebody else’s', () => {
  const sets = [aChange(3, { by: { account: jonas, name: 'Jonas' } }), aChange(2), aChange(1)];
  expect(undoState(sets, own).undo?.number).toBe(2);
  expect(undoState(sets, own).redo).toBeNull();
});

test('a change that somebody has overtaken is passed over, and it is said which and why', () => {
  const why = 'Jonas changed it since';
  const sets = [
    aChange(3, { undo: { possible: false, why, changedBy: [4] } }),
    aChange(2, { undo: { possible: true, why: null, changedBy: [] } }),
  ];
  expect([undoState(sets, own).undo?.number, undoState(sets, own).skipped?.undo?.why]).toEqual([2, why]);
  expect(undoState(sets.slice(1), own).skipped).toBeNull();
});

test('after an undo, redo takes the undo back and undo goes further down', () => {
  const sets = [aChange(3, { undoes: 2 }), aChange(2, { undoneBy: 3 }), aChange(1)];
  expect([undoState(sets, own).undo?.number, undoState(sets, own).redo?.number]).toEqual([1, 3]);
});

test('a redone change can be undone again', () => {
  const sets = [aChange(4, { undoes: 3 }), aChange(3, { undoes: 2, undoneBy: 4 }), aChange(2, { undoneBy: 3 }), aChange(1)];
  expect([undoState(sets, own).undo?.number, undoState(sets, own).redo]).toEqual([4, null]);
});
