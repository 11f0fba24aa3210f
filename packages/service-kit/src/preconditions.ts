import type { Request } from 'express';
import { InvalidInput, PreconditionRequired } from './errors.ts';

/** The version in `If-Match`. Throws PreconditionRequired (428) without one. */
export function ifMatch(req: Request): number {
  const header = req.get('if-match');
  if (header === undefined) throw new PreconditionRequired('if-match-required', 'Send the version you read as If-Match');
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1];
  if (version === undefined) throw new InvalidInput('invalid-if-match', 'If-Match holds one ETag as it was answered');
  return Number(version);
}

/** Whether the client has this version already: answer 304. */
export function noneMatch(req: Request, etag: string): boolean {
  const header = req.get('if-none-match');
  return header?.split(',').some((part) => part.trim().replace(/^W\//, '') === etag) ?? false;
}
