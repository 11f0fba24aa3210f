import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node refuses before there is a request: each with its code and a sentence. */
const refusals = {
  400: ['invalid-request', 'The request cannot be read'],
  408: ['timeout', 'The request took too long to arrive'],
  413: ['too-large', 'The request body is too large'],
  417: ['invalid-request', 'What the request expects is not known here'],
  431: ['headers-too-large', 'The address and the headers of the request are too large: at most 16 kB together'],
} as const;
type Refusal = keyof typeof refusals;

const statuses = new Map<string, Refusal>([
  ['HPE_HEADER_OVERFLOW', 431],
  ['HPE_CHUNK_EXTENSIONS_OVERFLOW', 413],
  ['ERR_HTTP_REQUEST_TIMEOUT', 408],
]);

/** The problem document and its headers. */
export function refusal(status: Refusal, requestId: string) {
  const [code, title] = refusals[status];
  const body = JSON.stringify({ type: `urn:sidekick:problem:${code}`, title, status, requestId });
  const headers = {
    'content-type': 'application/problem+json; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    'content-length': String(Buffer.byteLength(body)),
  };
  return { body, headers };
}

/**
 * Answers what could not be read as a request by a problem document, as everything else is, and ends the connection; where an
 * answer to an earlier request `isUnderWay` on it, the connection alone ends, since the document would lie in the midst of that.
 */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex, isUnderWay: boolean): void {
  if (error.code === 'ECONNRESET' || !socket.writable || isUnderWay) return void socket.destroy();
  const status = statuses.get(error.code ?? '') ?? 400;
  const { body, headers } = refusal(status, randomUUID());
  const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
}
