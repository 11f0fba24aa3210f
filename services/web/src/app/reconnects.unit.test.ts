import { describe, expect, test } from '@jest/globals';
import { reconnects } from './reconnects.ts';

const asking = (...answers: boolean[]) => {
  const asked = async () => answers.shift() ?? true;
  return { asked, left: answers };
};
const atOnce = async () => undefined;

describe('a portal that does not answer', () => {
  test('is asked again until it is back', async () => {
    const { asked, left } = asking(false, false, true);
    expect(await reconnects(new AbortController().signal, asked, atOnce)).toBe(true);
    expect(left).toEqual([]);
  });

  test('that was there all the time is not reloaded by itself', async () => {
    expect(await reconnects(new AbortController().signal, asking(true).asked, atOnce)).toBe(false);
  });

  test('is asked no more when the screen is left', async () => {
    const left = new AbortController();
    const leave = async () => left.abort();
    expect(await reconnects(left.signal, asking(false, true).asked, leave)).toBe(false);
  });
});
