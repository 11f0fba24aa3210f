import { setImmediate as turn } from 'node:timers/promises';

/** Work done in one go before others get their turn, in milliseconds. */
const turnMs = 12;

/** Lets others go on; throws what the signal says once the run is to end. */
export function pauseOf(signal: AbortSignal): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < turnMs) return;
    await turn();
    since = performance.now();
  };
}
