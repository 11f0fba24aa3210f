import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { type Logger, notTakenHeader, requestIdOf, sendProblem, Unavailable, waitedHeader } from '@sidekick/service-kit';
import { currentOrigin, tracer } from '@sidekick/tracing';
import type { Dispatcher } from 'undici';
import { type Addresses, addressesOf, type Place } from './addresses.ts';
import type { Forward, PartAnswer, PartRequest } from './forward.ts';
import { askReplicas, headersOf, ofName, type Resolve } from './replicas.ts';
import { retryPolicy } from './retry-policy.ts';

export interface HttpForwardOptions {
  /** Addresses by part, e.g. `{ content: ['http://content-0:8080', 'http://content-1:8080'] }`. */
  parts: Readonly<Record<string, readonly string[]>>;
  log: Logger;
  /** Requests that an address has at once; 128 by default. More find no room there, and are shed when none comes in time. */
  mostAtOnce?: number;
  /** The addresses that a host name stands for; those of DNS by default. */
  resolve?: Resolve;
}

export interface HttpForward extends Forward {
  close(): Promise<void>;
}

/** Bodies up to this size are held until the answer begins, so that the request can be sent again. */
const heldBody = 1_048_576;
/** In milliseconds. */
const askPatience = 5_000;

/** Reaches the other parts over HTTP: in turns, again elsewhere when a connection is lost. */
export function overHttp({ parts, log, mostAtOnce = 128, resolve = ofName }: HttpForwardOptions): HttpForward {
  const known = new Map(Object.entries(parts).map(([part, urls]) => [part, addressesOf(urls, mostAtOnce)]));
  const addresses = (part: string): Addresses => {
    const found = known.get(part);
    if (!found) throw new Unavailable('part-unknown', `There is no part ${part}`, { retryAfter: 5 });
    return found;
  };
  const forward = async (req: IncomingMessage, res: ServerResponse, part: string): Promise<void> => {
    const body = await bodyOf(req);
    const repeatable = isRepeatable(req);
    const pauseAfter = retryPolicy();
    const began = performance.now();
    let tried: Place | undefined;
    for (;;) {
      const place = addresses(part).next(tried);
      req.headers[waitedHeader] = String(Math.round(performance.now() - began));
      const lost = place.isFull() ? noRoom : await sendInSpan(part, place, req, res, body, () => addresses(part).leaving(place));
      if (!lost || res.destroyed || res.writableEnded) return;
      if (lost.refused && lost !== noRoom) addresses(part).refused(place);
      if (res.headersSent) return void res.destroy();
      const pause = pauseAfter(lost);
      const isSpent = body instanceof Readable && lost !== noRoom;
      if (pause === undefined || isSpent || !(lost.refused || repeatable)) {
        log.warn({ part, address: place.address, err: lost.error, requestId: req.headers['x-request-id'] }, 'no answer from a part');
        return void sendProblem(problemOf(part, lost), res, log);
      }
      tried = place;
      await wait(pause);
    }
  };
  return {
    forward(req, res, part) {
      forward(req, res, part).catch((error: unknown) => {
        if (!sendProblem(error, res, log)) res.destroy();
      });
    },
    ask: (part, request) => askTurns(addresses(part), part, request),
    askAll: (part, request) =>
      askReplicas(
        addresses(part).all.map(({ address }) => address),
        request,
        resolve,
      ),
    close: async () => void (await Promise.all([...known.values()].map((part) => part.close()))),
  };
}

const gone = (part: string) =>
  new Unavailable('part-unavailable', `The part ${part} does not answer; try again shortly`, { retryAfter: 2 });

/** Whoever sent a change is told whether it can have been made. */
function problemOf(part: string, lost: Lost): Unavailable {
  if (lost === noRoom)
    return new Unavailable('part-overloaded', `The part ${part} has more to do than it can; try again shortly`, { retryAfter: 2 });
  if (lost.refused) return gone(part);
  const words = `The part ${part} broke off before it answered. What you sent may have been done: look before you send it again`;
  return new Unavailable('answer-lost', words, { retryAfter: 2 });
}

type Body = Buffer | Readable | null;

/** A small body is read whole; a large one, or one that does not say its size, is passed on as it comes. */
async function bodyOf(req: IncomingMessage): Promise<Body> {
  const size = Number(req.headers['content-length'] ?? Number.NaN);
  if (req.method === 'GET' || req.method === 'HEAD' || (Number.isNaN(size) && !req.headers['transfer-encoding'])) return null;
  if (size === 0) return null;
  if (!(size <= heldBody)) return asItComes(req);
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** What a part does not read, such as the rest of an upload that is too large, is dropped: undici would end the request itself. */
function asItComes(req: IncomingMessage): Readable {
  const body = new PassThrough();
  body.once('close', () => req.unpipe(body).resume());
  req.once('close', () => body.writableEnded || body.destroy());
  return req.pipe(body);
}

/** Reads alone: a write that a part died of would end the next one too. */
const isRepeatable = ({ method }: IncomingMessage): boolean => method === 'GET' || method === 'HEAD';

/** Headers of one connection, not of the message (RFC 9110 §7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]);

interface Lost {
  error: Error;
  /** Whether the part can have done nothing: it was not reached, or said so. */
  refused: boolean;
}

/** Not sent: the address has enough to do. It may have room in a moment, so it is not passed by for this. */
const noRoom: Lost = { error: new Error('the part has no room for more'), refused: true };

/** A span for each time a request is sent: what the part does stands below the one that reached it. */
async function sendInSpan(
  part: string,
  place: Place,
  req: IncomingMessage,
  res: ServerResponse,
  body: Body,
  leaving: () => void,
): Promise<Lost | null> {
  const span = tracer()?.start(`${req.method} to ${part}`, {
    kind: 'client',
    parent: currentOrigin()?.traceparent,
    attributes: { 'server.address': place.address, 'http.request.method': req.method ?? '' },
  });
  if (span) req.headers['traceparent'] = span.traceparent;
  const lost = await send(place, req, res, body, leaving);
  span?.end(lost?.error);
  return lost;
}

/** Sends a request and pipes its answer; answers what was lost, or null when the answer is complete. `leaving` is told of a goodbye. */
function send(place: Place, req: IncomingMessage, res: ServerResponse, body: Body, leaving: () => void): Promise<Lost | null> {
  return new Promise((resolve) => {
    let current: Dispatcher.DispatchController | undefined;
    let notTaken: string | undefined;
    const end = () => current?.abort(new Error('the client has gone'));
    res.once('close', end);
    const done = (lost: Lost | null) => {
      res.off('close', end);
      resolve(lost);
    };
    const headers = Object.entries(req.headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [name, value].flat(),
    );
    place.pool.dispatch(
      { path: req.url ?? '/', method: (req.method ?? 'GET') as Dispatcher.HttpMethod, headers, body, headersTimeout: 0, bodyTimeout: 0 },
      {
        onRequestStart(controller) {
          current = controller;
          if (res.destroyed) end();
        },
        onResponseStart(controller, status, answered) {
          if (status < 200) return;
          if (answered['connection'] === 'close') leaving();
          if (answered[notTakenHeader]) {
            notTaken = `the part is ${answered[notTakenHeader]}`;
            return;
          }
          if (res.headersSent) return controller.abort(new Error('answered already'));
          const head = Object.entries(answered).flatMap(([name, value]) =>
            value === undefined || hopByHop.has(name) ? [] : [name, value],
          );
          if (answered['x-request-id'] === undefined) head.push('x-request-id', requestIdOf(req));
          res.writeHead(status, head);
        },
        onResponseData(controller, chunk) {
          if (notTaken || res.write(chunk)) return;
          controller.pause();
          res.once('drain', () => controller.resume());
        },
        onResponseEnd() {
          if (notTaken) return done({ error: new Error(notTaken), refused: true });
          res.end();
          done(null);
        },
        onResponseError: (_controller, error) => done({ error, refused: neverSent(error) }),
      },
    );
  });
}

const refusals = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const neverSent = (error: Error): boolean => refusals.has(String((error as NodeJS.ErrnoException).code));

async function askTurns(addresses: Addresses, part: string, request: PartRequest): Promise<PartAnswer> {
  const pauseAfter = retryPolicy();
  let tried: Place | undefined;
  for (;;) {
    tried = addresses.next(tried);
    const answer = tried.isFull() ? noRoom : await askOnce(tried, part, request);
    if ('status' in answer) return answer;
    if (answer.refused && answer !== noRoom) addresses.refused(tried);
    const pause = pauseAfter(answer);
    if (pause === undefined) throw problemOf(part, answer);
    await wait(pause);
  }
}

/** Throws Unavailable when the answer does not come in time: it would not come sooner elsewhere. */
async function askOnce(place: Place, part: string, request: PartRequest): Promise<PartAnswer | Lost> {
  try {
    const answer = await askPlace(place, request);
    const notTaken = answer.headers[notTakenHeader];
    return notTaken === undefined ? answer : { error: new Error(`the part is ${notTaken}`), refused: true };
  } catch (error) {
    if ((error as Error).name === 'TimeoutError') throw gone(part);
    return { error: error as Error, refused: neverSent(error as Error) };
  }
}

async function askPlace({ pool }: Place, { path, signed, requestId, patience = askPatience }: PartRequest): Promise<PartAnswer> {
  const answer = await pool.request({
    path,
    method: 'GET',
    headers: headersOf({ requestId, signed }),
    signal: AbortSignal.timeout(patience),
  });
  const headers = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
  return { status: answer.statusCode, headers: Object.fromEntries(headers), body: await answer.body.text() };
}
