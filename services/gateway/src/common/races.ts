import { type Collection, StaleVersion } from '@sidekick/store';

/** Runs a write that only notes something; when somebody else has written meanwhile, theirs counts. */
export async function unlessStale(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error;
  }
}

/** Starts a write that only notes when something was used: nobody waits for it or is refused for it. Where it fails the next use notes it. */
export function noted(write: Promise<unknown>): void {
  write.catch(() => undefined);
}

/** Removes a document whatever is written to it meanwhile; nothing happens when it is gone. */
export async function removeSurely<T extends { _id: string }, I extends string>(from: Collection<T, I>, id: string): Promise<void> {
  for (let stored = await from.get(id); stored; stored = await from.get(id)) await unlessStale(from.remove(stored));
}

/** Repeats until a round finds nothing more. */
export async function drain(round: () => Promise<number>): Promise<void> {
  while ((await round()) > 0);
}

/**
 * Ends sessions around the write that makes them wrong: before it, since nobody knows whether a write that was not answered is
 * done; after it, since one may have begun meanwhile.
 */
export async function ending<T>(end: () => Promise<unknown>, write: () => Promise<T>): Promise<T> {
  await end();
  const done = await write();
  await end();
  return done;
}

/** What a promise gives, or `otherwise` when it has not settled by then; it goes on, unheard. */
export async function withTimeout<T, O>(milliseconds: number, promise: Promise<T>, otherwise: O): Promise<T | O> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<O>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), milliseconds);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
