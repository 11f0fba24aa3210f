import { type Answer, noneMatch, type RouteRequest } from '@sidekick/service-kit';
import { cachingFor, digestOf } from '../access/caching.ts';
import { audienceOf } from '../access/reader.ts';
import type { StoredPage } from '../pages/page.ts';
import { headOf } from '../revisions/head.ts';
import type { Bytes } from './bytes.ts';
import type { ServingContent } from './serving.ts';
import { pageView } from './view.ts';

/** Seconds that a page is kept under a key that names everything it depends on. */
const keptFor = 600;

type Asked = Pick<RouteRequest<unknown, unknown, unknown>, 'req' | 'identity'>;

/** A page for a reader: from the cache, or 304 when he has it. */
export async function answerPage(
  content: ServingContent,
  bytes: Bytes,
  { req, identity }: Asked,
  stored: StoredPage,
  status = 200,
): Promise<Answer> {
  const { replica } = content;
  const audience = audienceOf(identity);
  const stamp = replica.stamp();
  const key = `page:${stored.doc._id}:${stored.version}:${stamp}:${audience}:${content.images.key}`;
  const body = await bytes.through(key, keptFor, async () => {
    const view = await pageView(stored, await headOf(content, stored.doc), replica, audience);
    return JSON.stringify({ ...view, html: content.images.show(view.html) });
  });
  const tag = `"${stored.version}.${digestOf(body)}"`;
  const headers = { ...cachingFor(identity), etag: tag };
  if (status === 200 && noneMatch(req, tag)) return { status: 304, headers };
  return { status, body, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } };
}
