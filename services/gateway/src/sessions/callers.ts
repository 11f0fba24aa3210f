import type { IncomingMessage } from 'node:http';
import type { Scope } from '@sidekick/contracts';
import { Forbidden, Unauthorised } from '@sidekick/service-kit';
import { machine } from '../accounts/machine.ts';
import { sessionCookie } from './cookie.ts';
import type { Identities, Who } from './identities.ts';
import type { Sessions } from './sessions.ts';

/** Who sent a request and by what: a session (cookie) or an API token (`Authorization: Bearer`). */
export interface Caller extends Who {
  by: 'session' | 'token';
  /** Key of the session, or id of the token. */
  key: string;
  /** When the token ends; null where it does not, and for a session. */
  expiresAt: string | null;
}

export interface Callers {
  /** Null for nobody. Throws Unauthorised for a token that is not good: such a client means to be somebody. */
  of(req: IncomingMessage): Promise<Caller | null>;
  /** The same callers as they are now, in order; null for one whose session, token or account has ended. */
  again(callers: readonly Caller[]): Promise<(Caller | null)[]>;
}

/** API tokens, as far as callers are told by them. */
interface TokensKnown {
  /** Throws Unauthorised for one that has ended. */
  check(secret: string): Promise<{ _id: string; account: string; scopes: readonly Scope[] | null; expiresAt: string | null } | null>;
  /** Those of them that still count. */
  alive(ids: readonly string[]): Promise<ReadonlySet<string>>;
}

export interface CallersDeps {
  sessions: Sessions;
  tokens: TokensKnown;
  identities: Identities;
  /** Whether demo personas count for this request. */
  demoHere: (req: IncomingMessage) => boolean;
}

export function callersOf({ sessions, tokens, identities, demoHere }: CallersDeps): Callers {
  const byToken = async (secret: string, req: IncomingMessage): Promise<Caller> => {
    const token = await tokens.check(secret);
    const who = token ? await identities.of(token._id, token.account, token.scopes) : null;
    if (!token || !who || (who.sample && !demoHere(req))) throw new Unauthorised('invalid-token', 'This API token is not valid');
    return { ...who, by: 'token', key: token._id, expiresAt: token.expiresAt };
  };
  const bySession = async (secret: string): Promise<Caller | null> => {
    const session = await sessions.check(secret);
    const who = session ? await identities.of(session._id, session.account) : null;
    return session && who ? { ...who, by: 'session', key: session._id, expiresAt: null } : null;
  };
  return {
    of: async (req) => {
      const bearer = /^Bearer +(\S{1,200})$/i.exec(req.headers.authorization ?? '')?.[1];
      if (bearer) return byToken(bearer, req);
      const secret = sessionCookie(req.headers.cookie);
      const caller = secret ? await bySession(secret) : null;
      return caller?.sample && !demoHere(req) ? null : caller;
    },
    again: async (callers) => {
      const keysBy = (by: Caller['by']) => [...new Set(callers.flatMap((caller) => (caller.by === by ? [caller.key] : [])))];
      const [begun, made] = await Promise.all([sessions.alive(keysBy('session')), tokens.alive(keysBy('token'))]);
      const alive = callers.filter(({ by, key }) => (by === 'session' ? begun : made).has(key));
      const who = await identities.ofAll(alive.map(({ key, identity: { account, scopes } }) => ({ key, account, scopes: scopes ?? null })));
      const now = new Map(alive.map((caller, n) => [caller, who[n]]));
      return callers.map((caller) => {
        const found = now.get(caller);
        return found ? { ...found, by: caller.by, key: caller.key, expiresAt: caller.expiresAt } : null;
      });
    },
  };
}

const underWay = new WeakMap<IncomingMessage, Caller>();

/** Keeps who sent a request, for the gateway's own routes. */
export const noteCaller = (req: IncomingMessage, caller: Caller): void => void underWay.set(req, caller);
export const callerOf = (req: IncomingMessage): Caller | null => underWay.get(req) ?? null;

/** The caller of a request that only somebody signed in can send. */
export function knownCaller(req: IncomingMessage): Caller {
  const caller = callerOf(req);
  if (!caller) throw new Unauthorised('sign-in-required', 'Sign in first');
  return caller;
}

/** Who sits at a browser, for what a token that leaked must not do. Throws Forbidden `needs-session`. */
export function atABrowser(req: IncomingMessage): Caller {
  const caller = knownCaller(req);
  if (caller.by !== 'session') throw new Forbidden('needs-session', 'Sign in at a browser for this: an API token does not do');
  return caller;
}

/** The same for what the commands of this machine do too: their token lies where nobody but the portal's own user can read it. */
export const byTheirOwnHand = (req: IncomingMessage): Caller =>
  callerOf(req)?.identity.account === machine.account ? knownCaller(req) : atABrowser(req);
