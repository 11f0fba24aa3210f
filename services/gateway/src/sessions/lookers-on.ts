import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SignIdentity } from '@sidekick/service-kit';
import type { Caller, Callers } from './callers.ts';
import { sessionCookie } from './cookie.ts';

/** Milliseconds for which somebody who was good is believed while the store cannot be asked. */
const believed = 10 * 60_000;
const most = 1_000;

/** Who may see how the portal is, for `/system` and `/metrics` alone: both are wanted most when the store is away. */
export interface LookersOn {
  /** As `Callers.of`, but while the store does not answer whoever was good within the last ten minutes still is. */
  of(req: IncomingMessage): Promise<Caller | null>;
  /** Whether the request carries the token of METRICS_TOKEN, for which no store is asked. */
  isMonitoring(req: IncomingMessage): boolean;
  /** An account, session or token has ended. */
  forget(): void;
}

export interface LookersOnDeps {
  callers: Callers;
  sign: SignIdentity;
  metricsToken?: string | undefined;
  now?: () => number;
}

export function lookersOnOf({ callers, sign, metricsToken, now = Date.now }: LookersOnDeps): LookersOn {
  const seen = new Map<string, { caller: Caller; until: number }>();
  const keep = (key: string, caller: Caller) => {
    if (seen.size >= most) seen.clear();
    seen.set(key, { caller, until: now() + believed });
  };
  return {
    async of(req) {
      const secret = bearerOf(req) ?? sessionCookie(req.headers.cookie);
      const key = digestOf(secret ?? '').toString('hex');
      try {
        const caller = await callers.of(req);
        if (caller && secret && !caller.sample) keep(key, caller);
        else seen.delete(key);
        return caller;
      } catch (error) {
        const known = seen.get(key);
        if ((error as Error).name !== 'StoreUnavailable') seen.delete(key);
        if ((error as Error).name !== 'StoreUnavailable' || !known || known.until < now()) throw error;
        return { ...known.caller, signed: await sign(known.caller.identity) };
      }
    },
    isMonitoring(req) {
      const given = bearerOf(req);
      return metricsToken !== undefined && given !== null && timingSafeEqual(digestOf(given), digestOf(metricsToken));
    },
    forget: () => seen.clear(),
  };
}

const bearerOf = (req: IncomingMessage): string | null => /^Bearer +(\S{1,200})$/i.exec(req.headers.authorization ?? '')?.[1] ?? null;

const digestOf = (secret: string): Buffer => hash('sha256', secret, 'buffer');
