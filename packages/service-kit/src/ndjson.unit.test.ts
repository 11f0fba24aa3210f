import type { ServerResponse } from 'node:http';
import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { sendLines } from './ndjson.ts';

/** An answer whose reader takes `most` lines and then does `last` instead of reading on. */
function answerTo(most: number, last: (answer: Writable) => void) {
  const read: string[] = [];
  const answer = new Writable({
    highWaterMark: 1,
    write(chunk, _encoding, done) {
      read.push(String(chunk));
      if (read.length < most) done();
      else last(answer);
    },
  });
  return { read, res: Object.assign(answer, { setHeader: () => {} }) as unknown as ServerResponse };
}

async function* numbers(read: { count: number }) {
  for (let n = 0; n < 1_000; n += 1) {
    read.count += 1;
    yield n;
  }
}

describe('lines of a stream', () => {
  test('end with their count', async () => {
    const { read, res } = answerTo(9, () => {});
    await sendLines(res, [1, { two: 2 }]);
    expect(read.join('')).toBe('1\n{"two":2}\n{"end":2}\n');
  });

  test.each([
    ['closes', (answer: Writable) => void answer.destroy()],
    ['breaks off', (answer: Writable) => void answer.destroy(new Error('read ECONNRESET'))],
  ])('are given up, which is no failure, when whoever reads them %s', async (_how, leave) => {
    const told = { count: 0 };
    await sendLines(answerTo(3, leave).res, numbers(told));
    expect(told.count).toBeLessThan(10);
  });
});
