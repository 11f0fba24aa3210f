import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { TooBusy } from './too-costly.ts';
import { turnsOf } from './turns.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** Work that ends when it is told to. */
function held() {
  let begun = false;
  let end: (answer: string) => void = () => {};
  let fail: (error: Error) => void = () => {};
  const work = new Promise<string>((resolve, reject) => {
    [end, fail] = [resolve, reject];
  });
  const run = () => {
    begun = true;
    return work;
  };
  return { run, isBegun: () => begun, end, fail };
}

test('so many at once, the others in turn', async () => {
  const inTurn = turnsOf({ atOnce: 2, ofOne: 2, patience: 1_000 });
  const works = [held(), held(), held()] as const;
  const answers = works.map(({ run }) => inTurn('ann', run));
  await jest.advanceTimersByTimeAsync(999);
  expect(works.map(({ isBegun }) => isBegun())).toEqual([true, true, false]);

  works[1].end('second');
  expect(await answers[1]).toBe('second');
  await jest.advanceTimersByTimeAsync(5_000);
  works[2].end('third');
  expect(await answers[2]).toBe('third');
});

test('what has waited too long is refused, and is not done when its turn comes', async () => {
  const inTurn = turnsOf({ atOnce: 1, ofOne: 1, patience: 1_000 });
  const [first, late, next] = [held(), held(), held()];
  const answer = inTurn('ann', first.run);
  const refused = expect(inTurn('ben', late.run)).rejects.toThrow(TooBusy);
  await jest.advanceTimersByTimeAsync(1_000);
  await refused;

  const after = inTurn('ann', next.run);
  first.end('done');
  expect(await answer).toBe('done');
  next.end('after');
  expect(await after).toBe('after');
  expect(late.isBegun()).toBe(false);
});

test('what fails gives its turn away', async () => {
  const inTurn = turnsOf({ atOnce: 1, ofOne: 1, patience: 1_000 });
  const [first, second] = [held(), held()];
  const failed = expect(inTurn('ann', first.run)).rejects.toThrow('no');
  const answer = inTurn('ann', second.run);
  first.fail(new Error('no'));
  await failed;
  second.end('yes');
  expect(await answer).toBe('yes');
});

test('whoever has much to do leaves room for others', async () => {
  const inTurn = turnsOf({ atOnce: 3, ofOne: 2, patience: 1_000 });
  const [ann, ben] = [[held(), held(), held()], [held()]] as const;
  const answers = [...ann.map(({ run }) => inTurn('ann', run)), inTurn('ben', ben[0].run)];
  const refused = expect(answers[2]).rejects.toThrow(TooBusy);
  await jest.advanceTimersByTimeAsync(1_000);
  await refused;
  expect([...ann, ...ben].map(({ isBegun }) => isBegun())).toEqual([true, true, false, true]);
});
