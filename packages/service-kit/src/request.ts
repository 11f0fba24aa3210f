import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Origin, type Span, traceIdOf, traceparentOf, tracer, withOrigin } from '@sidekick/tracing';
import type { Logger } from './log.ts';
import type { Metrics } from './metrics.ts';
import { requestIdOf } from './security.ts';

/** A request under way in one part. */
export interface Handling {
  /** What it asks for, as soon as that is known: a name of OpenAPI, or of a kind of requests. Never an address, which may hold words of users. */
  operation: string;
  /** Lasts as long as somebody listens. */
  stream: boolean;
  /** What its log lines, events and requests to other parts carry. */
  readonly origin: Origin & { readonly requestId: string };
}

interface Part {
  name: string;
  log: Logger;
  metrics: Metrics;
}

/** By answer, the parts that have met its request: one may meet it twice, at its front and in its app. */
const underWay = new WeakMap<ServerResponse, Begun[]>();

/**
 * Begins a request: its span, and at its end one measurement and one line in the log, of each part that it comes to. Work for
 * it belongs inside `forRequest`.
 */
export function beginRequest(req: IncomingMessage, res: ServerResponse, part: Part): Handling {
  const begun = underWay.get(res) ?? beginAnswer(req, res);
  const known = begun.find(({ part: { metrics } }) => metrics === part.metrics);
  if (known) return known.handling;
  const began = performance.now();
  const requestId = requestIdOf(req);
  const above = traceparentOf(req.headers['traceparent']);
  const span = tracer()?.start(req.method ?? 'GET', { kind: 'server', parent: above, attributes: { 'sidekick.part': part.name } });
  const traceparent = span?.traceparent ?? above;
  const handling: Handling = { operation: 'none', stream: false, origin: traceparent ? { requestId, traceparent } : { requestId } };
  begun.push({ part, handling, began, span });
  return handling;
}

function beginAnswer(req: IncomingMessage, res: ServerResponse): Begun[] {
  const begun: Begun[] = [];
  underWay.set(res, begun);
  res.on('close', () => {
    for (const one of begun) endRequest(req, res, one);
  });
  return begun;
}

/**
 * Runs the work of a request for its origin, until it is done and answered. Reads that nobody traces make no events and go
 * without: their log lines name the request themselves.
 */
export function forRequest(req: IncomingMessage, res: ServerResponse, { origin }: Handling, work: () => void | Promise<void>): void {
  const reads = req.method === 'GET' || req.method === 'HEAD';
  if (tracer() === null && reads) void work();
  else
    void withOrigin(
      origin,
      () => Promise.all([work(), closed(res)]),
      reads ? { wrote: false } : { wrote: false, left: leftUntil(req, res) },
    );
}

/** How long a request has waited at the gateway for a part that takes it, in milliseconds. */
export const waitedHeader = 'sidekick-waited';

/** How long a part may take to answer what changes something, in milliseconds: with what it waits for at the gateway, less than 5 s. */
const answerPatience = 3_500;

function leftUntil(req: IncomingMessage, res: ServerResponse): () => number | undefined {
  let began = performance.now() - (Number(req.headers[waitedHeader]) || 0);
  // An upload waits for nobody while it comes.
  if (!req.complete) {
    req.once('end', () => {
      began = performance.now();
    });
  }
  return () => (!req.complete || res.writableEnded || res.destroyed ? undefined : answerPatience - (performance.now() - began));
}

const closed = (res: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (res.destroyed || res.writableFinished) resolve();
    else res.once('close', () => resolve());
  });

interface Begun {
  part: Part;
  handling: Handling;
  began: number;
  span: Span | undefined;
}

function endRequest(req: IncomingMessage, res: ServerResponse, { part, handling, began, span }: Begun): void {
  const { name, log, metrics } = part;
  const { operation, stream, origin } = handling;
  const ms = performance.now() - began;
  const status = wentAway(res) ? 499 : res.statusCode;
  (stream ? metrics.observeStream : metrics.observe)(operation, status, ms / 1000);
  if (log.isLevelEnabled('info')) {
    // Said in full: it may close in a callback of a connection that another request opened.
    const { requestId, traceparent } = origin;
    const traceId = traceparent && traceIdOf(traceparent);
    log.info({ service: name, method: req.method, operation, status, ms: Math.round(ms * 10) / 10, requestId, traceId }, 'request');
  }
  if (!span) return;
  span.rename(`${req.method} ${operation}`);
  span.set({ 'http.request.method': req.method ?? '', 'http.response.status_code': status, 'sidekick.request_id': origin.requestId });
  span.end(status >= 500 ? status : undefined);
}

/** Whether the client left before the answer began. An answer within the process has no socket. */
const wentAway = (res: ServerResponse): boolean => res.socket !== null && !res.headersSent && !res.writableEnded;
