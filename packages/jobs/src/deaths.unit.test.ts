import { expect, test } from '@jest/globals';
import { deathWatch } from './deaths.ts';
import { leaseMs, timeByHand } from './testing/tasks.ts';

const start = Date.parse('2026-11-30T10:00:00Z');

test('a claim that others may take up dies by watching alone, one that is bound also by what its last beat says', () => {
  const time = timeByHand();
  const watch = deathWatch({ leaseMs }, time);
  const longAgo = { beatAt: start - leaseMs, version: 4 };
  expect(watch.isDead({ id: 'a', isBound: true, ...longAgo })).toBe(true);
  expect(watch.isDead({ id: 'b', isBound: false, ...longAgo })).toBe(false);
  const future = { id: 'c', isBound: true, version: 1, beatAt: start + 3_600_000 };
  expect(watch.isDead(future)).toBe(false);
  time.pass(leaseMs - 1);
  expect([watch.isDead({ id: 'b', isBound: false, ...longAgo }), watch.isDead(future)]).toEqual([false, false]);
  time.pass(1);
  expect([watch.isDead({ id: 'b', isBound: false, ...longAgo }), watch.isDead(future)]).toEqual([true, true]);
});

test('a write begins the watch anew, and so does having been away from among the watched', () => {
  const time = timeByHand();
  const watch = deathWatch({ leaseMs }, time);
  const claim = { id: 'a', isBound: false, beatAt: start, version: 1 };
  watch.isDead(claim);
  time.pass(leaseMs);
  expect(watch.isDead({ ...claim, version: 2 })).toBe(false);
  watch.watching(new Set(['b']));
  time.pass(leaseMs);
  expect(watch.isDead({ ...claim, version: 2 })).toBe(false);
});
