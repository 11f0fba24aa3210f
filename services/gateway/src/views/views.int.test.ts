import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ulid } from 'ulid';
import { aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

let portal: Portal;
let helena: Browser;
let ben: Browser;
beforeEach(async () => {
  portal = await aPortal();
  helena = await signInFirstManager(portal);
  ben = await signInInvited(portal, helena, ['engineer'], 'ben@example.org');
});
afterEach(() => portal.close());

const body = { name: 'Backend in spring', screen: 'timeline', query: 'by=person&skill=Node' };
const make = (browser: Browser, id = ulid(), over: object = {}) =>
  browser.api('put', `/me/views/${id}`, { body: { ...body, ...over }, headers: { 'if-none-match': '*' } });
const save = (browser: Browser, id: string, version: number, over: object) =>
  browser.api('put', `/me/views/${id}`, { body: { ...body, ...over }, headers: { 'if-match': `"${version}"` } });
const listed = async (browser: Browser) => (await browser.api('get', '/me/views')).body.items;

test('a view is its account’s alone: nobody else reads, changes or removes it, not even a manager', async () => {
  const id = ulid();
  expect(await make(ben, id)).toMatchObject({ status: 201, body: { id, ...body, version: 1 } });
  expect(await make(ben, id)).toMatchObject({ status: 200, body: { version: 1 } });
  expect([await listed(ben), await listed(helena)]).toEqual([[{ id, ...body, version: 1 }], []]);
  expect((await make(helena, id)).status).toBe(409);
  expect((await save(helena, id, 1, {})).status).toBe(404);
  expect((await helena.api('delete', `/me/views/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(404);
  expect((await portal.browser().api('get', '/me/views')).status).toBe(401);
  expect(await listed(ben)).toHaveLength(1);
});

test('whoever saves over another version than the newest is told what stands there', async () => {
  const { id } = (await make(ben)).body;
  expect((await save(ben, id, 1, { query: 'by=person' })).body).toMatchObject({ version: 2 });
  expect(await save(ben, id, 1, { query: '' })).toMatchObject({ status: 412, body: { current: { query: 'by=person', version: 2 } } });
  expect((await ben.api('delete', `/me/views/${id}`, { headers: { 'if-match': '"1"' } })).status).toBe(412);
  expect((await ben.api('delete', `/me/views/${id}`)).status).toBe(428);
  expect((await ben.api('delete', `/me/views/${id}`, { headers: { 'if-match': '"2"' } })).status).toBe(204);
  expect(await listed(ben)).toEqual([]);
});

test('two of one name are refused at the field in whatever spelling, and another account may have the same', async () => {
  const { id } = (await make(ben)).body;
  const again = await make(ben, ulid(), { name: '  BACKEND in  spring ' });
  expect(again).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'name', message: 'You have a view called BACKEND in spring already' }] },
  });
  const other = (await make(ben, ulid(), { name: 'Other' })).body;
  expect((await save(ben, other.id, 1, { name: 'backend in spring' })).status).toBe(400);
  expect((await save(ben, id, 1, { name: 'Backend in Spring' })).status).toBe(200);
  expect((await make(helena)).status).toBe(201);
});

test.each([
  [{ query: 'x'.repeat(2_001) }],
  [{ query: 'by=pers on' }],
  [{ name: '' }],
  [{ name: 'a\u202eb' }],
  [{ screen: 'no screen' }],
  [{ owner: 'somebody' }],
])('what cannot be a view is refused: %j', async (over) => {
  expect((await make(ben, ulid(), over)).status).toBe(400);
  expect(await listed(ben)).toEqual([]);
});

test('an account has a hundred views at the most', async () => {
  for (let count = 0; count < 100; count += 1) await make(ben, ulid(), { name: `View ${count}` });
  expect(await make(ben)).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:too-many-views' } });
  expect(await listed(ben)).toHaveLength(100);
});
