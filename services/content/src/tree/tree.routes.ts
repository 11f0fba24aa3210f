import { TreeAnswer, TreeQuery } from '@sidekick/contracts';
import { NotFound, noneMatch, type Route, route } from '@sidekick/service-kit';
import type { z } from 'zod';
import { cachingFor, digestOf } from '../access/caching.ts';
import { type Audience, audienceOf } from '../access/reader.ts';
import { type Branches, branchesOf } from './branch.ts';
import type { Tree } from './tree.ts';

/** What gives each audience its tree; the stamp names the state of all pages. */
export interface Trees {
  refresh(): Promise<void>;
  stamp(): string;
  tree(audience: Audience): Tree;
}

export function treeRoutes({ replica }: { replica: Trees }): Route[] {
  const kept = new Map<Audience, { stamp: string; branches: Branches; whole(): Buffer }>();
  const treeFor = (audience: Audience) => {
    const stamp = replica.stamp();
    const known = kept.get(audience);
    if (known?.stamp === stamp) return known;
    const { roots } = replica.tree(audience);
    let body: Buffer | undefined;
    const whole = () => (body ??= Buffer.from(JSON.stringify({ items: roots })));
    const made = { stamp, branches: branchesOf(roots), whole };
    kept.set(audience, made);
    return made;
  };
  const bodyFor = (audience: Audience, { at, below, from }: z.infer<typeof TreeQuery>): Buffer => {
    const { branches, whole } = treeFor(audience);
    if (at === undefined && below === undefined) return whole();
    const branch = below === undefined ? branches.at(at ?? '') : branches.below(below, from ?? 0);
    if (!branch) throw new NotFound('no-branch', 'There is no such branch of the tree');
    return Buffer.from(JSON.stringify(branch));
  };
  return [
    route({
      method: 'get',
      path: '/tree',
      operation: 'readTree',
      summary: 'The handbook as a tree, in order, as far as the reader may see it; whole, or a branch at a time',
      access: 'public',
      query: TreeQuery,
      answers: { 200: TreeAnswer, 304: null },
      problems: [404],
      handle: async ({ identity, req, query }) => {
        await replica.refresh();
        const body = bodyFor(audienceOf(identity), query);
        const tag = `"${digestOf(body)}"`;
        const headers = { ...cachingFor(identity), etag: tag };
        if (noneMatch(req, tag)) return { status: 304, headers };
        return { status: 200, body, headers: { ...headers, 'content-type': 'application/json; charset=utf-8' } };
      },
    }),
  ];
}
