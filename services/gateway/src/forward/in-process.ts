import { IncomingMessage, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { identityHeader, Unavailable } from '@sidekick/service-kit';
import { currentOrigin } from '@sidekick/tracing';
import type { Forward, PartAnswer, PartRequest } from './forward.ts';

const patience = 5_000;

/** Calls the Express apps of the parts directly, with the headers that HTTP would carry. */
export function inProcess(parts: Readonly<Record<string, { app: RequestListener }>>): Forward {
  const known = new Map(Object.entries(parts));
  const app = (part: string): RequestListener => {
    const found = known.get(part);
    if (!found) throw new Unavailable('part-unknown', `There is no part ${part}`, { retryAfter: 5 });
    return found.app;
  };
  return {
    forward: (req, res, part) => app(part)(req, res),
    ask: async (part, request) => askApp(app(part), part, request),
    askAll: async (part, request) => [{ address: 'this process', answer: await askApp(app(part), part, request).catch(() => null) }],
  };
}

function askApp(app: RequestListener, part: string, request: PartRequest): Promise<PartAnswer> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Unavailable('part-slow', `${part} does not answer`, { retryAfter: 5 })),
      request.patience ?? patience,
    );
    const req = requestOf(request);
    const res = collecting(req, (answer) => {
      clearTimeout(late);
      resolve(answer);
    });
    app(req, res);
  });
}

function requestOf({ path, signed, requestId }: PartRequest): IncomingMessage {
  const req = new IncomingMessage(new Socket());
  req.method = 'GET';
  req.url = path;
  const traceparent = currentOrigin()?.traceparent;
  req.headers = {
    host: 'gateway',
    'x-request-id': requestId,
    ...(traceparent && { traceparent }),
    ...(signed ? { [identityHeader]: signed } : {}),
  };
  req.complete = true;
  req.push(null);
  return req;
}

/**
 * A response that keeps what is written to it, head and body, instead of sending it over a socket. light-my-request, the library for
 * this, took more than twice the processor time for the same answer, and asks for a later Node by what it brings.
 */
function collecting(req: IncomingMessage, done: (answer: PartAnswer) => void): ServerResponse {
  const res = new ServerResponse(req);
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown, encoding?: unknown) => {
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  const write = (chunk: unknown, encoding?: unknown) => {
    keep(chunk, encoding);
    return true;
  };
  const writeHead = (status: number, head: readonly (string | string[])[]) => {
    res.statusCode = status;
    for (let n = 0; n < head.length; n += 2) res.setHeader(String(head[n]), head[n + 1] ?? '');
    return res;
  };
  const end = (chunk?: unknown, encoding?: unknown) => {
    keep(chunk, encoding);
    done({ status: res.statusCode, headers: headersOf(res), body: Buffer.concat(chunks).toString('utf8') });
    res.emit('finish');
    res.emit('close');
    return res;
  };
  return Object.assign(res, { writeHead, write, end });
}

const headersOf = (res: ServerResponse): Record<string, string> =>
  Object.fromEntries(Object.entries(res.getHeaders()).map(([name, value]) => [name, String(value)]));
