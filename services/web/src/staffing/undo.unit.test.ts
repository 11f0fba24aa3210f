import { expect, test } from '@jest/globals';
import { idOf } from '../testing/portal.ts';
import { aChange, jonas } from '../testing/staffing.ts';
import { overtakenBy, undoState } from './undo.ts';

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

test('several undos are done again one by one, until something new is done', () => {
  const undone = [aChange(4, { undoes: 1 }), aChange(3, { undoes: 2 }), aChange(2, { undoneBy: 3 }), aChange(1, { undoneBy: 4 })];
  expect(undoState(undone, own).redo?.number).toBe(4);
  const once = [aChange(5, { undoes: 4 }), aChange(4, { undoes: 1, undoneBy: 5 }), ...undone.slice(1)];
  expect([undoState(once, own).redo?.number, undoState(once, own).undo?.number]).toEqual([3, 5]);
  expect(undoState([aChange(6), ...once], own).redo).toBeNull();
});

test('what was done and undone in between is done again, and nothing from before it', () => {
  const sets = [
    aChange(5, { undoes: 4 }),
    aChange(4, { undoes: 3, undoneBy: 5 }),
    aChange(3, { undoneBy: 4 }),
    aChange(2, { undoes: 1 }),
    aChange(1, { undoneBy: 2 }),
  ];
  expect(undoState(sets, own).redo).toBeNull();
});

test('an undo that somebody has overtaken is not done again, and it is said who came over it and with what', () => {
  const theirs = aChange(4, { by: { account: jonas, name: 'Jonas Weber' }, summary: 'Ana Duarte lead on Atlas, 16 h a week' });
  const lost = aChange(3, { undoes: 2, undo: { possible: false, why: 'Changed again since by change set 4', changedBy: [4] } });
  const sets = [theirs, lost, aChange(2, { undoneBy: 3 })];
  const state = undoState(sets, own);
  expect([state.redo, state.lost?.number]).toEqual([null, 3]);
  expect(overtakenBy(lost, sets)).toBe('Jonas Weber changed it since: “Ana Duarte lead on Atlas, 16 h a week”');
  expect(overtakenBy(lost, sets.slice(1))).toBe('Changed again since by change set 4');
});
