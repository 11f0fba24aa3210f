import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SignIdentity } from '@sidekick/service-kit';
import { LRUCache } from 'lru-cache';
import { withTimeout } from '../common/races.ts';
import type { Caller, Callers } from './callers.ts';
import { sessionCookie } from './cookie.ts';

/** Milliseconds for which somebody who was good is believed while the store cannot be asked. */
const believed = 10 * 60_000;
/** Milliseconds for which the store is waited for where somebody is believed without it. */
const patience = 250;
const most = 1_000;

/** Who may see how the portal is, for `/system` and `/metrics` alone: both are wanted most when the store is away. */
export interface MonitoringAccess {
  /** As `Callers.of`, but while the store does not answer, or not at once, whoever was good within the last ten minutes still is. */
  of(req: IncomingMessage): Promise<Caller | null>;
  /** Whether the request carries the token of METRICS_TOKEN, for which no store is asked. */
  isMonitoring(req: IncomingMessage): boolean;
  /** An account, session or token has ended. */
  forget(): void;
}

export interface MonitoringAccessDeps {
  callers: Callers;
  sign: SignIdentity;
  metricsToken?: string | undefined;
  now?: () => number;
}

export function monitoringAccessOf({ callers, sign, metricsToken, now = Date.now }: MonitoringAccessDeps): MonitoringAccess {
  const seen = new LRUCache<string, Caller>({ max: most, ttl: believed, ttlResolution: 0, perf: { now } });
  let forgotten = 0;
  /** Asks the store, and keeps what it says also where that is too late for who asked. */
  const ask = async (req: IncomingMessage, key: string): Promise<Caller | null> => {
    const before = forgotten;
    try {
      const caller = await callers.of(req);
      if (!caller || caller.sample) seen.delete(key);
      else if (before === forgotten) seen.set(key, caller, { ttl: Math.min(believed, leftOf(caller, now())) });
      return caller;
    } catch (error) {
      if (!isAway(error)) seen.delete(key);
      throw error;
    }
  };
  return {
    async of(req) {
      const key = digestOf(bearerOf(req) ?? sessionCookie(req.headers.cookie) ?? '').toString('hex');
      const known = seen.get(key);
      const asked = ask(req, key);
      if (!known) return asked;
      const unsaid = Symbol('unsaid');
      const said = asked.catch((error: unknown) => {
        if (isAway(error)) return unsaid;
        throw error;
      });
      const caller = await withTimeout(patience, said, unsaid);
      return typeof caller === 'symbol' ? { ...known, signed: await sign(known.identity) } : caller;
    },
    isMonitoring(req) {
      const given = bearerOf(req);
      return metricsToken !== undefined && given !== null && timingSafeEqual(digestOf(given), digestOf(metricsToken));
    },
    forget: () => {
      forgotten += 1;
      seen.clear();
    },
  };
}

/** Milliseconds until the token of a caller ends. */
const leftOf = ({ expiresAt }: Caller, now: number): number =>
  expiresAt === null ? Number.POSITIVE_INFINITY : Math.max(1, Date.parse(expiresAt) - now);

const isAway = (error: unknown): boolean => (error as Error).name === 'StoreUnavailable';

const bearerOf = (req: IncomingMessage): string | null => /^Bearer +(\S{1,200})$/i.exec(req.headers.authorization ?? '')?.[1] ?? null;

const digestOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');
