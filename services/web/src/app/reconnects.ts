import { AuthOptions } from '@sidekick/contracts';
import { ApiProblem, ask } from '../api/ask.ts';

const pauseMs = 3_000;
const pause = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pauseMs);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Whether the portal answers anything at all. */
const answers = (): Promise<boolean> =>
  ask(AuthOptions, '/auth/options').then(
    () => true,
    (error: unknown) => !(error instanceof ApiProblem && error.status === 0),
  );

/**
 * Asks until the portal answers. True when it was away and is back; false when it never was away (what failed then failed for
 * another reason, and trying again by itself could go on for ever) or when `signal` aborted.
 */
export async function reconnects(signal: AbortSignal, asked = answers, wait = pause): Promise<boolean> {
  let away = false;
  while (!signal.aborted) {
    if (await asked()) return away && !signal.aborted;
    away = true;
    await wait(signal);
  }
  return false;
}
