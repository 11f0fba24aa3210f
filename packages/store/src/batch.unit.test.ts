import { expect, test } from '@jest/globals';
import { hasWritten, withOrigin } from '@sidekick/tracing';
import { settle } from './batch.ts';
import type { WriteResult } from './collection.ts';
import { AnswerLost, StaleVersion, StoreFull, StoreUnavailable } from './errors.ts';

interface Doc {
  _id: string;
}
const done: WriteResult<Doc> = { ok: true, stored: null };
const lost: WriteResult<Doc> = { ok: false, error: new StaleVersion('a') };
const full = new StoreFull('no room');

/** What a batch of these ends with, and whether its request has noted that it wrote. */
const ended = (...writes: (WriteResult<Doc> | Error)[]) =>
  withOrigin({ requestId: 'request' }, async () => {
    const results: (WriteResult<Doc> | null)[] = writes.map(() => null);
    const places = writes.map((write, index) => ({ index, write }));
    const run = async ({ write }: (typeof places)[number]) => (write instanceof Error ? Promise.reject(write) : write);
    const error: unknown = await settle(results, places, run).catch((thrown: unknown) => thrown);
    return { error, results, noted: hasWritten() };
  });

test('writes are answered by their place, lost races too', async () => {
  expect(await ended(done, lost)).toEqual({ error: undefined, results: [done, lost], noted: false });
});

test('a batch of which nothing is written ends with what failed, and one that is written in part is noted', async () => {
  expect(await ended(full, lost)).toEqual({ error: full, results: [null, lost], noted: false });
  expect(await ended(full, done)).toEqual({ error: full, results: [null, done], noted: true });
});

test('a store that was away for a part of it did not answer for the batch', async () => {
  const away = new StoreUnavailable('away');
  expect(await ended(away, lost)).toMatchObject({ error: away, noted: false });
  const inPart = await ended(done, away);
  expect(inPart.error).toEqual(new AnswerLost('away, with a part of it written', { cause: away }));
  expect(inPart.noted).toBe(true);
});

test('what may be done is told before what is not', async () => {
  const unheard = new AnswerLost('late');
  expect((await ended(full, unheard)).error).toBe(unheard);
});
