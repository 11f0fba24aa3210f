import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { systemClock } from '@sidekick/service-kit';
import { StoreUnavailable } from '@sidekick/store';
import { until } from '@sidekick/testing';
import { sessionsOf } from '../sessions/sessions.ts';
import { aPassword, aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { accountDef } from './account.ts';

const another = 'another long password';
const clock = systemClock({ timeZone: 'UTC' });
let portal: Portal;
let manager: Browser;
let ben: Browser;
beforeEach(async () => {
  portal = await aPortal();
  manager = await signInFirstManager(portal);
  ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
});
afterEach(() => portal.close());

const accountOf = async (email: string) =>
  (await manager.api('get', '/accounts')).body.items.find((account: { email: string }) => account.email === email);
const signIn = (email: string, password: string) => portal.browser().api('post', '/auth/sign-in', { body: { email, password } });
const linkFor = async (email: string) => manager.api('post', `/accounts/${(await accountOf(email)).id}/recovery`);
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const recover = (token: string) => portal.browser().api('post', '/auth/recover', { body: { token, password: another } });
const entries = async () => (await manager.api('get', '/accounts/audit')).body.items;

describe('a write that the store carries out and does not answer', () => {
  const lost = (what: 'insert' | 'replace') => {
    const all = portal.store.collection(accountDef);
    const write = (all[what] as (...given: unknown[]) => Promise<unknown>).bind(all);
    jest.spyOn(all, what).mockImplementationOnce(async (...given: unknown[]) => {
      await write(...given);
      throw new StoreUnavailable('not in time');
    });
  };

  test('of roles stays in the log, and ends sessions', async () => {
    const { id, version } = await accountOf('ben@example.org');
    lost('replace');
    const headers = { 'if-match': `"${version}"` };
    expect((await manager.api('patch', `/accounts/${id}`, { body: { roles: ['ops'] }, headers })).status).toBe(503);
    expect((await entries())[0]).toMatchObject({ did: 'roles', account: { name: 'ben' }, after: ['ops'] });
    await until('the end of the session', async () => (await ben.api('get', '/me')).status === 401);
  });

  test('of a password has ended the sessions that the one before let in', async () => {
    const other = portal.browser();
    await other.api('post', '/auth/sign-in', { body: { email: 'ben@example.org', password: aPassword } });
    lost('replace');
    expect((await ben.api('put', '/me/password', { body: { current: aPassword, password: another } })).status).toBe(503);
    expect((await other.api('get', '/me')).status).toBe(401);
    expect((await signIn('ben@example.org', another)).status).toBe(200);
    expect((await entries())[0]).toMatchObject({ did: 'password', account: { name: 'ben' } });
  });

  test('of a new password by a link has ended what let somebody in, and is in the log', async () => {
    const token = tokenOf((await linkFor('ben@example.org')).body.url);
    const { secret } = await sessionsOf({ store: portal.store, clock }).begin((await accountOf('ben@example.org')).id);
    ben.cookie = `__Host-session=${secret}`;
    expect((await ben.api('get', '/me')).status).toBe(200);
    lost('replace');
    expect((await recover(token)).status).toBe(503);
    expect((await ben.api('get', '/me')).status).toBe(401);
    expect((await signIn('ben@example.org', another)).status).toBe(200);
    expect((await entries())[0]).toMatchObject({ did: 'recovered', account: { name: 'ben' } });
  });

  test('of a new account names who joined', async () => {
    const { url } = (await manager.api('post', '/accounts/invitations', { body: { roles: ['engineer'] } })).body;
    lost('insert');
    const accepted = { token: tokenOf(url), name: 'Eva', email: 'eva@example.org', password: aPassword };
    expect((await portal.browser().api('post', '/auth/accept', { body: accepted })).status).toBe(503);
    expect((await signIn('eva@example.org', aPassword)).status).toBe(200);
    expect((await entries())[0]).toMatchObject({ did: 'joined', by: { name: 'Helena Prado' }, account: { name: 'Eva' } });
  });

  test('that is refused is not in the log', async () => {
    const { url } = (await manager.api('post', '/accounts/invitations', { body: { roles: ['engineer'] } })).body;
    const taken = { token: tokenOf(url), name: 'Eva', email: 'ben@example.org', password: aPassword };
    expect((await portal.browser().api('post', '/auth/accept', { body: taken })).status).toBe(409);
    expect((await entries())[0]).toMatchObject({ did: 'invited' });
  });
});
