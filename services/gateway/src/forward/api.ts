import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  Conflict,
  Forbidden,
  type Handling,
  identityHeader,
  NotAllowed,
  NotFound,
  pathOf,
  TooLarge,
  Unauthorised,
  Unavailable,
  waitedHeader,
} from '@sidekick/service-kit';
import { sameSite } from '../access/origin.ts';
import { type Caller, type Callers, noteCaller } from '../sessions/callers.ts';
import { sessionCookie } from '../sessions/cookie.ts';
import type { MonitoringAccess } from '../sessions/monitoring-access.ts';
import { noteVisitor } from '../sessions/visitor.ts';
import type { Addressee, Directory } from './directory.ts';
import type { Forward } from './forward.ts';

const prefix = '/api/v1';
const meantHeader = 'sidekick-account';
/** Tells a program when its token ends, at each answer. */
const endHeader = 'sidekick-token-expires';
const jsonLimit = 1_048_576;
/** For a part whose routes are not known here; the part has its own limit for each. */
const largestJson = 16 * 1_048_576;
/** A handbook as a zip; the part that takes it has narrower limits of its own. */
const uploadLimit = 1_073_741_824;

export interface ApiRequest {
  /** For what goes wrong after the request was handed on. */
  fail: (error: unknown) => void;
  handling: Handling;
}

/** Rejects for what it refuses. */
export type ApiHandler = (req: IncomingMessage, res: ServerResponse, asked: ApiRequest) => Promise<void>;

export interface ApiDeps {
  directory: Pick<Directory, 'find' | 'methods'>;
  callers: Callers;
  monitoringAccess: MonitoringAccess;
  forward: Forward;
  /** The gateway's own operations. */
  own: (req: IncomingMessage, res: ServerResponse) => void;
  publicUrl: URL;
  /** Proxies of our own that a request passes before it. */
  proxyHops: number;
  answerSeconds: AnswerSeconds;
}

/** Longest time until a part begins to answer. */
export interface AnswerSeconds {
  /** Whoever only reads loses nothing by asking again. */
  read: number;
  change: number;
}

/**
 * Everything below `/api/v1`: finds the operation, learns who asks, refuses what comes from a foreign page, and hands the
 * request to its part with a signed identity in place of cookie and token. Who may call what, the part decides.
 */
export function apiHandler(deps: ApiDeps): ApiHandler {
  return async (req, res, { fail, handling }) => {
    const { method = 'GET', url: address = '' } = req;
    const url = address.slice(prefix.length) || '/';
    const addressee = address.startsWith(prefix) ? deps.directory.find(method, pathOf(url)) : undefined;
    handling.operation = addressee ? `to ${addressee.part}` : 'none';
    if (!addressee) throw nothingFor(address.startsWith(prefix) ? deps.directory.methods(pathOf(url)) : []);
    const looksOn = addressee.route?.operation === 'readSystem';
    const caller = await (looksOn ? deps.monitoringAccess : deps.callers).of(req);
    checkMeant(req, caller);
    if (caller?.expiresAt) res.setHeader(endHeader, caller.expiresAt);
    const byCookie = caller?.by !== 'token' && sessionCookie(req.headers.cookie) !== null;
    if (caller?.by !== 'token' && !sameSite(deps.publicUrl, req, byCookie)) {
      throw new Forbidden('cross-site', 'This request does not come from a page of the portal');
    }
    const upload = isUpload(addressee, req);
    limitBody(upload ? uploadLimit : (addressee.route?.bodyLimit ?? (addressee.route ? jsonLimit : largestJson)), req, res);
    req.url = url;
    const isOwn = addressee.part === 'gateway';
    if (isOwn) noteVisitor(req, deps.proxyHops);
    dress(req, caller?.signed ?? null);
    if (isOwn) {
      if (caller) noteCaller(req, caller);
      return deps.own(req, res);
    }
    giveUpAfter(reads(req) ? deps.answerSeconds.read : deps.answerSeconds.change * (upload ? 10 : 1), res, fail);
    deps.forward.forward(req, res, addressee.part);
  };
}

const nothingFor = (methods: string[]): NotAllowed | NotFound =>
  methods.length > 0 ? new NotAllowed(methods) : new NotFound('not-found', 'There is nothing here');

/**
 * A tab names the account that it shows as signed in. The cookie belongs to all tabs of a browser: what was meant as one account
 * is never done as the one that has signed in since, or read as nobody.
 */
function checkMeant(req: IncomingMessage, caller: Caller | null): void {
  const meant = req.headers[meantHeader];
  delete req.headers[meantHeader];
  if (meant === undefined || meant === caller?.identity.account) return;
  if (!caller) throw new Unauthorised('sign-in-required', 'Sign in first');
  throw new Conflict('other-account', 'Somebody else has signed in in this browser: it was not done');
}

/** The headers a part may see: no cookie, no token, and no identity but the one signed here. */
function dress(req: IncomingMessage, signed: string | null): void {
  delete req.headers.cookie;
  delete req.headers.authorization;
  delete req.headers[identityHeader];
  delete req.headers[waitedHeader];
  if (signed) req.headers[identityHeader] = signed;
}

/** A body that is no JSON, such as a handbook as a zip. */
const isUpload = ({ route }: Addressee, req: IncomingMessage): boolean =>
  route ? route.media !== undefined : req.headers['content-type'] !== undefined && !/\bjson\b/.test(req.headers['content-type']);

/** Refuses what says beforehand that it is too large; what does not say is cut off by the part that reads it. */
function limitBody(limit: number, req: IncomingMessage, res: ServerResponse): void {
  if (Number(req.headers['content-length'] ?? 0) <= limit) return;
  res.setHeader('connection', 'close');
  throw new TooLarge('too-large', 'The request body is too large');
}

const reads = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Answers 503 when a part has not begun to answer in time. The connection ends with it: a late answer has nowhere to go. */
function giveUpAfter(seconds: number, res: ServerResponse, fail: (error: unknown) => void): void {
  const timer = setTimeout(() => {
    if (res.headersSent) return;
    res.setHeader('connection', 'close');
    fail(new Unavailable('timeout', 'The answer took too long', { retryAfter: 5 }));
  }, seconds * 1000);
  res.on('close', () => clearTimeout(timer));
}
