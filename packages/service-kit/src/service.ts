import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse as parseQuery } from 'node:querystring';
import { type Identity, operationScopes, scopesAllow } from '@sidekick/contracts';
import { currentOrigin } from '@sidekick/tracing';
import express, { type Express, type Request } from 'express';
import { bodyParser, plain } from './body.ts';
import { type Disk, spacesOf, withDisks } from './disk.ts';
import { Forbidden, InvalidInput, NotAllowed, NotFound, Unauthorised } from './errors.ts';
import type { Missing } from './health-checks.ts';
import { identityHeader, type VerifyIdentity } from './identity.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { openapiOf } from './openapi.ts';
import { answerProblem, sendProblem } from './problems.ts';
import { beginRequest, forRequest } from './request.ts';
import { pathOf, type RouteTable, routeTableOf } from './route-table.ts';
import type { Access, Route } from './routes.ts';
import { type Headers, requestIdOf, securityHeaders, setHeaders } from './security.ts';
import { sender } from './send.ts';
import { type StatusOptions, statusOf } from './status.ts';

/** A part of the portal: bootable alone or beside others in one process. */
export interface Service {
  readonly name: string;
  readonly app: RequestListener;
  readonly routes: readonly Route[];
  /** What it lacks right now, by name. */
  missing(): Promise<Missing>;
  /** Subscribes, starts relays and timers. Resolves when the service can answer. May be called again after it rejected. */
  start(): Promise<void>;
  /** Ends answers that would never end by themselves, such as event streams. */
  endStreams?(): void;
  /** Ends what `start` began; work under way is finished. */
  stop(): Promise<void>;
}

export interface AppOptions {
  name: string;
  routes: readonly Route[];
  verify: VerifyIdentity;
  log: Logger;
  metrics: Metrics;
  missing: () => Promise<Missing>;
  /** For the System screen: what only this part knows of itself. */
  details?: NonNullable<StatusOptions['details']>;
  /** That it writes to. */
  disks?: readonly Disk[] | undefined;
}

/**
 * What answers a service's requests: request id, identity, access, validation, problem documents, health and metrics. Its routes are
 * found by a map before the Express app, which answers all else (decision 25).
 */
export function createApp(given: AppOptions): RequestListener {
  const options = watchingDisks(given);
  const headers = securityHeaders();
  const finder = routeTableOf(
    options.routes.map((route) => ({ route, answer: answererOf(route, options, headers) })),
    ({ route }) => route,
  );
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', false);
  app.use((req, res, next) => {
    setHeaders(res, headers);
    res.setHeader('x-request-id', requestIdOf(req));
    next();
  });
  health(app, options);
  app.use((req, res) => {
    beginRequest(req, res, options);
    const path = pathOf(req.url);
    finder.find(req.method, path);
    const allow = finder.methods(path);
    throw allow.length > 0 ? new NotAllowed(allow) : new NotFound('not-found', 'There is nothing here');
  });
  app.use(answerProblem(options.log, options.disks));
  return (req, res) => {
    const found = foundBy(finder, req);
    if (found) found.item.answer(req, res, found.params);
    else app(req, res);
  };
}

/** Nothing also for an address that does not decode: the Express app says so. */
function foundBy<T>({ find }: RouteTable<T>, { method = 'GET', url = '/' }: IncomingMessage) {
  try {
    return find(method, pathOf(url));
  } catch {
    return undefined;
  }
}

/** With its disks in what it lacks, tells and measures. */
function watchingDisks(options: AppOptions): AppOptions {
  const { disks = [], metrics, missing, details = async () => ({}) } = options;
  if (disks.length === 0) return options;
  const gaugeOf = (name: 'free' | 'size', help: string) =>
    metrics.gauges(`disk_${name}_bytes`, help, 'disk', async () => (await spacesOf(disks)).map((space) => [space.name, space[name]]));
  gaugeOf('free', 'Room that is left on a disk that this part writes to');
  gaugeOf('size', 'Size of that disk');
  metrics.gauges('disk_full', 'Whether nothing can be saved on a disk, or could not within the last minute: 1, or 0', 'disk', () =>
    Promise.all(disks.map(async (disk) => [disk.name, (await disk.look()) ? 0 : 1] as const)),
  );
  return {
    ...options,
    missing: async () => withDisks(await missing(), disks),
    details: async () => ({ ...(await details()), disks: await spacesOf(disks) }),
  };
}

/** Asked by probes, monitoring and the gateway; nothing here is reachable through the gateway's API. */
function health(app: Express, options: AppOptions): void {
  const { name, routes, missing, metrics } = options;
  app.get('/livez', (_req, res) => void res.json({ status: 'alive' }));
  app.get('/readyz', async (_req, res) => {
    const { vital, other } = await missing().catch(() => ({ vital: ['store'], other: [] }));
    const status = vital.length > 0 ? 'not ready' : other.length > 0 ? 'degraded' : 'ready';
    res.status(vital.length > 0 ? 503 : 200).json({ status, missing: [...vital, ...other] });
  });
  app.get('/metrics', async (_req, res) => void res.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
  const status = statusOf(options);
  app.get('/status', async (_req, res) => void res.json(await status()));
  let document: object | undefined;
  app.get('/operations.json', (_req, res) => {
    document ??= openapiOf(routes, { title: name, version: '1', server: '/' });
    res.json(document);
  });
}

type Params = Record<string, string>;

/** Answers the requests of a route. */
function answererOf(route: Route, options: AppOptions, headers: Headers) {
  const { log, disks } = options;
  const stream = isStream(route);
  const parse = bodyParser(route);
  const answer = answering(route, options, headers);
  const itself = mayAnswerItself(route);
  return (req: IncomingMessage, res: ServerResponse, params: Params): void => {
    const handling = beginRequest(req, res, options);
    handling.operation = route.operation;
    handling.stream = stream;
    if (itself) {
      setHeaders(res, headers);
      res.setHeader('x-request-id', handling.origin.requestId);
    }
    const fail = (error: unknown): void => {
      if (!res.headersSent) setHeaders(res, headers);
      if (sendProblem(error, res, log, disks)) return;
      log.warn({ err: error, requestId: handling.origin.requestId }, 'an answer broke off');
      res.destroy();
    };
    const go = () => forRequest(req, res, handling, () => answer(req, res, params).catch(fail));
    if (parse) parse(req as Request, res, (error) => (error ? fail(error) : go()));
    else go();
  };
}

function answering(route: Route, { verify, log }: AppOptions, headers: Headers) {
  const send = sender(headers);
  const itself = mayAnswerItself(route);
  return async (req: IncomingMessage, res: ServerResponse, found: Params): Promise<void> => {
    const token = req.headers[identityHeader];
    const identity = typeof token === 'string' ? await verify(token) : null;
    allow(route, identity);
    const body = route.body ? route.body.parse(plain((req as Request).body)) : undefined;
    const params = route.params ? route.params.parse(found) : {};
    const query = route.query ? route.query.parse(queryOf(req)) : noQuery(req);
    const requestId = requestIdOf(req);
    const answer = await route.handle({
      ...{ params, query, body, identity, requestId, req, res },
      get log() {
        return currentOrigin() ? log : log.child({ requestId });
      },
    });
    if (answer) await send({ req, res, route, requestId }, answer);
    else if (!(itself && (res.headersSent || res.writableEnded))) throw new Error(`${route.operation} answered nothing`);
  };
}

/** Through Node's response, which has the headers of every answer beforehand then. */
const mayAnswerItself = ({ answers }: Route): boolean => Object.values(answers).some((answer) => answer !== null && 'media' in answer);

const isStream = ({ answers }: Route): boolean =>
  Object.values(answers).some((answer) => answer !== null && 'media' in answer && answer.media === 'text/event-stream');

/** As Express's simple parser reads it. */
const queryOf = ({ url = '' }: IncomingMessage) => parseQuery(/\?([^#]*)/.exec(url)?.[1] ?? '');

function noQuery(req: IncomingMessage): Record<string, never> {
  const unknown = Object.keys(queryOf(req));
  if (unknown.length > 0)
    throw new InvalidInput(
      'invalid-input',
      'The request is not valid',
      unknown.map((path) => ({ path, message: 'Unknown parameter' })),
    );
  return {};
}

/** Deny by default. Throws Unauthorised for nobody, Forbidden for the wrong role and for a token whose scopes are not enough. */
export function allow({ access, operation }: { access: Access; operation: string }, identity: Identity | null): void {
  if (identity?.scopes && !scopesAllow(identity.scopes, operation)) throw outOfScope(operation);
  if (access === 'public') return;
  if (!identity) throw new Unauthorised('sign-in-required', 'Sign in first');
  if (access !== 'signed-in' && !access.some((role) => identity.roles.includes(role))) {
    throw new Forbidden('forbidden', `This needs the role ${access.join(' or ')}`);
  }
}

function outOfScope(operation: string): Forbidden {
  const scope = operationScopes.get(operation);
  if (!scope) return new Forbidden('needs-session', 'Sign in at a browser for this: an API token does not do');
  return new Forbidden('needs-scope', `This API token may not be used for this: it lacks the scope “${scope}”`, { scope });
}
