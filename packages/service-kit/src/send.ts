import type { IncomingMessage, ServerResponse } from 'node:http';
import { compressed, encodingFor, leastToCompress, weakEtag } from './compression.ts';
import { noneMatch } from './preconditions.ts';
import type { Answer, Route } from './routes.ts';
import type { Headers } from './security.ts';

/** The request that is answered. */
export interface Asked {
  req: IncomingMessage;
  res: ServerResponse;
  route: Route;
  requestId: string;
}

/** The head of an answer as Node writes it: names and values in turns. */
type Head = (string | string[])[];

/**
 * Sends answers, each with these headers too unless it has its own of that name. The head goes to Node in one piece: headers that
 * are set one by one are kept by name, looked up and gone through once more.
 */
export function sender(common: Headers) {
  const names = new Set(common.map(([name]) => name));
  const flat = common.flat();
  const headOf = (headers: Record<string, string | string[]>, requestId: string): Head => {
    let head: Head = flat.slice();
    for (const name in headers) if (names.has(name)) head = common.filter(([one]) => !Object.hasOwn(headers, one)).flat();
    head.push('x-request-id', requestId);
    for (const name in headers) head.push(name, headers[name] ?? '');
    return head;
  };
  return async (asked: Asked, { status: given, body, headers: own = {} }: Answer): Promise<void> => {
    const { req, route, requestId } = asked;
    const headers = { ...own };
    headers['cache-control'] ??= 'no-store';
    const status = hasIt(req, given, headers['etag']) ? 304 : given;
    if (body === undefined || status === 304) return end(asked, status, headOf(headers, requestId));
    const isWritten = typeof body === 'string' || Buffer.isBuffer(body);
    if (!isWritten) headers['content-type'] ??= 'application/json; charset=utf-8';
    const written: string | Buffer = isWritten ? body : JSON.stringify(body);
    const mayPack = !route.reflects && written.length >= leastToCompress && /json/.test(String(headers['content-type']));
    if (!mayPack) return end(asked, status, headOf(headers, requestId), written);
    headers['vary'] = headers['vary'] === undefined ? 'Accept-Encoding' : `${headers['vary']}, Accept-Encoding`;
    const encoding = encodingFor(req.headers['accept-encoding']);
    if (encoding === 'identity') return end(asked, status, headOf(headers, requestId), written);
    const bytes = await compressed(Buffer.isBuffer(written) ? written : Buffer.from(written), encoding);
    if (typeof headers['etag'] === 'string') headers['etag'] = weakEtag(headers['etag']);
    headers['content-encoding'] = encoding;
    end(asked, status, headOf(headers, requestId), bytes);
  };
}

/** Node tells the length of what it is given with the head alone, and of an answer to HEAD not at all. */
function end({ req, res }: Asked, status: number, head: Head, bytes: string | Buffer = ''): void {
  if (req.method !== 'HEAD' && status !== 204 && status !== 304) head.push('content-length', String(Buffer.byteLength(bytes)));
  res.writeHead(status, head);
  res.end(bytes);
}

/**
 * Whether the client has this answer (RFC 9110 §13.1.2). `*` asks whether there is any: of no use to a reader, and for some it is an
 * answer in itself. Who asks for no cache, as browsers do at a forced reload, has none.
 */
function hasIt(req: IncomingMessage, status: number, etag: string | string[] | undefined): boolean {
  const { method, headers } = req;
  const known = headers['if-none-match'];
  if (known === undefined || known.trim() === '*' || typeof etag !== 'string') return false;
  if ((method !== 'GET' && method !== 'HEAD') || !((status >= 200 && status < 300) || status === 304)) return false;
  return !/(?:^|,)\s*no-cache\s*(?:,|$)/.test(headers['cache-control'] ?? '') && noneMatch(req, etag.replace(/^W\//, ''));
}
