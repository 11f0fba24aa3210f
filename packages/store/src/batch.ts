import { noteWritten } from '@sidekick/tracing';
import type { WriteResult } from './collection.ts';
import { AnswerLost, StoreFull, StoreUnavailable } from './errors.ts';

/**
 * Runs writes of a batch beside each other and takes down what became of each, by its place in the batch, once all of them have ended.
 * Throws what ended one for another reason than a lost race, in words that say so where a part of the batch is written.
 */
export async function settle<T, W extends { readonly index: number }>(
  results: (WriteResult<T> | null)[],
  writes: readonly W[],
  run: (write: W) => Promise<WriteResult<T>>,
): Promise<void> {
  const failures: unknown[] = [];
  const one = async (write: W): Promise<void> => {
    try {
      results[write.index] = await run(write);
    } catch (error) {
      failures.push(error);
    }
  };
  await Promise.all(writes.map(one));
  // What may have been done is told before what was not.
  const failed = failures.find((error) => error instanceof AnswerLost) ?? failures[0];
  if (failures.length > 0) throw inPart(failed, results);
}

/** A full disk stays what it is, for somebody has to make room; the request notes that a part is written. */
function inPart(error: unknown, results: readonly (WriteResult<unknown> | null)[]): unknown {
  if (!results.some((result) => result?.ok)) return error;
  noteWritten();
  const isOutage = error instanceof StoreUnavailable && !(error instanceof StoreFull);
  return isOutage ? new AnswerLost(`${error.message}, with a part of it written`, { cause: error }) : error;
}
