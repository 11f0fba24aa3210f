import { TreeAnswer } from '@sidekick/contracts';
import { noneMatch, type Route, route } from '@sidekick/service-kit';
import type { Content } from '../content.ts';
import { cachingFor, digestOf } from '../pages/answer.ts';
import { type Audience, audienceOf } from './reader.ts';

export function treeRoutes({ site }: Pick<Content, 'site'>): Route[] {
  const kept = new Map<Audience, { stamp: string; body: Buffer }>();
  const bodyFor = (audience: Audience): Buffer => {
    const stamp = site.stamp();
    const known = kept.get(audience);
    if (known?.stamp === stamp) return known.body;
    const body = Buffer.from(JSON.stringify({ items: site.tree(audience).roots }));
    kept.set(audience, { stamp, body });
    return body;
  };
  return [
    route({
      method: 'get',
      path: '/tree',
      operation: 'readTree',
      summary: 'The handbook as a tree, in order, as far as the reader may see it',
      access: 'public',
      answers: { 200: TreeAnswer, 304: null },
      handle: async ({ identity, req }) => {
        await site.refresh();
        const body = bodyFor(audienceOf(identity));
        const tag = `"${digestOf(body)}"`;
        const headers = { ...cachingFor(identity), etag: tag };
        if (noneMatch(req, tag)) return { status: 304, headers };
        return { status: 200, body, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } };
      },
    }),
  ];
}
