import { type Collection, StaleVersion, StoreUnavailable } from '@sidekick/store';

/** Runs a write that only notes something; when somebody else has written meanwhile, theirs counts. */
export async function unlessStale(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!(error instanceof StaleVersion)) throw error;
  }
}

/** Runs a write that only notes when something was used: whoever uses it need not wait for a store without room, or be refused for it. */
export async function noted(write: Promise<unknown>): Promise<void> {
  await unlessStale(write).catch((error: unknown) => {
    if (!(error instanceof StoreUnavailable)) throw error;
  });
}

/** Removes a document whatever is written to it meanwhile; nothing happens when it is gone. */
export async function removeSurely<T extends { _id: string }, I extends string>(from: Collection<T, I>, id: string): Promise<void> {
  for (let stored = await from.get(id); stored; stored = await from.get(id)) await unlessStale(from.remove(stored));
}

/** Repeats until a round finds nothing more. */
export async function drain(round: () => Promise<number>): Promise<void> {
  while ((await round()) > 0);
}
