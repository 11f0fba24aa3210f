import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { systemClock } from '@sidekick/service-kit';
import { until } from '@sidekick/testing';
import { knownBrowsersOf } from '../sign-in/known.ts';
import { aPassword, aPortal, aToken, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

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
const linkFor = async (email: string, by = manager) => by.api('post', `/accounts/${(await accountOf(email)).id}/recovery`);
const tokenOf = (url: string) => url.split('/').at(-1) ?? '';
const recover = (token: string, password = another, browser = portal.browser()) =>
  browser.api('post', '/auth/recover', { body: { token, password } });
const entries = async () => (await manager.api('get', '/accounts/audit')).body.items;

describe('a link to get back in', () => {
  test('ends the sessions, sets a password once, and signs in', async () => {
    const made = await linkFor('ben@example.org');
    expect(made).toMatchObject({ status: 201, body: { url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3999\/recover\/[\w-]{43}$/) } });
    expect((await ben.api('get', '/me')).status).toBe(401);
    const token = tokenOf(made.body.url);
    const browser = portal.browser();
    expect((await browser.api('get', `/auth/recoveries/${token}`)).body).toEqual({ name: 'ben', email: 'ben@example.org' });
    expect(await recover(token, another, browser)).toMatchObject({ status: 200, body: { name: 'ben' } });
    expect((await browser.api('get', '/me')).body.email).toBe('ben@example.org');
    expect((await signIn('ben@example.org', aPassword)).status).toBe(401);
    expect((await signIn('ben@example.org', another)).status).toBe(200);
    const again = await recover(token);
    expect(again).toMatchObject({ status: 404, body: { type: 'urn:sidekick:problem:no-recovery' } });
    expect((await browser.api('get', '/me')).status).toBe(200);
  });

  test('is used once also by two at once, and only the newest is good', async () => {
    const first = tokenOf((await linkFor('ben@example.org')).body.url);
    const token = tokenOf((await linkFor('ben@example.org')).body.url);
    expect((await recover(first)).status).toBe(404);
    const statuses = (await Promise.all(['one long password', 'two long password'].map((word) => recover(token, word)))).map(
      ({ status }) => status,
    );
    expect(statuses.sort()).toEqual([200, 404]);
  });

  test('ends with another password, with the account, and by itself after a day', async () => {
    const token = tokenOf((await linkFor('ben@example.org')).body.url);
    const browser = portal.browser();
    await browser.api('post', '/auth/sign-in', { body: { email: 'ben@example.org', password: aPassword } });
    await browser.api('put', '/me/password', { body: { current: aPassword, password: another } });
    expect((await recover(token)).status).toBe(404);
    const next = tokenOf((await linkFor('ben@example.org')).body.url);
    const account = await accountOf('ben@example.org');
    const headers = { 'if-match': `"${account.version}"` };
    await manager.api('patch', `/accounts/${account.id}`, { body: { disabled: true }, headers });
    expect((await recover(next)).status).toBe(404);
    expect(await manager.api('post', `/accounts/${account.id}/recovery`)).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:disabled' },
    });
  });

  test('ends when its account gets in with the password', async () => {
    const token = tokenOf((await linkFor('ben@example.org')).body.url);
    expect((await signIn('ben@example.org', 'not it')).status).toBe(401);
    expect((await portal.browser().api('get', `/auth/recoveries/${token}`)).status).toBe(200);
    expect((await signIn('ben@example.org', aPassword)).status).toBe(200);
    expect((await recover(token)).status).toBe(404);
  });

  test('stands while who made it manages, and so does an invitation', async () => {
    const ida = await signInInvited(portal, manager, ['manager'], 'ida@example.org');
    const recovery = tokenOf((await linkFor('ben@example.org', ida)).body.url);
    const invitation = tokenOf((await ida.api('post', '/accounts/invitations', { body: { roles: ['manager'] } })).body.url);
    const { id } = await accountOf('ida@example.org');
    const change = async (body: object) => {
      const { version } = await accountOf('ida@example.org');
      return manager.api('patch', `/accounts/${id}`, { body, headers: { 'if-match': `"${version}"` } });
    };
    const open = portal.browser();
    const looks = async () => [
      (await open.api('get', `/auth/recoveries/${recovery}`)).status,
      (await open.api('get', `/auth/invitations/${invitation}`)).status,
    ];
    expect(await looks()).toEqual([200, 200]);
    await change({ roles: ['engineer'] });
    expect(await looks()).toEqual([404, 404]);
    await change({ roles: ['manager'], disabled: true });
    expect(await looks()).toEqual([404, 404]);
    expect((await recover(recovery)).status).toBe(404);
    const accepted = { token: invitation, name: 'Mal', email: 'mal@example.org', password: aPassword };
    expect((await open.api('post', '/auth/accept', { body: accepted })).status).toBe(404);
    await change({ disabled: false });
    expect(await looks()).toEqual([200, 200]);
  });

  test('that is used ends API tokens and known browsers too: somebody else may have made them', async () => {
    const { secret } = (await ben.api('post', '/tokens', { body: aToken('ci') })).body;
    const bearer = { headers: { authorization: `Bearer ${secret}` } };
    const known = knownBrowsersOf({ store: portal.store, clock });
    const { id } = await accountOf('ben@example.org');
    const isKnown = async (browser: Browser) => (await known.keyOf(browser.known.split('=')[1] ?? '', id)) !== null;
    expect(await isKnown(ben)).toBe(true);
    const token = tokenOf((await linkFor('ben@example.org')).body.url);
    expect((await portal.browser().api('get', '/me', bearer)).status).toBe(200);
    const browser = portal.browser();
    expect((await recover(token, another, browser)).status).toBe(200);
    expect((await portal.browser().api('get', '/me', bearer)).status).toBe(401);
    expect(await isKnown(ben)).toBe(false);
    expect(await isKnown(browser)).toBe(true);
  });

  test('is for managers to make, for somebody else', async () => {
    const rita = await signInInvited(portal, manager, ['ops'], 'rita@example.org');
    expect((await linkFor('ben@example.org', rita)).status).toBe(403);
    expect(await linkFor('helena@example.org')).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:own-account' } });
    expect((await manager.api('get', '/me')).status).toBe(200);
    expect((await manager.api('post', '/accounts/01JZZZZZZZZZZZZZZZZZZZZZZZ/recovery')).status).toBe(404);
  });

  test('is made at the shell for the last manager, whose sessions end', async () => {
    const link = await portal.gateway.recoveryLink('Helena@Example.org');
    expect((await manager.api('get', '/me')).status).toBe(401);
    expect((await recover(tokenOf(link), another, manager)).status).toBe(200);
    expect((await manager.api('get', '/me')).body.roles).toEqual(['manager', 'ops']);
    expect((await entries()).slice(0, 2)).toMatchObject([
      { did: 'recovered', by: null, account: { name: 'Helena Prado' } },
      { did: 'recovery-link', by: { name: 'This machine' }, account: { name: 'Helena Prado' } },
    ]);
    await expect(portal.gateway.recoveryLink('nobody@example.org')).rejects.toThrow('No account that may sign in has the e-mail');
  });
});

describe('the own account', () => {
  test('changes its password with the one before: other sessions end, tokens stay', async () => {
    const other = portal.browser();
    await other.api('post', '/auth/sign-in', { body: { email: 'ben@example.org', password: aPassword } });
    const { secret } = (await ben.api('post', '/tokens', { body: aToken('ci') })).body;
    const change = (current: string) => ben.api('put', '/me/password', { body: { current, password: another } });
    expect(await change('not it')).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:wrong-password' } });
    expect((await change(aPassword)).status).toBe(204);
    expect((await ben.api('get', '/me')).status).toBe(200);
    expect((await other.api('get', '/me')).status).toBe(401);
    const bearer = { headers: { authorization: `Bearer ${secret}` } };
    expect((await portal.browser().api('get', '/me', bearer)).status).toBe(200);
    expect((await portal.browser().api('put', '/me/password', { body: { current: another, password: aPassword }, ...bearer })).status).toBe(
      403,
    );
    expect((await signIn('ben@example.org', another)).status).toBe(200);
  });

  test('changes its e-mail, unless somebody signs in with it', async () => {
    const change = (email: string, current = aPassword) => ben.api('put', '/me/email', { body: { current, email } });
    expect(await change('Helena@example.org')).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:email-taken', errors: [{ path: 'email' }] },
    });
    expect((await change('b@example.org', 'not it')).status).toBe(403);
    expect((await change('B@Example.org')).body.email).toBe('b@example.org');
    expect((await signIn('ben@example.org', aPassword)).status).toBe(401);
    expect((await signIn('b@example.org', aPassword)).status).toBe(200);
    expect((await entries())[0]).toMatchObject({ did: 'email', by: { name: 'ben' }, account: { name: 'ben' } });
  });

  test('lists where it is signed in and ends one, or all others', async () => {
    const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
    const sign = async () => {
      const browser = portal.browser();
      const body = { email: 'ben@example.org', password: aPassword };
      await browser.api('post', '/auth/sign-in', { body, headers: { 'user-agent': agent } });
      return browser;
    };
    const [phone, laptop] = [await sign(), await sign()];
    const { items } = (await laptop.api('get', '/me/sessions')).body;
    expect(items).toHaveLength(3);
    const here = items.filter(({ current }: { current: boolean }) => current);
    expect(here).toMatchObject([{ browser: 'Firefox on Linux', address: expect.stringMatching(/127\.0\.0\.1|::1/) }]);
    expect((await manager.api('delete', `/me/sessions/${here[0].id}`)).status).toBe(404);
    expect((await phone.api('delete', `/me/sessions/${here[0].id}`)).status).toBe(204);
    expect((await laptop.api('get', '/me')).status).toBe(401);
    expect((await phone.api('delete', '/me/sessions')).body).toEqual({ ended: 1 });
    expect((await ben.api('get', '/me')).status).toBe(401);
    expect((await phone.api('get', '/me/sessions')).body.items).toHaveLength(1);
    expect((await manager.api('get', '/me')).status).toBe(200);
  });
});

describe('an e-mail address', () => {
  test('that somebody signs in with is said when the invitation is made, and is filled in otherwise', async () => {
    const invite = (email: string) => manager.api('post', '/accounts/invitations', { body: { roles: ['engineer'], email } });
    expect(await invite('Ben@example.org')).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:email-taken', errors: [{ path: 'email', message: expect.stringContaining('ben') }] },
    });
    const { url } = (await invite('new@example.org')).body;
    expect((await portal.browser().api('get', `/auth/invitations/${tokenOf(url)}`)).body.email).toBe('new@example.org');
  });

  test('of an account that may not sign in is free for another, and is not taken back from it', async () => {
    const account = await accountOf('ben@example.org');
    const change = async (body: object) => {
      const { version } = (await manager.api('get', '/accounts')).body.items.find(({ id }: { id: string }) => id === account.id);
      return manager.api('patch', `/accounts/${account.id}`, { body, headers: { 'if-match': `"${version}"` } });
    };
    await change({ disabled: true });
    const again = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    expect((await again.api('get', '/me')).status).toBe(200);
    expect(await change({ disabled: false })).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:email-taken' } });
    expect((await change({ disabled: false, email: 'Ben.old@example.org' })).body).toMatchObject({
      disabled: false,
      email: 'ben.old@example.org',
    });
    expect((await signIn('ben.old@example.org', aPassword)).status).toBe(200);
    expect(
      (await entries())
        .slice(0, 2)
        .map(({ did }: { did: string }) => did)
        .sort(),
    ).toEqual(['email', 'enabled']);
  });
});

describe('roles', () => {
  const change = async (browser: Browser, email: string, roles: string[]) => {
    const { id, version } = await accountOf(email);
    return browser.api('patch', `/accounts/${id}`, { body: { roles }, headers: { 'if-match': `"${version}"` } });
  };

  test('are raised by nobody for themselves, and ops make nobody manager', async () => {
    const rita = await signInInvited(portal, manager, ['ops'], 'rita@example.org');
    expect(await change(rita, 'rita@example.org', ['ops', 'manager'])).toMatchObject({
      status: 403,
      body: { type: 'urn:sidekick:problem:own-roles' },
    });
    expect((await change(rita, 'rita@example.org', ['ops', 'engineer'])).status).toBe(403);
    expect(await change(rita, 'ben@example.org', ['engineer', 'manager'])).toMatchObject({
      status: 403,
      body: { type: 'urn:sidekick:problem:managers-only' },
    });
    expect((await change(rita, 'helena@example.org', ['ops'])).status).toBe(403);
    const ida = await signInInvited(portal, manager, ['manager'], 'ida@example.org');
    expect((await change(ida, 'ida@example.org', ['manager', 'ops'])).status).toBe(403);
    expect((await entries()).some(({ did }: { did: string }) => did === 'roles')).toBe(false);
    expect((await change(ida, 'ida@example.org', ['engineer', 'manager'])).status).toBe(200);
  });

  test('that changed are in the log that managers see, with who did it and what they were', async () => {
    const rita = await signInInvited(portal, manager, ['ops'], 'rita@example.org');
    expect((await change(rita, 'ben@example.org', ['engineer', 'ops'])).status).toBe(200);
    expect((await entries())[0]).toMatchObject({
      ...{ did: 'roles', by: { name: 'rita' }, account: { name: 'ben' }, before: ['engineer'], after: ['engineer', 'ops'] },
    });
    const all = (await entries()).map(({ did }: { did: string }) => did);
    expect(all.sort()).toEqual(['invited', 'invited', 'joined', 'joined', 'joined', 'roles']);
    expect((await ben.api('get', '/accounts/audit')).status).toBe(401);
  });
});

describe('at another gateway', () => {
  const at = async (cookie: string) => {
    const browser = await portal.elsewhere();
    browser.cookie = cookie;
    return browser;
  };

  test('an account that was disabled can do nothing any more, by session or token, and one with other roles only those', async () => {
    const { secret } = (await ben.api('post', '/tokens', { body: aToken('ci') })).body;
    const bearer = { headers: { authorization: `Bearer ${secret}` } };
    const [there, program] = [await at(ben.cookie), await portal.elsewhere()];
    expect((await there.api('get', '/me')).status).toBe(200);
    expect((await program.api('get', '/me', bearer)).status).toBe(200);
    const { id } = await accountOf('ben@example.org');
    const change = async (body: object) => {
      const { version } = await accountOf('ben@example.org');
      return manager.api('patch', `/accounts/${id}`, { body, headers: { 'if-match': `"${version}"` } });
    };
    await change({ roles: ['ops'] });
    await until('the other roles', async () => (await program.api('get', '/me', bearer)).body.roles?.join() === 'ops');
    await until('the end of the session', async () => (await there.api('get', '/me')).status === 401);
    expect((await program.api('get', '/system/sign-ins', bearer)).status).toBe(200);
    await change({ disabled: true });
    await until('the end of the token', async () => (await program.api('get', '/me', bearer)).status === 401);
  });
});
