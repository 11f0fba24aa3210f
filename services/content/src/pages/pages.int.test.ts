import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Envelope, PageView } from '@sidekick/contracts';
import { aManager, anEngineer, anOps, until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { contentKit, type Kit } from '../testing/kit.test.helper.ts';
import { pages } from './page.ts';

let kit: Kit;
const events: Envelope[] = [];
beforeAll(async () => {
  kit = await contentKit();
  await kit.bus.subscribe('search.index', async (event) => void events.push(event));
});
afterAll(() => kit.close());

let count = 0;
const aPage = async (more: object = {}): Promise<PageView> => {
  const body = { path: `test/p${++count}`, title: `Page ${count}`, body: 'Text', ...more };
  const { status, body: page } = await kit.client.ask('post', '/pages', { as: anEngineer, body });
  expect(status).toBe(201);
  return page;
};
const read = (id: string, as: typeof anEngineer | null = anEngineer, headers = {}) =>
  kit.client.ask<PageView>('get', `/pages/${id}`, { as, headers });
const patch = (page: { id: string; version: number }, body: object) =>
  kit.client.ask('patch', `/pages/${page.id}`, { as: anEngineer, body, headers: { 'if-match': `"${page.version}"` } });

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

  test('a save publishes a revision; a lost race shows what is stored', async () => {
    const page = await aPage({ body: 'one' });
    const saved = await patch(page, { body: 'two', message: 'Better' });
    expect(saved.body).toMatchObject({ version: 2, html: '<p>two</p>\n', changedBy: 'Ben Carter' });
    const lost = await patch(page, { body: 'three' });
    expect(lost.status).toBe(412);
    expect(lost.body.current).toMatchObject({ version: 2, revision: { body: 'two', by: 'Ben Carter' } });
    const history = await kit.client.ask('get', `/pages/${page.id}/revisions`, { as: anEngineer });
    expect(history.body.items.map(({ message }: { message: string }) => message)).toEqual(['Better', 'Created']);
    expect((await kit.client.ask('patch', `/pages/${page.id}`, { as: anEngineer, body: { title: 'x' } })).status).toBe(428);
  });

  test('a lost race names who changed what since, also where no text was saved, and the history has the move', async () => {
    const page = await aPage({ body: 'one' });
    const as = aManager;
    const byAna = (version: number, body: object) =>
      kit.client.ask('patch', `/pages/${page.id}`, { as, body, headers: { 'if-match': `"${version}"` } });
    await byAna(1, { tags: ['x'] });
    await byAna(2, { path: `${page.path}-moved`, reviewEveryWeeks: 4 });
    const lost = await patch(page, { body: 'two' });
    expect(lost.body.current.page).toMatchObject({ tags: ['x'], path: `${page.path}-moved` });
    const made = [
      { version: 2, by: aManager.name, fields: ['tags'], movedFrom: null },
      { version: 3, by: aManager.name, fields: ['path', 'review'], movedFrom: page.path },
    ];
    expect(lost.body.current.since).toMatchObject(made);
    const changes = await kit.client.ask('get', `/pages/${page.id}/changes`, { as: anEngineer });
    expect(changes.body.items).toMatchObject(made.toReversed());
    expect((await kit.client.ask('get', `/pages/${page.id}/changes`, {})).status).toBe(401);
  });

  test('a save that changes nothing writes nothing', async () => {
    const page = await aPage({ body: 'same' });
    expect((await patch(page, { body: 'same', title: page.title })).body).toMatchObject({ version: 1, revision: page.revision });
  });

  test('of 20 who save at once one wins', async () => {
    const page = await aPage();
    const all = await Promise.all(Array.from({ length: 20 }, (_, n) => patch(page, { body: `by ${n}` })));
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
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

  test('renaming keeps every link: the old path leads on, other bodies stay as they are', async () => {
    const target = await aPage({ path: 'move/target', body: '## Deep inside\n' });
    const linking = await aPage({ path: 'move/linking', body: '[x](target.md#deep-inside) [y](/move/target) [z](none.md)\n' });
    await patch(target, { path: 'moved/there', title: 'New name' });
    const { body } = await read(linking.id);
    expect(body).toMatchObject({ version: 1, revision: linking.revision });
    expect(body.html).toContain('<a href="/p/moved/there#deep-inside">x</a> <a href="/p/moved/there">y</a> ');
    expect(body.html).toContain(
      '<a href="/new?path=move%2Fnone" data-missing="page" title="There is no page at /move/none: write it">z</a>',
    );
    expect((await kit.client.ask('get', '/pages/find?path=move%2Ftarget', { as: anEngineer })).body).toMatchObject({
      id: target.id,
      path: 'moved/there',
    });
    expect((await read(target.id)).body.linkedFrom).toMatchObject([{ id: linking.id }]);
    // What is made there later mends the link that led nowhere, and a new page takes an old path over.
    await aPage({ path: 'move/none' });
    const newcomer = await aPage({ path: 'move/target' });
    expect((await read(linking.id)).body.html).toContain('<a href="/p/move/none">z</a>');
    expect((await kit.client.ask('get', '/pages/find?path=move%2Ftarget', { as: anEngineer })).body.id).toBe(newcomer.id);
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

describe('events', () => {
  test('carry the published state with its sections, and none once archived', async () => {
    const page = await aPage({ title: 'Said', body: '# Said\n\nIntro\n\n## Part\n\ntext\n', tags: ['t'] });
    const of = (version: number) =>
      until('the event', () => events.find(({ subject, sequence }) => subject === page.id && sequence === version));
    expect((await of(1)).data).toMatchObject({
      deleted: false,
      state: {
        title: 'Said',
        tags: ['t'],
        sections: [
          { heading: 'Said', anchor: '', text: 'Intro' },
          { heading: 'Part', anchor: 'part', text: 'text' },
        ],
      },
    });
    await patch(page, { status: 'archived' });
    expect((await of(2)).data).toMatchObject({ deleted: false, state: null });
  });

  test('the trail of a public page names no internal page', async () => {
    const top = await aPage({ title: 'Secret top' });
    const below = await aPage({ visibility: 'public', place: { parent: top.id, order: null, exclude: false } });
    const inside = await aPage({ place: { parent: top.id, order: null, exclude: false } });
    const trail = async (id: string) =>
      ((await until('the event', () => events.find(({ subject }) => subject === id))).data as { state: { trail: string[] } }).state.trail;
    expect(await trail(below.id)).toEqual([]);
    expect(await trail(inside.id)).toEqual(['Secret top']);
  });

  test('a page above that is renamed or made internal is told of by those below', async () => {
    const top = await aPage({ title: 'Old name', visibility: 'public' });
    const below = await aPage({ visibility: 'public', place: { parent: top.id, order: null, exclude: false } });
    const trail = (version: number) =>
      until('the event', () => {
        const event = events.find(({ subject, sequence }) => subject === below.id && sequence === version);
        return (event?.data as { state: { trail: string[] } } | undefined)?.state.trail;
      });
    expect(await trail(1)).toEqual(['Old name']);
    const renamed = await patch(top, { title: 'New name' });
    expect(await trail(2)).toEqual(['New name']);
    await patch(renamed.body, { visibility: 'internal' });
    expect(await trail(3)).toEqual([]);
  });

  test('the snapshot holds the newest state of every page and the tombstones', async () => {
    const { body } = await kit.client.ask<string>('get', '/pages/snapshot', { as: anOps });
    const all = body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const lines: Envelope[] = all.slice(0, -1);
    expect(all.at(-1)).toEqual({ end: lines.length });
    await until('all events', () =>
      lines.every(({ subject, sequence }) => events.some((event) => event.subject === subject && event.sequence === sequence)),
    );
    const newest = new Map(events.map((event) => [event.subject, event]));
    for (const [subject, event] of newest) {
      const line = lines.find((one) => one.subject === subject);
      expect(line).toMatchObject({
        sequence: event.sequence,
        epoch: event.epoch,
        data: { deleted: (event.data as { deleted: boolean }).deleted },
      });
    }
    expect((await kit.client.ask('get', '/pages/snapshot', { as: anEngineer })).status).toBe(403);
  });
});

describe('a page whose parent is deleted', () => {
  test('stands below the one above, and it and those below it can be edited as before', async () => {
    const top = await aPage();
    const place = (parent: string) => ({ place: { parent, order: null, exclude: false } });
    const parent = await aPage(place(top.id));
    const child = await aPage(place(parent.id));
    const below = await aPage(place(child.id));
    expect((await kit.client.ask('delete', `/pages/${parent.id}`, { as: anEngineer, headers: { 'if-match': '"1"' } })).status).toBe(204);
    const { body: now } = await read(child.id);
    expect([now.place.parent, now.breadcrumb.at(-1)?.id]).toEqual([top.id, top.id]);
    expect((await patch(now, { body: 'Edited', place: now.place })).status).toBe(200);
    expect((await patch((await read(below.id)).body, { tags: ['x'] })).status).toBe(200);
    expect((await patch((await read(below.id)).body, place(parent.id))).body.type).toBe('urn:sidekick:problem:unknown-parent');
  });
});

describe('moving', () => {
  const move = (page: { id: string; version: number }, body: object) =>
    kit.client.ask('post', `/pages/${page.id}/move`, { as: anEngineer, body, headers: { 'if-match': `"${page.version}"` } });
  const find = async (path: string) =>
    (await kit.client.ask('get', `/pages/find?path=${encodeURIComponent(path)}`, { as: anEngineer })).body;

  test('takes the pages below along, each with its redirect and in its history; what is in the way stays and is told', async () => {
    const page = await aPage({ path: 'tree/old' });
    const child = await aPage({ path: 'tree/old/a' });
    const grandchild = await aPage({ path: 'tree/old/a/b' });
    const beside = await aPage({ path: 'tree/older' });
    await aPage({ path: 'tree/new/c' });
    const blocked = await aPage({ path: 'tree/old/c' });
    const claimed = await aPage({ path: 'tree/new/d' });
    await patch(claimed, { path: 'tree/elsewhere' });
    await aPage({ path: 'tree/old/d' });
    const { status, body } = await move(page, { path: 'tree/new' });
    expect([status, body]).toMatchObject([200, { path: 'tree/new', version: 2, moved: 3, left: [{ id: blocked.id, path: 'tree/old/c' }] }]);
    expect(body.left[0].reason).toContain('Another page stands at');
    for (const path of ['tree/old/a/b', 'tree/new/a/b'])
      expect(await find(path)).toMatchObject({ id: grandchild.id, path: 'tree/new/a/b' });
    expect((await find('tree/new/d')).title).not.toBe(claimed.title);
    expect((await read(beside.id)).body).toMatchObject({ path: 'tree/older', version: 1 });
    const { body: changes } = await kit.client.ask('get', `/pages/${child.id}/changes`, { as: anEngineer });
    expect(changes.items).toMatchObject([{ fields: ['path'], movedFrom: 'tree/old/a', by: 'Ben Carter' }]);
  });

  test('leaves the relative links of a text leading where they led, also when it is edited later', async () => {
    const page = await aPage({ path: 'rel/old/page', body: '[x](beside.md)' });
    await aPage({ path: 'rel/old/beside' });
    const { body: moved } = await move(page, { path: 'far/page' });
    const { body } = await patch({ id: page.id, version: moved.version }, { body: 'Edited: [x](beside.md) [y](nowhere.md)' });
    expect(body.html).toMatch(/<a href="\/p\/rel\/old\/beside">x<\/a> <a href="[^"]*" data-missing="page" title="[^"]*">y<\/a>/);
  });

  test('that was cut short goes on when it is sent again with the old address; into its own branch it works too', async () => {
    const page = await aPage({ path: 'cut/old' });
    const child = await aPage({ path: 'cut/old/a' });
    const { body: moved } = await patch(page, { path: 'cut/old/in' });
    expect((await move(moved, { path: 'cut/old/in', from: 'cut/old' })).body).toMatchObject({ version: 2, moved: 1, left: [] });
    expect((await read(child.id)).body.path).toBe('cut/old/in/a');
    expect((await move(moved, { path: 'cut/there', children: false })).body).toMatchObject({ version: 3, moved: 0 });
    expect((await read(child.id)).body.path).toBe('cut/old/in/a');
    expect((await move(moved, { path: 'cut/late' })).status).toBe(412);
  });
});

test('the breadcrumb names folders without a page', async () => {
  const page = await aPage({ path: 'some-folder/deep/page' });
  expect((await read(page.id)).body.breadcrumb).toEqual([
    { id: null, path: 'some-folder', title: 'Some folder' },
    { id: null, path: 'some-folder/deep', title: 'Deep' },
  ]);
});
