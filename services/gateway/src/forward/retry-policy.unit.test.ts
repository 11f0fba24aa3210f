import { expect, test } from '@jest/globals';
import { retryPolicy } from './retry-policy.ts';

/** When each try began, in milliseconds, and when the last one ended. */
function triesOf(last: { refused: boolean }, takes: number): number[] {
  let now = 0;
  const pauseAfter = retryPolicy(() => now);
  const times: number[] = [];
  for (;;) {
    times.push(now);
    now += takes;
    const pause = pauseAfter(last);
    if (pause === undefined) return [...times, now];
    now += pause;
  }
}

test('what a part does not take is tried again for two seconds', () => {
  const times = triesOf({ refused: true }, 1);
  expect(times.length).toBeGreaterThan(8);
  expect(times.at(-1)).toBeLessThan(2_500);
});

test('where each try waits a second for a connection, nobody waits five', () => {
  expect(triesOf({ refused: true }, 1_000)).toEqual([0, 1_020, 2_060, 3_060]);
});

test('on a machine that is late it is tried three times all the same', () => {
  expect(triesOf({ refused: true }, 700)).toHaveLength(5);
});

test('what was lost on the way is sent three times more', () => {
  expect(triesOf({ refused: false }, 10)).toHaveLength(5);
});
