import { setTimeout as wait } from 'node:timers/promises';

/** In milliseconds. Ends early, without an error, when it is told to; keeps no process alive. */
export const sleep = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  wait(milliseconds, undefined, { signal, ref: false }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
