import { describe, expect, test } from '@jest/globals';
import type { PageView } from '@sidekick/contracts';
import { aManager, anEngineer } from '@sidekick/testing';
import { ulid } from 'ulid';
import { kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, read, patch } = pagesById(kit);

describe('who sees what', () => {
  test('to outsiders everything that is not a public page is the same 404', async () => {
    const shown = await aPage({ path: 'who/public', visibility: 'public', body: '[i](internal.md)' });
    const hidden = await aPage({ path: 'who/internal', body: '[p](public.md)' });
    await patch(hidden, { path: 'who/renamed' });
    const missing = (await read(ulid(), null)).body as unknown as { requestId: string };
    for (const path of [
      `/pages/${hidden.id}`,
      '/pages/find?path=who%2Finternal',
      '/pages/find?path=who%2Frenamed',
      '/pages/find?path=no',
    ]) {
      const { status, body } = await kit.client.ask('get', path);
      expect({ status, body: { ...body, requestId: missing.requestId } }).toEqual({ status: 404, body: missing });
    }
    const page = await read(shown.id, null);
    expect(page.body.html).toBe('<p><a data-missing="page">i</a></p>\n');
    expect(page.body.linkedFrom).toEqual([]);
    expect(page.headers.get('cache-control')).toBe('public, no-cache');
    expect(page.headers.get('vary')).toBe('Cookie');
    expect((await read(shown.id)).headers.get('cache-control')).toBe('private, no-cache');
    expect(JSON.stringify((await kit.client.ask('get', '/tree')).body)).not.toContain('renamed');
    expect((await kit.client.ask('get', '/pages?limit=200')).body.items.map(({ path }: { path: string }) => path)).toEqual(['who/public']);
    expect((await kit.client.ask('get', `/pages/${shown.id}/revisions`)).status).toBe(401);
  });

  test('what outsiders may not see does not change what they are told: same ETag of page and tree after an internal edit', async () => {
    const page = await aPage({ path: 'calm/a', visibility: 'public' });
    const tags = async () => [(await read(page.id, null)).headers.get('etag'), (await kit.client.ask('get', '/tree')).headers.get('etag')];
    const before = await tags();
    await aPage({ path: 'calm/hidden', visibility: 'internal', body: '[a](a.md)' });
    expect(await tags()).toEqual(before);
    await aPage({ path: 'calm/shown', visibility: 'public' });
    expect((await tags())[1]).not.toBe(before[1]);
  });

  test('an ETag spares the body until anything shown on the page changes, and is gone with the page', async () => {
    const page = await aPage({ path: 'tag/a', visibility: 'public', body: '[b](b.md)' });
    const tag = (await read(page.id, null)).headers.get('etag') ?? '';
    expect((await read(page.id, null, { 'if-none-match': tag })).status).toBe(304);
    await aPage({ path: 'tag/b', visibility: 'public' });
    const later = await read(page.id, null, { 'if-none-match': tag });
    expect(later.body.html).toContain('/p/tag/b');
    await kit.client.ask('patch', `/pages/${page.id}`, {
      as: anEngineer,
      body: { visibility: 'internal' },
      headers: { 'if-match': later.headers.get('etag') ?? '' },
    });
    expect((await read(page.id, null, { 'if-none-match': tag })).status).toBe(404);
  });

  test('an attachment is as visible as the most visible published page that uses it', async () => {
    await kit.importFiles({ 'a.md': '![x](img/x.svg)\n', 'img/x.svg': '<svg/>', 'img/unused.png': 'x' }, 'source=att');
    const { body } = await kit.client.ask<PageView>('get', '/pages/find?path=att%2Fa', { as: anEngineer });
    const url = /src="\/api\/v1([^"]*)"/.exec(body.html)?.[1] ?? '';
    const got = await kit.client.ask('get', url, { as: anEngineer });
    expect(got).toMatchObject({ status: 200, body: '<svg/>' });
    expect(got.headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await kit.client.ask('get', url)).status).toBe(404);
    await patch(body, { visibility: 'public' });
    expect((await kit.client.ask('get', url)).status).toBe(200);
    expect((await kit.client.ask('get', `/attachments/${'0'.repeat(64)}/x.svg`, { as: aManager })).status).toBe(404);
  });
});
