import { expect, test } from '@jest/globals';
import { aManager, anEngineer } from '@sidekick/testing';
import { kitForAll, pagesById } from '../testing/pages.test.helper.ts';

const kit = kitForAll();
const { aPage, patch } = pagesById(kit);

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

test('of 20 who save at once one wins', async () => {
  const page = await aPage();
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => patch(page, { body: `by ${n}` })));
  expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 412)]);
});
