import { expect, test } from '@jest/globals';
import { until } from './until.ts';

/** Holds the processor, as others do on a busy machine. */
function busy(ms: number): void {
  const end = performance.now() + ms;
  while (performance.now() < end);
}

test('counts looks rather than seconds where the machine is slow', async () => {
  let looks = 0;
  const found = await until(
    'the fourth look',
    () => {
      busy(300);
      looks += 1;
      return looks === 4 ? 'found' : null;
    },
    0.5,
  );
  expect(found).toBe('found');
});

test('ends all the same, and says what it waited for', async () => {
  await expect(until('what never comes', () => null, 0.2)).rejects.toThrow('waited 0.2 s for what never comes');
});
