import type { ServerResponse } from 'node:http';
import type { Problem } from '@sidekick/contracts';
import { hasWritten } from '@sidekick/tracing';
import type { ErrorRequestHandler } from 'express';
import { ZodError } from 'zod';
import { type Disk, isDiskFull } from './disk.ts';
import * as errors from './errors.ts';
import type { Logger } from './log.ts';
import { requestIdOf } from './security.ts';

const statusOf: readonly [new (...args: never[]) => errors.DomainError, number][] = [
  [errors.InvalidInput, 400],
  [errors.Unauthorised, 401],
  [errors.Forbidden, 403],
  [errors.NotFound, 404],
  [errors.NotAllowed, 405],
  [errors.Conflict, 409],
  [errors.Stale, 412],
  [errors.TooLarge, 413],
  [errors.UnsupportedMedia, 415],
  [errors.PreconditionRequired, 428],
  [errors.TooMany, 429],
  [errors.Unavailable, 503],
];

/** Zod's issues as field errors; what is not allowed at a path is named in words. */
export function fieldErrors(error: ZodError): errors.FieldError[] {
  return error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
}

/** The one place that turns an error into an RFC 9457 problem document. Unknown errors become a bare 500. */
function problemOf(error: unknown, requestId: string, disks: readonly Disk[]): { problem: Problem; known: boolean } {
  const known = asDomainError(error, disks);
  if (!known) {
    const [code, title] = hasWritten() ? ['answer-lost', `Something failed inside. ${mayBeDone}`] : ['internal', 'Something failed inside'];
    return { known: false, problem: { type: `urn:sidekick:problem:${code}`, title, status: 500, requestId } };
  }
  const status = statusOf.find(([type]) => known instanceof type)?.[1] ?? 400;
  return {
    known: true,
    problem: { ...known.details, type: `urn:sidekick:problem:${known.code}`, title: known.message, status, requestId },
  };
}

/** Of `answer-lost`: somebody who is told that nothing was saved would do it twice, or take for lost what is there. */
const mayBeDone = 'What you sent may have been done, or some of it: look before you send it again';

function asDomainError(error: unknown, disks: readonly Disk[]): errors.DomainError | undefined {
  if (error instanceof errors.DomainError) return error;
  if (isDiskFull(error)) return diskFull(disks.find((disk) => disk.holds(error))?.name ?? 'data');
  const name = error instanceof Error ? error.name : '';
  if (name === 'AnswerLost' || (name === 'StoreUnavailable' && hasWritten()))
    return new errors.Unavailable('answer-lost', `The store does not answer. ${mayBeDone}`, { retryAfter: 2 });
  if (name === 'BusUnavailable' && hasWritten())
    return new errors.Unavailable('answer-lost', `The bus does not answer. ${mayBeDone}`, { retryAfter: 5 });
  if (error instanceof ZodError) return new errors.InvalidInput('invalid-input', 'The request is not valid', fieldErrors(error));
  if (name === 'StoreUnavailable')
    return new errors.Unavailable('store-unavailable', 'The store does not answer; try again shortly', { retryAfter: 2 });
  if (name === 'BusUnavailable')
    return new errors.Unavailable('bus-unavailable', 'The bus does not answer; try again shortly', { retryAfter: 5 });
  return bodyParserError(error);
}

function diskFull(disk: string): errors.Unavailable {
  const [code, became, then] = hasWritten()
    ? ['answer-lost', 'some of this may have been saved', 'then look before you send it again']
    : ['disk-full', 'this was not saved', 'then send it again'];
  return new errors.Unavailable(
    code as string,
    `The disk of the ${disk} is full: ${became}, and reading goes on. Whoever runs the portal has to free some room there, or give it more; ${then}`,
    { disk, retryAfter: 30 },
  );
}

/** What Express's own body parsing throws. */
function bodyParserError(error: unknown): errors.DomainError | undefined {
  const { type, status, charset } = (error ?? {}) as { type?: string; status?: number; charset?: string };
  if (type === 'entity.too.large') return new errors.TooLarge('too-large', 'The request body is too large');
  if (type === 'entity.parse.failed') return new errors.InvalidInput('invalid-json', 'The request body is not JSON');
  if (type === 'charset.unsupported')
    return new errors.UnsupportedMedia('unsupported-media-type', `The text is sent as ${charset}: send it in UTF-8`);
  if (type === 'encoding.unsupported')
    return new errors.UnsupportedMedia(
      'unsupported-media-type',
      'The body is packed in a way that is not known here: send it as gzip, or not packed',
    );
  if (type?.startsWith('entity.') || type?.startsWith('encoding.') || type?.startsWith('charset.') || type?.startsWith('request.')) {
    return new errors.InvalidInput('invalid-body', 'The request body cannot be read');
  }
  if (error instanceof URIError || status === 400) return new errors.InvalidInput('invalid-request', 'The request cannot be read');
  return undefined;
}

/** Answers an error; what is unknown goes to the log. Does nothing and answers false when the answer has begun. */
export function sendProblem(error: unknown, res: ServerResponse, log: Logger, disks: readonly Disk[] = []): boolean {
  const requestId = requestIdOf(res.req);
  const { problem, known } = problemOf(error, requestId, disks);
  if (isDiskFull(error)) {
    for (const disk of disks) disk.failed(error);
    log.error({ err: error, requestId }, 'a disk is full');
  }
  if (!known) log.error({ err: error, requestId }, 'request failed');
  if (res.headersSent) return false;
  res.setHeader('x-request-id', requestId);
  const retryAfter = problem['retryAfter'];
  if (typeof retryAfter === 'number') res.setHeader('retry-after', String(Math.max(1, Math.ceil(retryAfter))));
  const allow = problem['allow'];
  if (Array.isArray(allow)) res.setHeader('allow', allow.join(', '));
  res.setHeader('cache-control', 'no-store');
  res.setHeader('content-type', 'application/problem+json; charset=utf-8');
  res.statusCode = problem.status;
  res.end(JSON.stringify(problem));
  return true;
}

/** The last handler of an app. */
export const answerProblem =
  (log: Logger, disks: readonly Disk[] = []): ErrorRequestHandler =>
  (error, _req, res, next) => {
    if (!sendProblem(error, res, log, disks)) next(error);
  };
