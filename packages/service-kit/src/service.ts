import { isUtf8 } from 'node:buffer';
import type { RequestListener } from 'node:http';
import type { Identity } from '@sidekick/contracts';
import { currentOrigin } from '@sidekick/tracing';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { type Disk, spacesOf, withDisks } from './disk.ts';
import { Forbidden, InvalidInput, NotAllowed, NotFound, Unauthorised, UnsupportedMedia } from './errors.ts';
import { finderOf, pathOf } from './find.ts';
import { identityHeader, type VerifyIdentity } from './identity.ts';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { Missing } from './missing.ts';
import { openapiOf } from './openapi.ts';
import { encodingFor, packed, weakly, worthPacking } from './packing.ts';
import { answerProblem } from './problems.ts';
import { beginRequest, forRequest } from './request.ts';
import type { Access, Answer, Route } from './routes.ts';
import { requestIdOf, securityHeaders } from './security.ts';
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

/** Builds the Express app of a service: request id, identity, access, validation, problem documents, health and metrics. */
export function createApp(given: AppOptions): Express {
  const options = watchingDisks(given);
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  const secure = securityHeaders();
  app.use((req, res, next) => {
    secure(res);
    res.setHeader('x-request-id', requestIdOf(req));
    next();
  });
  health(app, options);
  app.use(dispatch(options));
  app.use(() => {
    throw new NotFound('not-found', 'There is nothing here');
  });
  app.use(answerProblem(options.log, options.disks));
  return app;
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

/** Finds the route by a map: a router would try one after the other. */
function dispatch(options: AppOptions): RequestHandler {
  const answers = options.routes.map((route) => ({ route, stream: isStream(route), parse: bodyParser(route), run: run(route, options) }));
  const { find, methods } = finderOf(answers, ({ route }) => route);
  return (req, res, next) => {
    const handling = beginRequest(req, res, options);
    const path = pathOf(req.url);
    const found = find(req.method, path);
    if (!found) {
      const allow = methods(path);
      return next(allow.length > 0 ? new NotAllowed(allow) : undefined);
    }
    const { route, stream, parse, run } = found.item;
    handling.operation = route.operation;
    handling.stream = stream;
    req.params = found.params;
    const go = () => forRequest(req, res, handling, () => run(req, res, next).catch(next));
    if (!parse) return go();
    parse(req, res, (error?: unknown) => (error ? next(error) : go()));
  };
}

const jsonTypes = ['application/json', 'application/merge-patch+json'];

function bodyParser(route: Route): RequestHandler | null {
  if (!route.body) return null;
  const parse = express.json({ limit: route.bodyLimit ?? 1_048_576, type: jsonTypes, strict: true, verify: refuseBrokenText });
  return (req, res, next) => (hasBody(req) && !req.is(jsonTypes) ? next(noJson(req)) : parse(req, res, next));
}

const hasBody = ({ headers }: Request): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function noJson({ headers }: Request): UnsupportedMedia {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const sent = type.trim() === '' ? 'without a content type' : `as ${type.trim().slice(0, 100)}`;
  return new UnsupportedMedia(
    'unsupported-media-type',
    `The body was sent ${sent}: this takes JSON, with the content type application/json`,
  );
}

/** JSON is UTF-8 (RFC 8259): bytes that are none would be kept as U+FFFD, and what was typed would be lost. */
function refuseBrokenText(_req: unknown, _res: unknown, body: Buffer, encoding: string): void {
  if (encoding !== 'utf-8' || !isUtf8(body))
    throw new InvalidInput('invalid-text', 'The request body is not UTF-8: send the text in that encoding');
}

function run(route: Route, { verify, log }: AppOptions) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const token = req.headers[identityHeader];
    const identity = typeof token === 'string' ? await verify(token) : null;
    allow(route.access, identity);
    const body = route.body ? route.body.parse(plain(req.body)) : undefined;
    const params = route.params ? route.params.parse(req.params) : {};
    const query = route.query ? route.query.parse(req.query) : noQuery(req);
    const requestId = String(res.getHeader('x-request-id'));
    const request = { params, query, body, identity, requestId, req, res };
    const answer = await route.handle({
      ...request,
      get log() {
        return currentOrigin() ? log : log.child({ requestId });
      },
    });
    if (answer) await send(req, res, route, answer);
    else if (!res.headersSent && !res.writableEnded) next(new Error(`${route.operation} answered nothing`));
  };
}

const isStream = ({ answers }: Route): boolean =>
  Object.values(answers).some((answer) => answer !== null && 'media' in answer && answer.media === 'text/event-stream');

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
/** Half of a surrogate pair: no text, no address can be made of it, and stores keep something else in its place. */
const halfCharacter = /\p{Surrogate}/u;

/** JSON that every layer below can hold: not too deep, of whole characters, without the one key that no object of ours can have. */
function plain(value: unknown, depth = 0): unknown {
  if (depth > deepest) throw new InvalidInput('too-deep', `The request body is nested deeper than ${deepest} levels`);
  if (typeof value === 'string' && halfCharacter.test(value)) throw new InvalidInput('half-character', 'A text holds half a character');
  if (value === null || typeof value !== 'object') return value;
  for (const [key, inner] of Object.entries(value)) {
    if (key === '__proto__') throw new InvalidInput('invalid-input', 'Unrecognized key: "__proto__"');
    plain(key, depth);
    plain(inner, depth + 1);
  }
  return value;
}

/** Whether the client has this answer. `*` asks whether there is any: of no use to a reader, and for some it is an answer in itself. */
const hasIt = (req: Request): boolean => {
  const known = req.headers['if-none-match']?.trim();
  return known !== undefined && known !== '*' && req.fresh;
};

/** Writes to Node's response itself: Express's `send` would look again at what is known here. */
async function send(req: Request, res: Response, route: Route, { status, body, headers = {} }: Answer): Promise<void> {
  res.statusCode = status;
  for (const [name, value] of Object.entries(headers)) res.setHeader(name, value);
  if (!res.hasHeader('cache-control')) res.setHeader('cache-control', 'no-store');
  if (hasIt(req)) res.statusCode = 304;
  if (body === undefined || res.statusCode === 304) return void res.end();
  const isWritten = typeof body === 'string' || Buffer.isBuffer(body);
  if (!isWritten && !res.hasHeader('content-type')) res.setHeader('content-type', 'application/json; charset=utf-8');
  const written: string | Buffer = isWritten ? body : JSON.stringify(body);
  if (route.reflects || written.length < worthPacking || !/json/.test(String(res.getHeader('content-type')))) return void res.end(written);
  res.appendHeader('vary', 'Accept-Encoding');
  const encoding = encodingFor(req.headers['accept-encoding']);
  if (encoding === 'identity') return void res.end(written);
  const bytes = await packed(Buffer.isBuffer(written) ? written : Buffer.from(written), encoding);
  const etag = res.getHeader('etag');
  if (typeof etag === 'string') res.setHeader('etag', weakly(etag));
  res.setHeader('content-encoding', encoding);
  res.setHeader('content-length', bytes.length);
  res.end(bytes);
}
