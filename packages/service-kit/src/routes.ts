import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity, Role } from '@sidekick/contracts';
import type { Logger } from 'pino';
import type { z } from 'zod';

/** Who may call: anybody, any account that is signed in, or accounts with one of these roles. There is no default. */
export type Access = 'public' | 'signed-in' | readonly Role[];

/** Who is known to ask once the access was checked: nobody comes to a route that is not public. */
type Asking<A extends Access> = A extends 'public' ? Identity | null : Identity;

export interface RouteRequest<P, Q, B, A extends Access = Access> {
  params: P;
  query: Q;
  body: B;
  identity: Asking<A>;
  requestId: string;
  /** Its lines carry the request id. */
  log: Logger;
  /** For streams; ordinary handlers return an answer instead. */
  req: IncomingMessage;
  res: ServerResponse;
}

export interface Answer {
  status: number;
  /** Sent as JSON; a Buffer or string is sent as it is with `headers['content-type']`. */
  body?: unknown;
  headers?: Record<string, string | string[]>;
}

/** What a route answers with a status: a schema (JSON), a media type, or nothing. */
export type AnswerSpec = z.ZodType | { media: string } | null;

export interface Route<P = unknown, Q = unknown, B = unknown, A extends Access = Access> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** OpenAPI style below `/api/v1`, e.g. `/pages/{id}`. */
  path: `/${string}`;
  /** Unique over all services; the name in OpenAPI and in the matrix of roles. */
  operation: string;
  summary: string;
  access: A;
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  body?: z.ZodType<B>;
  /** A body that is no JSON: the handler reads `req` itself. */
  media?: string | readonly string[];
  /** Largest JSON body in bytes; 1 MiB by default. */
  bodyLimit?: number;
  /**
   * The answer repeats words of the request beside words of others, or holds a secret: it is never packed, since its length
   * would tell how much the two are alike (BREACH).
   */
  reflects?: boolean;
  answers: Record<number, AnswerSpec>;
  /** Statuses of problem documents besides 400, 401, 403, 500 and 503, and 415 where there is a body. */
  problems?: readonly number[];
  /** Null: the handler has answered through `res` itself, with one of the media types that it declares. */
  handle: (request: RouteRequest<P, Q, B, A>) => Promise<Answer | null>;
}

/** Declares a route; exists for its types alone. */
export const route = <P = Record<string, never>, Q = Record<string, never>, B = undefined, const A extends Access = Access>(
  definition: Route<P, Q, B, A>,
): Route => definition as unknown as Route;

/** An ETag of a version; weak comparison is never needed. */
export const etag = (version: number | string): string => `"${version}"`;
