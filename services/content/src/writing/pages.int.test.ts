import { describe, expect, test } from '@jest/globals';
import { anEngineer, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { pages } from '../pages/page.ts';
import { eventsOf, kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, read, patch } = pagesById(kit);
const events = eventsOf(kit);

describe('writing', () => {
  test('creates under an id of the client, once', async () => {
    const id = ulid();
    const put = (body: object, headers: Record<string, string> = { 'if-none-match': '*' }) =>
      kit.client.ask('put', `/pages/${id}`, { as: anEngineer, body, headers });
    const body = { path: 'put/a', title: 'A', body: 'x' };
    expect((await put(body, {})).status).toBe(428);
    expect((await put(body)).status).toBe(201);
    expect((await put(body)).body).toMatchObject({ id, version: 1 });
    expect((await put({ ...body, title: 'B' })).status).toBe(412);
    expect((await kit.client.ask('post', '/pages', { as: anEngineer, body })).body.type).toBe('urn:sidekick:problem:path-taken');
    expect((await kit.client.ask('post', '/pages', { body })).status).toBe(401);
  });

  test('titles and tags are kept in one form, a tag once by its name, and nothing that cannot be seen', async () => {
    const page = await aPage({ title: 'U\u0308ber  uns', tags: ['Su\u0308d', 'Süd', 'go', 'Go'] });
    expect(page).toMatchObject({ title: 'Über uns', tags: ['Süd', 'go'] });
    const refused = await patch(page, { title: 'Ab\u202ec', tags: ['x\u0000'] });
    expect(refused.body.errors.map(({ path }: { path: string }) => path)).toEqual(['title', 'tags.0']);
    const old = { title: 'U\u0308ber', tags: ['Su\u0308d', 'Süd'], imported: { file: 'a.md', meta: { title: 'U\u0308ber', tags: [] } } };
    expect(pages.upcasts[0]?.(old)).toMatchObject({ title: 'Über', tags: ['Süd'], imported: { file: 'a.md', meta: { title: 'Über' } } });
  });

  test('a save that changes nothing writes nothing', async () => {
    const page = await aPage({ body: 'same' });
    expect((await patch(page, { body: 'same', title: page.title })).body).toMatchObject({ version: 1, revision: page.revision });
  });

  test('a dead link offers the page that is meant, or to write it: to who may read that page, and to nobody outside', async () => {
    await aPage({ path: 'near/how/release-train', title: 'Release train & more' });
    await aPage({ path: 'near/secret-plans', title: 'Secret plans', visibility: 'internal' });
    const archived = await aPage({ path: 'near/finished-text', title: 'Archived' });
    expect((await patch(archived, { status: 'archived' })).status).toBe(200);
    const body = '[a](release-trian.md) **[b](gone/secret-plans.md)** [c](gone/finished-text.md) [[Nothing called so]]\n';
    const page = await aPage({ path: 'near/from', body, visibility: 'public' });
    const perhaps = (path: string, title: string) => `<span class="likely">(perhaps <a href="/p/near/${path}">${title}</a>)</span>`;
    const { html } = (await read(page.id)).body;
    expect(html).toContain(
      `title="There is no page at /near/release-trian: write it">a</a> ${perhaps('how/release-train', 'Release train &amp; more')} `,
    );
    expect(html).toContain(`b</a> ${perhaps('secret-plans', 'Secret plans')}</strong> <a href="/new?path=near%2Fgone%2Ffinished-text"`);
    expect(html).toContain(
      '>c</a> <a href="/new?title=Nothing%20called%20so" data-missing="page" title="There is no page called Nothing called so: write it">',
    );
    const outside = (await kit.client.ask('get', `/pages/${page.id}`)).body.html;
    expect(outside).toBe(
      '<p><a data-missing="page">a</a> <strong><a data-missing="page">b</a></strong> <a data-missing="page">c</a> <a data-missing="page">Nothing called so</a></p>\n',
    );
    await patch(page, { visibility: 'internal' });
  });

  test('a page cannot stand below itself', async () => {
    const above = await aPage();
    const below = await aPage({ place: { parent: above.id, order: 1, exclude: false } });
    expect((await read(above.id)).body.children).toMatchObject([{ id: below.id }]);
    const refused = await patch(above, { place: { parent: below.id, order: null, exclude: false } });
    expect(refused).toMatchObject({ status: 400, body: { type: 'urn:sidekick:problem:parent-below-itself' } });
  });

  test('deleting needs the version, and is for good', async () => {
    const page = await aPage();
    const remove = (version: number) =>
      kit.client.ask('delete', `/pages/${page.id}`, { as: anEngineer, headers: { 'if-match': `"${version}"` } });
    expect((await remove(7)).status).toBe(412);
    expect((await remove(1)).status).toBe(204);
    expect((await read(page.id)).status).toBe(404);
    await until('the event', () => events.some(({ subject, data }) => subject === page.id && (data as { deleted: boolean }).deleted));
  });

  test('the preview resolves links from where the page stands', async () => {
    await aPage({ path: 'pre/a' });
    const { body } = await kit.client.ask('post', '/pages/preview', {
      as: anEngineer,
      body: { body: '# T\n\n[a](a.md) <script>x</script>', path: 'pre/new' },
    });
    expect(body.html).toBe('<h1 id="t">T</h1>\n<p><a href="/p/pre/a">a</a> &lt;script&gt;x&lt;/script&gt;</p>\n');
  });
});

test('the breadcrumb names folders without a page', async () => {
  const page = await aPage({ path: 'some-folder/deep/page' });
  expect((await read(page.id)).body.breadcrumb).toEqual([
    { id: null, path: 'some-folder', title: 'Some folder' },
    { id: null, path: 'some-folder/deep', title: 'Deep' },
  ]);
});
