import { isDay } from '@sidekick/calendar/iso';
import { useSyncExternalStore } from 'react';

/**
 * The installation's today, as its answers say it; before the first answer, the day in UTC. The portal may stand in another
 * time zone, or be set to another day.
 */
let known: string | null = null;
const listeners = new Set<() => void>();

export function learnToday(day: string): void {
  if (day === known || !isDay(day)) return;
  known = day;
  for (const listener of listeners) listener();
}

const guessedToday = (): string => known ?? new Date().toISOString().slice(0, 10);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Today, and whether an answer has confirmed it. */
export function useToday(): { today: string; sure: boolean } {
  const value = useSyncExternalStore(subscribe, () => known);
  return { today: value ?? guessedToday(), sure: value !== null };
}
