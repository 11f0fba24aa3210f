import { randomUUID } from 'node:crypto';
import type { Identity } from '@sidekick/contracts';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import helmet from 'helmet';
import { Forbidden, InvalidInput, NotFound, Unauthorised } from './errors.ts';
import { identityHeader, type VerifyIdentity } from './identity.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { answerProblem } from './problems.ts';
import type { Access, Answer, Route } from './routes.ts';

/** A part of the portal: bootable alone or beside others in one process. */
export interface Service {
  readonly name: string;
  readonly app: Express;
  readonly routes: readonly Route[];
  /** Subscribes, starts relays and timers. Resolves when the service can answer. */
  start(): Promise<void>;
  /** Ends what `start` began; work under way is finished. */
  stop(): Promise<void>;
}

export interface AppOptions {
  name: string;
  routes: readonly Route[];
  verify: VerifyIdentity;
  log: Logger;
  metrics: Metrics;
  /** Names of what is missing; empty when the service can answer reads from its own store. */
  missing: () => Promise<string[]>;
}

/** Builds the Express app of a service: request id, identity, access, validation, problem documents, health and metrics. */
export function createApp(options: AppOptions): Express {
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  app.use(helmet());
  app.use(identify(options));
  health(app, options);
  for (const route of options.routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1');
    app[route.method](path, ...bodyParser(route), run(route, options));
  }
  app.use(() => {
    throw new NotFound('not-found', 'There is nothing here');
  });
  app.use(answerProblem);
  return app;
}

interface Known {
  identity: Identity | null;
  log: Logger;
  requestId: string;
}
const known = new WeakMap<Request, Known>();

function identify({ verify, log }: AppOptions): RequestHandler {
  return async (req, res, next) => {
    const given = req.get('x-request-id');
    const requestId = given && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
    res.setHeader('x-request-id', requestId);
    const token = req.get(identityHeader);
    const requestLog = log.child({ requestId });
    (req as { log?: Logger }).log = requestLog;
    known.set(req, { identity: token ? await verify(token) : null, log: requestLog, requestId });
    next();
  };
}

function health(app: Express, { missing, metrics }: AppOptions): void {
  app.get('/livez', (_req, res) => void res.json({ status: 'alive' }));
  app.get('/readyz', async (_req, res) => {
    const names = await missing().catch(() => ['store']);
    res.status(names.length > 0 ? 503 : 200).json({ status: names.length > 0 ? 'not ready' : 'ready', missing: names });
  });
  app.get('/metrics', async (_req, res) => void res.type(metrics.registry.contentType).send(await metrics.registry.metrics()));
}

const json = (limit: number): RequestHandler[] => [
  express.json({ limit, type: ['application/json', 'application/merge-patch+json'], strict: true }),
];
const bodyParser = (route: Route): RequestHandler[] => (route.body ? json(route.bodyLimit ?? 1_048_576) : []);

function run(route: Route, { metrics }: AppOptions): RequestHandler {
  return async (req: Request, res: Response, next: NextFunction) => {
    const began = performance.now();
    res.once('close', () => metrics.observe(route.operation, res.statusCode, (performance.now() - began) / 1000));
    const { identity, log, requestId } = known.get(req) as Known;
    allow(route.access, identity);
    const body = route.body ? route.body.parse(shallow(req.body)) : undefined;
    const params = route.params ? route.params.parse(req.params) : {};
    const query = route.query ? route.query.parse(req.query) : noQuery(req);
    const answer = await route.handle({ params, query, body, identity, requestId, log, req, res });
    if (answer) send(res, answer);
    else if (!res.headersSent && !res.writableEnded) next(new Error(`${route.operation} answered nothing`));
  };
}

function noQuery(req: Request): Record<string, never> {
  const unknown = Object.keys(req.query);
  if (unknown.length > 0)
    throw new InvalidInput(
      'invalid-input',
      'The request is not valid',
      unknown.map((path) => ({ path, message: 'Unknown parameter' })),
    );
  return {};
}

/** Deny by default. Throws Unauthorised for nobody, Forbidden for the wrong role. */
export function allow(access: Access, identity: Identity | null): void {
  if (access === 'public') return;
  if (!identity) throw new Unauthorised('sign-in-required', 'Sign in first');
  if (access !== 'signed-in' && !access.some((role) => identity.roles.includes(role))) {
    throw new Forbidden('forbidden', `This needs the role ${access.join(' or ')}`);
  }
}

const deepest = 40;
function shallow(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new InvalidInput('too-deep', `The request body is nested deeper than ${deepest} levels`);
  if (value !== null && typeof value === 'object') for (const inner of Object.values(value)) shallow(inner, depth + 1);
  return value;
}

function send(res: Response, { status, body, headers = {} }: Answer): void {
  res.status(status);
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (!res.hasHeader('cache-control')) res.setHeader('cache-control', 'no-store');
  if (body === undefined) res.end();
  else if (typeof body === 'string' || Buffer.isBuffer(body)) res.send(body);
  else res.type('application/json').send(JSON.stringify(body));
}
