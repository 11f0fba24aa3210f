import { afterEach, describe, expect, test } from '@jest/globals';
import { until } from '@sidekick/testing';
import { type Pulse, pulseOf } from './mongo-pulse.ts';

const times = { look: 20, pause: 1 };
let pulse: Pulse;
afterEach(() => pulse.stop());

describe('the pulse of a server', () => {
  test('is there after one slow answer while others come', async () => {
    let looks = 0;
    let answer = () => {};
    const look = () =>
      new Promise<void>((resolve) => {
        looks += 1;
        answer = resolve;
      });
    pulse = pulseOf(look, { look: 10_000, pause: 1 });
    pulse.late();
    expect([looks, pulse.hangs()]).toEqual([1, false]);
    answer();
    await until('that look to be over', () => {
      pulse.late();
      return looks === 2;
    });
    expect(pulse.hangs()).toBe(false);
    answer();
  });

  test('is gone while nothing is answered, and back with the first answer', async () => {
    let answer: () => Promise<unknown> = () => new Promise(() => {});
    pulse = pulseOf(() => answer(), times);
    pulse.late();
    await until('it to hang', () => pulse.hangs());
    const looked = new Promise<void>((resolve) => {
      answer = async () => {
        resolve();
        throw new Error('gone');
      };
    });
    await looked;
    expect(pulse.hangs()).toBe(true);
    answer = async () => 'here';
    await until('it to be back', () => !pulse.hangs());
  });

  test('looks once however much is late', async () => {
    let looks = 0;
    let end = () => {};
    pulse = pulseOf(
      () =>
        new Promise<void>((resolve) => {
          looks += 1;
          end = resolve;
        }),
      { look: 10_000, pause: 1 },
    );
    for (let n = 0; n < 5; n += 1) pulse.late();
    await until('the look', () => looks > 0);
    end();
    expect(looks).toBe(1);
  });
});
