import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { PageSummary, PageView } from '@sidekick/contracts';
import { anEngineer } from '@sidekick/testing';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';

let kit: Kit;
beforeAll(async () => {
  kit = await contentKit();
});
afterAll(() => kit.close());

test('a list that is read on misses no page that was renamed meanwhile, and has none twice', async () => {
  const pages: PageView[] = [];
  for (const path of ['d', 'c', 'b', 'a'])
    pages.push((await kit.client.ask('post', '/pages', { as: anEngineer, body: { path, title: path, body: 'Text' } })).body);
  const next = async (cursor: string | null) =>
    (
      await kit.client.ask<{ items: PageSummary[]; nextCursor: string }>('get', `/pages?limit=2${cursor ? `&cursor=${cursor}` : ''}`, {
        as: anEngineer,
      })
    ).body;
  const first = await next(null);
  const rename = (at: number, path: string) =>
    kit.client.ask('patch', `/pages/${pages[at]?.id}`, { as: anEngineer, body: { path }, headers: { 'if-match': '"1"' } });
  for (const [at, path] of [
    ['0', 'zz'],
    ['3', '0'],
  ].map(([n, to]) => [Number(n), to ?? ''] as const))
    expect((await rename(at, path)).status).toBe(200);
  const second = await next(first.nextCursor);
  expect([...first.items, ...second.items].map(({ id }) => id).sort()).toEqual(pages.map(({ id }) => id).sort());
  expect(second.nextCursor).toBeNull();
});
