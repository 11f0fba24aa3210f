import { InvalidInput, PreconditionRequired, type RouteRequest } from '@sidekick/service-kit';

/** The version in `If-Match`, which holds an ETag of a page or the bare version. Throws PreconditionRequired (428) without one. */
export function versionIn({ req }: Pick<RouteRequest<unknown, unknown, unknown>, 'req'>): number {
  const header = req.headers['if-match'];
  if (header === undefined) throw new PreconditionRequired('if-match-required', 'Send the version you read as If-Match');
  const version = /^(?:W\/)?"(\d+)(?:\.\w+)?"$/.exec(header)?.[1];
  if (version === undefined) throw new InvalidInput('invalid-if-match', 'If-Match holds one ETag as it was answered');
  return Number(version);
}
