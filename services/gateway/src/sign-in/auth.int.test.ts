import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { aPassword, aPortal, aToken, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

const personas = {
  manager: { name: 'Helena Prado', person: null },
  engineer: { name: 'Ben Carter', person: null },
  ops: { name: 'Rita Faria', person: null },
};

let portal: Portal;
beforeEach(async () => {
  portal = await aPortal();
});
afterEach(() => portal.close());

describe('the first manager', () => {
  test('is made through the link of the start, once', async () => {
    const token = (await portal.gateway.firstManagerLink())?.split('/').at(-1) ?? '';
    const browser = portal.browser();
    expect((await browser.api('get', `/auth/invitations/${token}`)).body).toEqual({
      ...{ roles: ['manager', 'ops'], note: '', email: null, first: true },
    });
    const given = { token, name: 'Helena Prado', email: ' Helena@Example.org ', password: aPassword };
    const me = await browser.api('post', '/auth/accept', { body: given });
    expect(me).toMatchObject({
      status: 201,
      body: { name: 'Helena Prado', email: 'helena@example.org', roles: ['manager', 'ops'], sample: false },
    });
    expect((await browser.api('get', '/me')).body).toEqual(me.body);
    const again = await portal.browser().api('post', '/auth/accept', { body: { ...given, email: 'other@example.org' } });
    expect(again).toMatchObject({ status: 404, body: { type: 'urn:sidekick:problem:no-invitation' } });
    expect(await portal.gateway.firstManagerLink()).toBeNull();
    expect((await portal.browser().api('get', '/auth/options')).body.unclaimed).toBe(false);
  });

  test('is one also when two people redeem the link at once', async () => {
    const token = (await portal.gateway.firstManagerLink())?.split('/').at(-1) ?? '';
    const accept = (email: string) =>
      portal.browser().api('post', '/auth/accept', { body: { token, name: 'Somebody', email, password: aPassword } });
    const statuses = (await Promise.all(['a@example.org', 'b@example.org', 'c@example.org'].map(accept))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 201)).toHaveLength(1);
    expect(statuses.filter((status) => status === 201 || status === 404 || status === 409)).toHaveLength(3);
  });

  test('can use the link of the last start alone', async () => {
    const before = (await portal.gateway.firstManagerLink())?.split('/').at(-1);
    await portal.restart();
    const after = (await portal.gateway.firstManagerLink())?.split('/').at(-1);
    expect((await portal.browser().api('get', `/auth/invitations/${before}`)).status).toBe(404);
    expect((await portal.browser().api('get', `/auth/invitations/${after}`)).status).toBe(200);
  });
});

describe('signing in', () => {
  test('takes e-mail in any case and the right password, and survives a restart', async () => {
    await signInFirstManager(portal);
    const browser = portal.browser();
    const reply = await browser.api('post', '/auth/sign-in', { body: { email: 'HELENA@example.org', password: aPassword } });
    expect(reply.status).toBe(200);
    const cookies = [reply.headers['set-cookie']].flat();
    expect(cookies).toEqual([
      expect.stringMatching(/^__Host-session=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/),
      expect.stringMatching(/^__Host-browser=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=\d+$/),
    ]);
    await portal.restart();
    expect((await browser.api('get', '/me')).status).toBe(200);
  });

  test('answers the same for a wrong password and for an unknown e-mail', async () => {
    await signInFirstManager(portal);
    const attempt = (email: string) => portal.browser().api('post', '/auth/sign-in', { body: { email, password: 'wrong' } });
    const [known, unknown] = [await attempt('helena@example.org'), await attempt('nobody@example.org')];
    expect(known).toMatchObject({ status: 401, body: { type: 'urn:sidekick:problem:wrong-credentials' } });
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...known.body, requestId: '' });
  });

  test('ends the session that the browser held before, and signing out ends this one', async () => {
    const browser = await signInFirstManager(portal);
    const before = browser.cookie;
    await browser.api('post', '/auth/sign-in', { body: { email: 'helena@example.org', password: aPassword } });
    expect(browser.cookie).not.toBe(before);
    const old = portal.browser();
    old.cookie = before;
    expect((await old.api('get', '/me')).status).toBe(401);
    const held = browser.cookie;
    expect((await browser.api('post', '/auth/sign-out')).status).toBe(204);
    expect(browser.cookie).toBe('');
    old.cookie = held;
    expect((await old.api('get', '/me')).status).toBe(401);
  });

  test('keeps no secret in the store', async () => {
    const browser = await signInFirstManager(portal);
    const { body } = await browser.api('post', '/tokens', { body: aToken('laptop') });
    const secrets = [browser.cookie.split('=')[1] ?? '', body.secret, aPassword];
    const { readFile, readdir } = await import('node:fs/promises');
    for (const file of await readdir(portal.folder)) {
      if (!file.startsWith('gateway.db')) continue;
      const bytes = await readFile(`${portal.folder}/${file}`);
      for (const secret of secrets) expect(bytes.includes(secret)).toBe(false);
    }
  });
});

describe('an invitation', () => {
  test('gives its roles; a second account with the same e-mail is refused and the link stays good', async () => {
    const manager = await signInFirstManager(portal);
    const { body } = await manager.api('post', '/accounts/invitations', { body: { roles: ['engineer'], note: 'Welcome' } });
    const token = body.url.split('/').at(-1);
    expect(body.url).toBe(`http://127.0.0.1:3999/accept/${token}`);
    const accept = (email: string) =>
      portal.browser().api('post', '/auth/accept', { body: { token, name: 'Ben Carter', email, password: aPassword } });
    expect(await accept('helena@example.org')).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:email-taken' } });
    const unseen = { token, name: 'Ben\u202ecarter', email: 'ben@example.org', password: aPassword };
    expect((await portal.browser().api('post', '/auth/accept', { body: unseen })).status).toBe(400);
    expect(await accept('ben@example.org')).toMatchObject({ status: 201, body: { roles: ['engineer'] } });
    expect((await accept('ben2@example.org')).status).toBe(404);
  });

  test('is for managers to make', async () => {
    const manager = await signInFirstManager(portal);
    const engineer = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    expect((await engineer.api('post', '/accounts/invitations', { body: { roles: ['manager'] } })).status).toBe(403);
  });
});

describe('demo personas', () => {
  const options = async (headers: Record<string, string> = {}) => (await portal.browser().api('get', '/auth/options', { headers })).body;

  test('sign in with one click', async () => {
    await portal.gateway.seedPersonas(personas);
    expect(await options()).toEqual({
      local: true,
      unclaimed: true,
      demo: [
        { persona: 'manager', name: 'Helena Prado' },
        { persona: 'engineer', name: 'Ben Carter' },
        { persona: 'ops', name: 'Rita Faria' },
      ],
    });
    const browser = portal.browser();
    expect(await browser.api('post', '/auth/demo', { body: { persona: 'engineer' } })).toMatchObject({
      status: 200,
      body: { name: 'Ben Carter', roles: ['engineer'], email: null, sample: true },
    });
    expect((await browser.api('get', '/me')).status).toBe(200);
    expect((await browser.api('get', '/me', { headers: { 'x-forwarded-for': '10.0.0.1' } })).status).toBe(401);
  });

  test('are seeded once', async () => {
    const first = await portal.gateway.seedPersonas(personas);
    expect(await portal.gateway.seedPersonas(personas)).toEqual(first);
  });

  test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])('are not offered behind a proxy: %s', async (name) => {
    await portal.gateway.seedPersonas(personas);
    expect((await options({ [name]: '10.0.0.1' })).demo).toEqual([]);
    const reply = await portal.browser().api('post', '/auth/demo', { body: { persona: 'ops' }, headers: { [name]: '10.0.0.1' } });
    expect(reply).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:no-demo' } });
  });

  test('have API tokens that are good where they are themselves, and end with them', async () => {
    await portal.gateway.seedPersonas(personas);
    const demo = portal.browser();
    await demo.api('post', '/auth/demo', { body: { persona: 'manager' } });
    const authorization = `Bearer ${(await demo.api('post', '/tokens', { body: aToken('kept') })).body.secret}`;
    const asked = (headers: Record<string, string>) => portal.browser().api('get', '/me', { headers: { authorization, ...headers } });
    expect((await asked({})).status).toBe(200);
    expect((await asked({ 'x-forwarded-for': '10.0.0.1' })).status).toBe(401);
    await signInFirstManager(portal);
    expect((await asked({})).status).toBe(401);
  });

  test('make links that are good until the first real account is made', async () => {
    await portal.gateway.seedPersonas(personas);
    const demo = portal.browser();
    await demo.api('post', '/auth/demo', { body: { persona: 'manager' } });
    const { url } = (await demo.api('post', '/accounts/invitations', { body: { roles: ['manager'] } })).body;
    const view = async () => (await portal.browser().api('get', `/auth/invitations/${url.split('/').at(-1)}`)).status;
    expect(await view()).toBe(200);
    await signInFirstManager(portal);
    expect(await view()).toBe(404);
  });

  test('end, sessions too, when the first real account is made', async () => {
    await portal.gateway.seedPersonas(personas);
    const demo = portal.browser();
    await demo.api('post', '/auth/demo', { body: { persona: 'manager' } });
    expect(await demo.api('delete', '/accounts/sample')).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:needs-account' },
    });
    const view = { body: { name: 'Persona’s own', screen: 'timeline', query: '' }, headers: { 'if-none-match': '*' } };
    expect((await demo.api('put', '/me/views/01JZZZZZZZZZZZZZZZZZZZVXEW', view)).status).toBe(201);
    expect((await demo.api('put', '/me/reading', { body: { language: 'pt-PT', firstDay: null } })).status).toBe(200);
    expect(await allThatIsKept()).toMatch(/Persona’s own.*pt-PT|pt-PT.*Persona’s own/s);
    const manager = await signInFirstManager(portal);
    expect((await demo.api('get', '/me')).status).toBe(401);
    expect((await options()).demo).toEqual([]);
    expect((await portal.browser().api('post', '/auth/demo', { body: { persona: 'manager' } })).status).toBe(403);
    expect(await manager.api('delete', '/accounts/sample')).toMatchObject({ status: 200, body: { removed: 3 } });
    expect((await manager.api('get', '/accounts')).body.items).toHaveLength(1);
    expect(await allThatIsKept()).not.toMatch(/Persona’s own|pt-PT/);
  });

  async function allThatIsKept(): Promise<string> {
    const lines: string[] = [];
    for await (const line of portal.store.dump()) lines.push(JSON.stringify(line));
    return lines.join('\n');
  }
});

describe('demo personas of a portal that others reach', () => {
  test.each([{ bindHost: '0.0.0.0' }, { demo: false }])('are not offered with %j', async (config) => {
    const other = await aPortal({ config });
    await other.gateway.seedPersonas(personas);
    expect((await other.browser().api('get', '/auth/options')).body.demo).toEqual([]);
    expect((await other.browser().api('post', '/auth/demo', { body: { persona: 'ops' } })).status).toBe(403);
    await other.close();
  });
});
