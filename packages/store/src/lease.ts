export interface LeaseTimes {
  /** Age in milliseconds from which what was found is looked up again, beside the work that asked. */
  fresh: number;
  /** Age in milliseconds from which it is not used any more. */
  valid: number;
}

/** What a store found is true for this long: whoever takes it away waits for longer. */
export const leaseTimes: LeaseTimes = { fresh: 1_000, valid: 3_000 };

/**
 * Answers what `look` finds, at most `valid` old by when the look began, and on the path of a request only when that has
 * run out. What does not last (`lasting` says no) is looked up each time. One look at a time.
 */
export function leaseOf<T>(
  look: () => Promise<T>,
  lasting: (found: T) => boolean,
  { fresh, valid }: LeaseTimes = leaseTimes,
  now: () => number = () => performance.now(),
): { held(): T | Promise<T>; forget(): void } {
  let held: { found: T; began: number } | null = null;
  let looking: Promise<T> | null = null;
  const renew = (): Promise<T> => {
    const began = now();
    const mine: Promise<T> = look().then(
      (found) => {
        if (looking === mine) held = lasting(found) ? { found, began } : null;
        if (looking === mine) looking = null;
        return found;
      },
      (error) => {
        if (looking === mine) looking = null;
        throw error;
      },
    );
    looking = mine;
    return mine;
  };
  return {
    held() {
      const age = held ? now() - held.began : Number.POSITIVE_INFINITY;
      if (!held || age >= valid) return looking ?? renew();
      if (age >= fresh && !looking) renew().catch(() => {});
      return held.found;
    },
    forget() {
      held = null;
      looking = null;
    },
  };
}
