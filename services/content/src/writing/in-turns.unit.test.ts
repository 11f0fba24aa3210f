import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { type Answer, type Route, Unavailable } from '@sidekick/service-kit';
import { inTurns } from './in-turns.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

const asking = { identity: { account: 'ann' } } as never;

test('saves take turns: one that waits too long is refused with nothing done; reads wait for none', async () => {
  let saves = 0;
  const never = new Promise<Answer>(() => {});
  const save = (): Promise<Answer> => {
    saves += 1;
    return never;
  };
  const read = async (): Promise<Answer> => ({ status: 200 });
  const routes = [
    { method: 'patch', handle: save },
    { method: 'get', handle: read },
  ] as unknown as Route[];
  const [saving, reading] = inTurns(routes, { atOnce: 1, ofOne: 1, patience: 1_500 }) as [Route, Route];

  void saving.handle(asking);
  const refused = expect(saving.handle(asking)).rejects.toThrow(Unavailable);
  expect(await reading.handle(asking)).toEqual({ status: 200 });
  await jest.advanceTimersByTimeAsync(1_500);
  await refused;
  expect(saves).toBe(1);
});

test('what a save throws is its own', async () => {
  const [saving] = inTurns([{ method: 'post', handle: async () => Promise.reject(new Error('mine')) }] as unknown as Route[]) as [Route];
  await expect(saving.handle(asking)).rejects.toThrow('mine');
});
