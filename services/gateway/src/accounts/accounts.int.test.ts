import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { aPassword, aPortal, aToken, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { accountDef, isManager } from './account.ts';

let portal: Portal;
let manager: Browser;
beforeEach(async () => {
  portal = await aPortal();
  manager = await signInFirstManager(portal);
});
afterEach(() => portal.close());

const accountOf = async (email: string) =>
  (await manager.api('get', '/accounts')).body.items.find((account: { email: string }) => account.email === email);
const change = (browser: Browser, account: { id: string; version: number }, body: object) =>
  browser.api('patch', `/accounts/${account.id}`, { body, headers: { 'if-match': `"${account.version}"` } });

describe('accounts', () => {
  test('are listed page by page with their last sign-in', async () => {
    await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const first = (await manager.api('get', '/accounts?limit=1')).body;
    expect(first.items).toMatchObject([{ email: 'helena@example.org', lastSignInAt: expect.any(String), sample: false }]);
    const second = (await manager.api('get', `/accounts?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)).body;
    expect(second).toMatchObject({ items: [{ email: 'ben@example.org', roles: ['engineer'] }], nextCursor: null });
  });

  test('that are disabled lose their sessions and cannot sign in', async () => {
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    expect((await ben.api('get', '/me')).status).toBe(200);
    const { secret } = (await ben.api('post', '/tokens', { body: aToken('ci') })).body;
    const bearer = { headers: { authorization: `Bearer ${secret}` } };
    expect((await portal.browser().api('get', '/me', bearer)).status).toBe(200);
    expect((await change(manager, await accountOf('ben@example.org'), { disabled: true })).body).toMatchObject({ disabled: true });
    expect((await ben.api('get', '/me')).status).toBe(401);
    expect((await portal.browser().api('get', '/me', bearer)).status).toBe(401);
    const again = portal.browser().api('post', '/auth/sign-in', { body: { email: 'ben@example.org', password: aPassword } });
    expect((await again).status).toBe(401);
  });

  test('whose roles change sign in anew; another name is shown at once', async () => {
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    await change(manager, await accountOf('ben@example.org'), { name: 'Benjamin Carter' });
    expect((await ben.api('get', '/me')).body.name).toBe('Benjamin Carter');
    const changed = await change(manager, await accountOf('ben@example.org'), { roles: ['ops', 'engineer'] });
    expect(changed).toMatchObject({ status: 200, body: { roles: ['engineer', 'ops'] } });
    expect(changed.headers.etag).toBe(`"${changed.body.version}"`);
    expect((await ben.api('get', '/me')).status).toBe(401);
  });

  test('change only by who has read their newest version, and say what that is and who made it', async () => {
    const helena = await accountOf('helena@example.org');
    await change(manager, helena, { name: 'Helena' });
    expect(await change(manager, helena, { name: 'H.' })).toMatchObject({
      status: 412,
      body: {
        type: 'urn:sidekick:problem:stale',
        current: { name: 'Helena', version: helena.version + 1 },
        by: { id: helena.id, name: 'Helena' },
      },
    });
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const read = await accountOf('ben@example.org');
    const own = { body: { current: aPassword, email: 'benjamin@example.org' } };
    expect((await ben.api('put', '/me/email', own)).status).toBe(200);
    expect((await change(manager, read, { roles: ['engineer', 'ops'] })).body).toMatchObject({ by: { id: read.id, name: read.name } });
    expect((await manager.api('patch', `/accounts/${helena.id}`, { body: { name: 'H.' } })).status).toBe(428);
    expect((await change(manager, { ...helena, id: '01JZZZZZZZZZZZZZZZZZZZZZZZ' }, { name: 'H.' })).status).toBe(404);
  });

  test('never lose the last one that can manage, also when two managers demote each other at once', async () => {
    const helena = await accountOf('helena@example.org');
    expect(await change(manager, helena, { roles: ['engineer'] })).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:last-manager' },
    });
    expect((await change(manager, helena, { disabled: true })).status).toBe(409);
    const other = await signInInvited(portal, manager, ['manager'], 'ida@example.org');
    const ida = await accountOf('ida@example.org');
    const both = await Promise.all([change(manager, ida, { roles: ['engineer'] }), change(other, helena, { roles: ['engineer'] })]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  test('never lose the last one when two gateways take one away each, both before either has written', async () => {
    const ida = await signInInvited(portal, manager, ['manager'], 'ida@example.org');
    const [first, second] = [await accountOf('helena@example.org'), await accountOf('ida@example.org')];
    const there = await portal.elsewhere();
    there.cookie = ida.cookie;
    const all = portal.store.collection(accountDef);
    const replace = all.replace.bind(all);
    let go: () => void = () => undefined;
    const both = new Promise<void>((resolve) => {
      go = resolve;
    });
    let waiting = 0;
    jest.spyOn(all, 'replace').mockImplementation(async (...given) => {
      waiting += 1;
      if (waiting === 2) go();
      await both;
      return replace(...given);
    });
    const taken = await Promise.all([change(manager, second, { roles: ['engineer'] }), change(there, first, { disabled: true })]);
    expect(taken.map(({ status }) => status)).toContain(409);
    const { items } = await all.query({ index: 'by-age', limit: 10 });
    expect(items.some(({ doc }) => isManager(doc))).toBe(true);
  });

  test('change by ops in their roles alone', async () => {
    const rita = await signInInvited(portal, manager, ['ops'], 'rita@example.org');
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const account = await accountOf('ben@example.org');
    expect(await change(rita, account, { name: 'X' })).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:roles-only' } });
    expect((await change(ben, account, { roles: ['manager'] })).status).toBe(403);
    expect((await change(rita, account, { roles: ['engineer', 'ops'] })).status).toBe(200);
  });

  test('link to a person one to one', async () => {
    const person = '01JZZZZZZZZZZZZZZZZZPERS01';
    await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    expect((await change(manager, await accountOf('helena@example.org'), { person })).body.person).toBe(person);
    expect(await change(manager, await accountOf('ben@example.org'), { person })).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:person-taken' },
    });
  });
});

describe('how an account reads dates and numbers', () => {
  test('is kept with it, and nothing is said until something is chosen', async () => {
    expect((await manager.api('get', '/me')).body).not.toHaveProperty('reading');
    const reading = { language: 'de-DE', firstDay: 'sunday' };
    expect(await manager.api('put', '/me/reading', { body: reading })).toMatchObject({ status: 200, body: { reading } });
    expect((await manager.api('get', '/me')).body).toMatchObject({ name: 'Helena Prado', reading });
    expect((await manager.api('put', '/me/reading', { body: { language: null, firstDay: null } })).status).toBe(200);
    const again = { body: { email: 'helena@example.org', password: aPassword } };
    expect((await portal.browser().api('post', '/auth/sign-in', again)).body.reading).toEqual({ language: null, firstDay: null });
  });

  test('is no change of the account: a release before knows every member of it, and an open form stays as new as it was', async () => {
    const before = await accountOf('helena@example.org');
    const [kept] = (await portal.store.collection(accountDef).query({ index: 'by-age', limit: 1 })).items;
    const bodies = [0, 1, 2].map((one) => ({ language: 'de-DE', firstDay: one ? ('sunday' as const) : null }));
    const chosen = await Promise.all(bodies.map((body) => manager.api('put', '/me/reading', { body })));
    expect(chosen.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await portal.store.collection(accountDef).query({ index: 'by-age', limit: 1 })).items[0]).toEqual(kept);
    expect((await change(manager, before, { name: 'Helena P.' })).status).toBe(200);
    expect((await manager.api('get', '/me')).body).toMatchObject({ name: 'Helena P.', reading: { language: 'de-DE' } });
  });

  test('stays as a build before kept it with the account, until it is chosen anew', async () => {
    const accounts = portal.store.collection(accountDef);
    const [kept] = (await accounts.query({ index: 'by-age', limit: 1 })).items;
    if (!kept) throw new Error('there is an account');
    const reading = { language: 'pt-PT', firstDay: null };
    await accounts.replace(kept, { ...kept.doc, reading });
    expect((await manager.api('get', '/me')).body).toMatchObject({ reading });
    await manager.api('put', '/me/reading', { body: { language: null, firstDay: 'monday' } });
    expect((await manager.api('get', '/me')).body).toMatchObject({ reading: { language: null, firstDay: 'monday' } });
  });

  test.each([
    { language: 'de_DE', firstDay: null },
    { language: 'DE-de', firstDay: null },
    { language: '😀', firstDay: null },
    { language: null, firstDay: 'tuesday' },
    { language: null },
  ])('is refused where nobody could write so: %j', async (body) => {
    expect((await manager.api('put', '/me/reading', { body })).status).toBe(400);
  });
});

describe('API tokens', () => {
  test('carry the rights of their account, until they are removed', async () => {
    const made = await manager.api('post', '/tokens', { body: aToken('laptop') });
    expect(made).toMatchObject({
      status: 201,
      body: { name: 'laptop', lastUsedAt: null, secret: expect.stringMatching(/^sks_[\w-]{43}$/) },
    });
    const bearer = { headers: { authorization: `Bearer ${made.body.secret}` } };
    expect((await portal.browser().api('get', '/accounts', bearer)).status).toBe(200);
    const { items } = (await manager.api('get', '/tokens')).body;
    expect(items).toEqual([
      {
        id: made.body.id,
        name: 'laptop',
        createdAt: made.body.createdAt,
        lastUsedAt: expect.any(String),
        scopes: ['read', 'staff', 'pages', 'system'],
        expiresAt: null,
      },
    ]);
    expect((await portal.browser().api('post', '/tokens', { body: aToken('more'), ...bearer })).status).toBe(403);
    expect((await manager.api('delete', `/tokens/${made.body.id}`)).status).toBe(204);
    expect(await portal.browser().api('get', '/accounts', bearer)).toMatchObject({
      status: 401,
      body: { type: 'urn:sidekick:problem:invalid-token' },
    });
  });

  test('that are removed see nothing of the portal any more, also while the store is away', async () => {
    const make = async (name: string) => (await manager.api('post', '/tokens', { body: aToken(name) })).body;
    const [stays, goes] = [await make('stays'), await make('goes')];
    const look = async ({ secret }: { secret: string }) =>
      (await portal.browser().api('get', '/system', { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await look(goes)).toBe(200);
    await manager.api('delete', `/tokens/${goes.id}`);
    expect(await look(stays)).toBe(200);
    await portal.store.close();
    expect([await look(stays), await look(goes)]).toEqual([200, 503]);
  });

  test('belong to one account', async () => {
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const { body } = await manager.api('post', '/tokens', { body: aToken('laptop') });
    expect((await ben.api('delete', `/tokens/${body.id}`)).status).toBe(404);
    expect((await ben.api('get', '/tokens')).body.items).toEqual([]);
  });

  test('of this machine have all roles; a new one ends the one before', async () => {
    const before = await portal.gateway.issueLocalToken();
    const now = await portal.gateway.issueLocalToken();
    const me = (secret: string) => portal.browser().api('get', '/me', { headers: { authorization: `Bearer ${secret}` } });
    expect((await me(before)).status).toBe(401);
    expect((await me(now)).body).toMatchObject({ name: 'This machine', roles: ['engineer', 'manager', 'ops'] });
    expect((await manager.api('get', '/accounts')).body.items).toHaveLength(1);
  });
});

describe('the set-up', () => {
  test('remembers skipped steps under a version', async () => {
    expect((await manager.api('get', '/setup')).body).toEqual({ version: 0, sample: false, skipped: [] });
    const skip = (version: number, skipped: string[]) =>
      manager.api('patch', '/setup', { body: { skipped }, headers: { 'if-match': `"${version}"` } });
    expect((await skip(0, ['people'])).body).toEqual({ version: 1, sample: false, skipped: ['people'] });
    expect(await skip(0, ['project'])).toMatchObject({ status: 412, body: { current: { version: 1, skipped: ['people'] } } });
    expect((await skip(1, ['people', 'project'])).body.skipped).toEqual(['people', 'project']);
  });
});
