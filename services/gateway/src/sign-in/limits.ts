import type { Limiter, MakeLimiter } from '@sidekick/cache';
import { TooMany } from '@sidekick/service-kit';
import { lanesOf } from '@sidekick/workers';

/**
 * Wrong passwords that come back within 15 minutes. From nowhere that is known: by e-mail, and by address (of an office that is
 * many people). A browser or an address that was right before counts by itself, so that nobody elsewhere can use its tries up.
 */
export const limits = {
  elsewhere: { points: 8, seconds: 900 },
  address: { points: 60, seconds: 900 },
  knownAddress: { points: 100, seconds: 900 },
  knownBrowser: { points: 30, seconds: 900 },
  own: { points: 8, seconds: 900 },
} as const;
export type Limit = keyof typeof limits;

/** A limiter and what it counts by. */
export interface Gate {
  limit: Limit;
  key: string;
  /** Counts what is wrong, and keeps nobody out: others sit there too, who have tries of their own. */
  open?: boolean;
}

/** Tries that wait for another one through the same gate; more are sent away. */
const mostWaiting = 200;

/**
 * Runs `isRight` unless a gate is closed; what is wrong counts at every gate. Throws TooMany with the seconds to wait:
 * `too-many-attempts`, or `too-many-at-once` for one that so many others wait before.
 */
export type Attempt = <T>(gates: readonly [Gate, ...Gate[]], isRight: () => Promise<T | null>) => Promise<T | null>;

export function attemptOf(makeLimiter: MakeLimiter): Attempt {
  const names = Object.keys(limits) as Limit[];
  const limiters = new Map<Limit, Limiter>(names.map((name) => [name, makeLimiter({ name: `sign-in-${name}`, ...limits[name] })]));
  const at = ({ limit }: Gate) => limiters.get(limit) as Limiter;
  const lines = lanesOf();
  const inLine = <T>(key: string, work: () => Promise<T>): Promise<T> => {
    if (lines.waiting(key) < mostWaiting) return lines.run(key, work);
    throw new TooMany('too-many-at-once', 'Too many sign in at this moment. Try again in 5 seconds', { retryAfter: 5 });
  };
  const waitAt = async (gates: readonly Gate[]) =>
    Math.max(...(await Promise.all(gates.map((gate) => at(gate).look(gate.key)))).map(({ waitSeconds }) => waitSeconds));
  return (gates, isRight) => {
    const closed = gates.filter(({ open }) => !open);
    const attempt = async () => {
      const wait = await waitAt(closed);
      if (wait > 0) throw tooManyWrong(wait);
      const found = await isRight();
      if (found === null) await Promise.all(gates.map((gate) => at(gate).take(gate.key)));
      else await at(gates[0]).reset(gates[0].key);
      return found;
    };
    // One after the other through each gate that can close, so that each is counted before the next is looked at; a right one
    // takes nobody's place. All stand in their lines in one order, so that no two wait for each other.
    const keys = closed.map(({ limit, key }) => `${limit} ${key}`).sort();
    return keys.reduceRight((work, key) => () => inLine(key, work), attempt)();
  };
}

function tooManyWrong(seconds: number): TooMany {
  const retryAfter = Math.ceil(seconds);
  return new TooMany('too-many-attempts', `Too many wrong passwords. Try again in ${waitWords(retryAfter)}`, { retryAfter });
}

/** `45 seconds`, `1 minute`, `14 minutes 50 seconds`. */
export function waitWords(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 60), 'minute'],
    [seconds % 60, 'second'],
  ] as const;
  return parts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}${count === 1 ? '' : 's'}`])).join(' ');
}
