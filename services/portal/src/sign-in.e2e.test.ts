import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { accept, aPassword, firstManager, invited, printedLink } from './testing/accounts.ts';
import type { Caller } from './testing/caller.ts';
import { type PortalHere, portalHere } from './testing/portal-here.ts';
import { type PortalProcess, portalProcess } from './testing/portal-process.ts';

jest.setTimeout(120_000);

const problem = (code: string) => ({ type: `urn:sidekick:problem:${code}` });

describe('a portal with the sample', () => {
  let portal: PortalProcess;
  beforeAll(async () => {
    portal = await portalProcess();
  });
  afterAll(() => portal.close());

  const options = async (headers: Record<string, string> = {}) => (await portal.browser().api('get', '/auth/options', { headers })).body;
  const demo = (persona: string, headers: Record<string, string> = {}) => {
    const browser = portal.browser();
    return browser.api('post', '/auth/demo', { body: { persona }, headers }).then((reply) => ({ ...reply, browser }));
  };

  test('offers personas with one click while no real account exists, and the first real account ends them', async () => {
    expect((await options()).demo).toEqual([
      { persona: 'manager', name: 'Helena Prado' },
      { persona: 'engineer', name: 'Noor Haddad' },
      { persona: 'ops', name: 'Ivo Lindqvist' },
    ]);
    const people = await portal.command.api('get', '/people?limit=200');
    const noor = people.body.items.find((person: any) => person.private.name === 'Noor Haddad').id;
    const manager = await demo('manager');
    const engineer = await demo('engineer');
    expect(manager).toMatchObject({ status: 200, body: { roles: ['manager'], sample: true } });
    expect(engineer).toMatchObject({ status: 200, body: { roles: ['engineer'], person: noor, sample: true } });
    expect((await engineer.browser.api('get', '/me')).body.name).toBe('Noor Haddad');

    for (const name of ['x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'via', 'x-real-ip']) {
      const headers = { [name]: '10.0.0.1' };
      expect((await options(headers)).demo).toEqual([]);
      expect(await demo('manager', headers)).toMatchObject({ status: 403, body: problem('no-demo') });
      expect((await manager.browser.api('get', '/me', { headers })).status).toBe(401);
    }
    for (const host of ['portal.example.org', '127.0.0.1.example.org', '10.0.0.1:3000']) {
      expect(await demo('manager', { host })).toMatchObject({ status: 400, body: problem('wrong-host') });
    }
    for (const name of ['localhost', '127.0.0.1']) {
      const host = `${name}:${new URL(portal.url).port}`;
      expect((await demo('ops', { host, origin: `http://${host}` })).status).toBe(200);
    }

    const link = printedLink(portal.out());
    const helena = portal.browser();
    expect(await accept(helena, link, 'helena@example.org')).toMatchObject({
      status: 201,
      body: { roles: ['manager', 'ops'], sample: false },
    });
    expect(await accept(portal.browser(), link, 'other@example.org')).toMatchObject({ status: 404, body: problem('no-invitation') });
    expect((await options()).demo).toEqual([]);
    expect((await demo('manager')).status).toBe(403);
    expect((await manager.browser.api('get', '/me')).status).toBe(401);
    expect((await engineer.browser.api('get', '/people')).status).toBe(401);

    await portal.stop();
    await portal.start();
    expect(printedLink(portal.out())).toBeNull();
    expect(portal.out()).toContain(`Open ${portal.url} and sign in.`);
    expect((await demo('manager')).status).toBe(403);
    expect((await helena.api('get', '/me')).body).toMatchObject({ name: 'helena', email: 'helena@example.org' });
    const again = portal.browser();
    expect(await again.api('post', '/auth/sign-in', { body: { email: 'helena@example.org', password: aPassword } })).toMatchObject({
      status: 200,
    });
  });
});

describe('people of a portal', () => {
  let here: PortalHere;
  let manager: Caller;
  let engineer: Caller;
  let ops: Caller;
  beforeAll(async () => {
    here = await portalHere();
    const doors = { browser: here.browser, firstManagerLink: here.portal.gateway.firstManagerLink };
    const first = await firstManager(doors);
    manager = await invited(doors, first, ['manager'], 'marta@example.org');
    engineer = await invited(doors, first, ['engineer'], 'ben@example.org');
    ops = await invited(doors, first, ['ops'], 'ivo@example.org');
  });
  afterAll(() => here.close());

  test('are who their invitation says, and it works once', async () => {
    expect((await engineer.api('get', '/me')).body).toMatchObject({ name: 'ben', roles: ['engineer'], person: null, sample: false });
    const { body } = await manager.api('post', '/accounts/invitations', { body: { roles: ['engineer'], note: 'Welcome' } });
    expect((await here.browser().api('get', `/auth/invitations/${body.url.split('/').at(-1)}`)).body).toEqual({
      roles: ['engineer'],
      note: 'Welcome',
      email: null,
      first: false,
    });
    expect((await accept(here.browser(), body.url, 'ana@example.org')).status).toBe(201);
    expect((await accept(here.browser(), body.url, 'eve@example.org')).status).toBe(404);
  });

  test('may do in every part what their role allows', async () => {
    const create = { 'if-none-match': '*' };
    const project = (caller: Caller, id: string) =>
      caller.api('put', `/projects/${id}`, { body: { name: 'Atlas', from: '2026-11-30' }, headers: create });
    expect((await project(engineer, '01JZZZZZZZZZZZZZZZZZPR0J01')).status).toBe(403);
    expect((await project(ops, '01JZZZZZZZZZZZZZZZZZPR0J01')).status).toBe(403);
    expect((await project(manager, '01JZZZZZZZZZZZZZZZZZPR0J01')).status).toBe(201);
    expect((await engineer.api('get', '/projects')).body.items).toHaveLength(1);
    const page = await engineer.api('post', '/pages', { body: { path: 'a-page', title: 'A page', body: 'Text' } });
    expect(page.status).toBe(201);
    for (const caller of [manager, engineer]) expect((await caller.api('get', '/system')).status).toBe(caller === manager ? 200 : 403);
    expect((await ops.api('get', '/system')).body.parts.every(({ ready }: { ready: boolean }) => ready)).toBe(true);
    const nobody = here.browser();
    for (const path of ['/people', '/projects', '/timeline?from=2026-W49&to=2026-W50', '/me', '/sources', '/accounts']) {
      expect((await nobody.api('get', path)).status).toBe(401);
    }
    for (const path of [`/pages/${page.body.id}`, '/pages/find?path=a-page']) expect((await nobody.api('get', path)).status).toBe(404);
    expect((await nobody.api('get', '/search?q=page')).body).toMatchObject({ items: [], total: 0 });
    expect((await nobody.api('get', '/tree')).body).toEqual({ items: [] });
  });
});
