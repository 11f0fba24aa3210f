import { noteWritten } from '@sidekick/tracing';
import type { Collection } from './collection.ts';
import { AnswerLost } from './errors.ts';
import type { Log } from './log.ts';

/** Notes for the request that it is done for what was written, or may have been: a failure after that leaves something behind. */
async function noting<R>(write: Promise<R>, isWritten: (result: R) => boolean = () => true): Promise<R> {
  try {
    const result = await write;
    if (isWritten(result)) noteWritten();
    return result;
  } catch (error) {
    if (error instanceof AnswerLost) noteWritten();
    throw error;
  }
}

export const notingCollection = <T extends { _id: string }, I extends string>(collection: Collection<T, I>): Collection<T, I> => ({
  ...collection,
  insert: (...given) => noting(collection.insert(...given)),
  replace: (...given) => noting(collection.replace(...given)),
  remove: (...given) => noting(collection.remove(...given)),
  erase: (what) => noting(collection.erase(what), (count) => count > 0),
  writeMany: (writes) => noting(collection.writeMany(writes), (results) => results.some(({ ok }) => ok)),
});

export const notingLog = <E>(log: Log<E>): Log<E> => ({ ...log, append: (entry) => noting(log.append(entry), ({ ok }) => ok) });
