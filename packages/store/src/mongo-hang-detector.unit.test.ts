import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { type HangDetector, hangDetectorOf } from './mongo-hang-detector.ts';

const times = { look: 20, pause: 1 };
let hangDetector: HangDetector;
afterEach(() => hangDetector.stop());

describe('the pulse of a server', () => {
  test('is there after one slow answer while others come', async () => {
    let looks = 0;
    let answer = () => {};
    const look = () =>
      new Promise<void>((resolve) => {
        looks += 1;
        answer = resolve;
      });
    hangDetector = hangDetectorOf(look, { look: 10_000, pause: 1 });
    hangDetector.late();
    expect([looks, hangDetector.hangs()]).toEqual([1, false]);
    answer();
    await until('that look to be over', () => {
      hangDetector.late();
      return looks === 2;
    });
    expect(hangDetector.hangs()).toBe(false);
    answer();
  });

  test('is gone while nothing is answered, and back with the first answer', async () => {
    let answer: () => Promise<unknown> = () => new Promise(() => {});
    hangDetector = hangDetectorOf(() => answer(), times);
    hangDetector.late();
    await until('it to hang', () => hangDetector.hangs());
    const looked = new Promise<void>((resolve) => {
      answer = async () => {
        resolve();
        throw new Error('gone');
      };
    });
    await looked;
    expect(hangDetector.hangs()).toBe(true);
    answer = async () => 'here';
    await until('it to be back', () => !hangDetector.hangs());
  });

  test('looks once however much is late', async () => {
    let looks = 0;
    let end = () => {};
    hangDetector = hangDetectorOf(
      () =>
        new Promise<void>((resolve) => {
          looks += 1;
          end = resolve;
        }),
      { look: 10_000, pause: 1 },
    );
    for (let n = 0; n < 5; n += 1) hangDetector.late();
    await until('the look', () => looks > 0);
    end();
    expect(looks).toBe(1);
  });
});
