import { useSyncExternalStore } from 'react';

/** Whether the session has ended under what is on screen; requests that met its end wait for somebody to sign in again. */
let ended = false;
let waiting: ((again: boolean) => void)[] = [];
const listeners = new Set<() => void>();

function change(next: boolean): void {
  if (ended === next) return;
  ended = next;
  for (const listener of listeners) listener();
}

export const sessionEnded = (): void => change(true);

/** True once the same account has signed in again: what was refused can be sent again. False when it did not, or on `signal`. */
export function signedInAgain(signal: AbortSignal | undefined): Promise<boolean> {
  sessionEnded();
  return new Promise((resolve) => {
    const settle = (again: boolean) => {
      signal?.removeEventListener('abort', stop);
      resolve(again);
    };
    const stop = () => {
      waiting = waiting.filter((one) => one !== settle);
      settle(false);
    };
    waiting.push(settle);
    signal?.addEventListener('abort', stop);
  });
}

/** Ends the waiting: `again` when the same account is back. */
export function settleEnd(again: boolean): void {
  const all = waiting;
  waiting = [];
  change(false);
  for (const resolve of all) resolve(again);
}

export const useEnded = (): boolean =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => ended,
  );
