import { setTimeout as pause } from 'node:timers/promises';

/** What one look counts at most against the patience, in milliseconds: the rest of a long one is the machine's, which serves others too. */
const mostCounted = 100;

/**
 * Polls until `probe` answers something truthy; throws with what it waited for after `seconds`, and never a bare sleep. The
 * seconds are those of a machine that has time: where it has none, each look counts as one and the number of looks decides.
 */
export async function until<T>(what: string, probe: () => T | Promise<T>, seconds = 30): Promise<NonNullable<T>> {
  for (let left = seconds * 1000; ; ) {
    const began = performance.now();
    const found = await probe();
    if (found) return found;
    if (left < 0) throw new Error(`waited ${seconds} s for ${what}`);
    await pause(20);
    left -= Math.min(mostCounted, performance.now() - began);
  }
}
