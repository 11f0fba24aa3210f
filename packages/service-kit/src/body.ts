import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type Request } from 'express';
import { InvalidInput, UnsupportedMedia } from './errors.ts';
import type { Route } from './routes.ts';

/** Reads the body of a request; what is wrong with it goes to `next`. */
type ReadBody = (req: Request, res: ServerResponse, next: (error?: unknown) => void) => void;

const jsonTypes = ['application/json', 'application/merge-patch+json'];

/** Null for a route that takes none. */
export function bodyParser(route: Route): ReadBody | null {
  if (!route.body) return null;
  const parse = express.json({ limit: route.bodyLimit ?? 1_048_576, type: jsonTypes, strict: true, verify: refuseBrokenText });
  return (req, res, next) => (hasBody(req) && !isJson(req) ? next(noJson(req)) : parse(req, res, next));
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const isJson = (req: Request): boolean => Boolean(express.request.is.call(req, jsonTypes));

function noJson({ headers }: IncomingMessage): UnsupportedMedia {
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

const deepest = 40;
/** Half of a surrogate pair: no text, no address can be made of it, and stores keep something else in its place. */
const halfCharacter = /\p{Surrogate}/u;

/** JSON that every layer below can hold: not too deep, of whole characters, without the one key that no object of ours can have. */
export function plain(value: unknown, depth = 0): unknown {
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
