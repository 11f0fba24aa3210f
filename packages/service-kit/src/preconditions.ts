import type { IncomingMessage } from 'node:http';
import { InvalidInput, PreconditionRequired } from './errors.ts';

/** The version in `If-Match`. Throws PreconditionRequired (428) without one. */
export function ifMatch({ headers }: IncomingMessage): number {
  const header = headers['if-match'];
  if (header === undefined) throw new PreconditionRequired('if-match-required', 'Send the version you read as If-Match');
  const version = /^(?:W\/)?"(\d+)"$/.exec(header)?.[1];
  if (version === undefined) throw new InvalidInput('invalid-if-match', 'If-Match holds one ETag as it was answered');
  return Number(version);
}

/** Whether the client has this version already: answer 304. */
export function noneMatch({ headers }: IncomingMessage, etag: string): boolean {
  return headers['if-none-match']?.split(',').some((part) => part.trim().replace(/^W\//, '') === etag) ?? false;
}
