import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Clock, systemClock } from '@sidekick/service-kit';
import { aPortal, aToken, type Browser, type Portal, signInFirstManager } from '../testing/browser.ts';
import { tokensOf } from './tokens.ts';

const real = systemClock({ timeZone: 'UTC' });
let ahead = 0;
const clock: Clock = { ...real, now: () => new Date(real.now().getTime() + ahead) };
let portal: Portal;
let manager: Browser;
beforeEach(async () => {
  ahead = 0;
  portal = await aPortal({ clock });
  manager = await signInFirstManager(portal);
});
afterEach(() => portal.close());

const inDays = (days: number) => new Date(clock.now().getTime() + days * 86_400_000).toISOString();
const make = (over: object) => manager.api('post', '/tokens', { body: { ...aToken('nightly'), ...over } });
const asked = (secret: string, path = '/accounts') => portal.browser().api('get', path, { headers: { authorization: `Bearer ${secret}` } });

describe('the end of a token', () => {
  test('is told with every answer before, and with words after', async () => {
    const expiresAt = inDays(0.001);
    const { secret } = (await make({ expiresAt })).body;
    expect(await asked(secret)).toMatchObject({ status: 200, headers: { 'sidekick-token-expires': expiresAt } });
    ahead = 100_000;
    const day = expiresAt.slice(0, 10);
    expect(await asked(secret)).toMatchObject({
      status: 401,
      body: {
        type: 'urn:sidekick:problem:token-expired',
        title: `This API token ended on ${day}: make a new one at a browser, under your name`,
      },
    });
  });

  test('ends what it is watching', async () => {
    const { id } = (await make({ expiresAt: inDays(0.001) })).body;
    const tokens = tokensOf({ store: portal.store, clock });
    expect([...(await tokens.alive([id]))]).toEqual([id]);
    ahead = 100_000;
    expect([...(await tokens.alive([id]))]).toEqual([]);
  });

  test('it stands in the list until it is taken back', async () => {
    const { id } = (await make({ expiresAt: inDays(0.001) })).body;
    ahead = 100_000;
    expect((await manager.api('get', '/tokens')).body.items).toMatchObject([{ id }]);
    expect((await manager.api('delete', `/tokens/${id}`)).status).toBe(204);
    expect((await manager.api('get', '/tokens')).body.items).toEqual([]);
  });

  test.each([
    ['has passed', -1, 'This end has passed; choose a later one'],
    ['is out of sight', 4_000, 'At most ten years from now, or no end'],
  ])('is refused at its field where it %s', async (_what, days, message) => {
    expect(await make({ expiresAt: inDays(days) })).toMatchObject({ status: 400, body: { errors: [{ path: 'expiresAt', message }] } });
  });
});

test('a token needs a scope, and none that is not there', async () => {
  expect(await make({ scopes: [] })).toMatchObject({
    status: 400,
    body: { errors: [{ path: 'scopes', message: 'Choose what the token may be used for' }] },
  });
  expect((await make({ scopes: ['all'] })).status).toBe(400);
});

test('a token made before there were scopes may do what its account may, and says so', async () => {
  const { account } = (await manager.api('get', '/me')).body;
  const whole = { name: 'of old', scopes: null, expiresAt: null };
  const { secret } = await tokensOf({ store: portal.store, clock }).create(account, whole);
  expect((await asked(secret)).status).toBe(200);
  expect((await asked(secret)).headers).not.toHaveProperty('sidekick-token-expires');
  expect((await manager.api('get', '/tokens')).body.items).toMatchObject([{ name: 'of old', scopes: null, expiresAt: null }]);
});

test('who made and took back a token is in the log of accounts', async () => {
  const { id } = (await make({})).body;
  await manager.api('delete', `/tokens/${id}`);
  const { items } = (await manager.api('get', '/accounts/audit')).body;
  expect(items.slice(0, 2)).toMatchObject([
    { did: 'token-removed', by: { name: 'Helena Prado' } },
    { did: 'token-made', by: { name: 'Helena Prado' } },
  ]);
});

test('both sorts count towards fifty, and both end with their account', async () => {
  const { account } = (await manager.api('get', '/me')).body;
  const tokens = tokensOf({ store: portal.store, clock });
  for (let n = 0; n < 25; n += 1) await tokens.create(account, { name: `old ${n}`, scopes: null, expiresAt: null });
  for (let n = 0; n < 25; n += 1) await tokens.create(account, { name: `new ${n}`, scopes: ['read'], expiresAt: null });
  expect(await make({})).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:too-many-tokens' } });
  await tokens.removeAll(account);
  expect(await tokens.of(account)).toEqual([]);
});
