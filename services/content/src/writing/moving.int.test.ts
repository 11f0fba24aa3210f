import { describe, expect, test } from '@jest/globals';
import type { PageView } from '@sidekick/contracts';
import { anEngineer } from '@sidekick/testing';
import { kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, read, patch } = pagesById(kit);

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

test('renaming keeps every link: the old path leads on, other bodies stay as they are', async () => {
  const target = await aPage({ path: 'move/target', body: '## Deep inside\n' });
  const linking = await aPage({ path: 'move/linking', body: '[x](target.md#deep-inside) [y](/move/target) [z](none.md)\n' });
  await patch(target, { path: 'moved/there', title: 'New name' });
  const { body } = await read(linking.id);
  expect(body).toMatchObject({ version: 1, revision: linking.revision });
  expect(body.html).toContain('<a href="/p/moved/there#deep-inside">x</a> <a href="/p/moved/there">y</a> ');
  expect(body.html).toContain('<a href="/new?path=move%2Fnone" data-missing="page" title="There is no page at /move/none: write it">z</a>');
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

  test('that was imported: what is left below it can be edited too', async () => {
    await kit.importFiles({ 'a.md': '# A\n', 'guide/README.md': '# Guide\n', 'guide/how.md': '# How\n' });
    const at = async (path: string) =>
      (await kit.client.ask<PageView>('get', `/pages/find?path=${encodeURIComponent(path)}`, { as: anEngineer })).body;
    const guide = await at('book/guide');
    const gone = await kit.client.ask('delete', `/pages/${guide.id}`, { as: anEngineer, headers: { 'if-match': `"${guide.version}"` } });
    expect(gone.status).toBe(204);
    expect((await patch(await at('book/guide/how'), { body: 'Edited', tags: ['x'] })).status).toBe(200);
  });
});
