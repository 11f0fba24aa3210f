import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { aPassword, aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

jest.setTimeout(60_000);

let portal: Portal;
let ops: Browser;
let first: Browser;
beforeAll(async () => {
  portal = await aPortal();
  first = await signInFirstManager(portal);
  ops = await signInInvited(portal, first, ['ops'], 'ivo@example.org');
});
afterAll(() => portal.close());

const signIn = (email: string, password: string) => portal.browser().api('post', '/auth/sign-in', { body: { email, password } });

test('every attempt to sign in is listed for ops, newest first, with whose account it was', async () => {
  await signIn('helena@example.org', 'a wrong password');
  await signIn('nobody@example.org', aPassword);
  await signIn('Helena@example.org', aPassword);
  const { body } = await ops.api('get', '/system/sign-ins');
  expect(body.items.map(({ account, by, outcome }: any) => [account?.name ?? null, by, outcome])).toEqual([
    ['Helena Prado', 'password', 'ok'],
    [null, 'password', 'refused'],
    ['Helena Prado', 'password', 'refused'],
    ['ivo', 'invitation', 'ok'],
    ['Helena Prado', 'invitation', 'ok'],
  ]);
  expect(body.items[0].address).toMatch(/127\.0\.0\.1|::1/);
  const first = await ops.api('get', '/system/sign-ins?limit=2');
  const rest = await ops.api('get', `/system/sign-ins?limit=200&cursor=${encodeURIComponent(first.body.nextCursor)}`);
  expect([...first.body.items, ...rest.body.items]).toEqual(body.items);
});

test('managers do not see from where others sign in', async () => {
  const manager = await signInInvited(portal, first, ['manager'], 'marta@example.org');
  expect((await manager.api('get', '/system/sign-ins')).status).toBe(403);
});
