import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '@sidekick/service-kit';
import { sessionsOf } from '../sessions/sessions.ts';
import { aPortal, aToken, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { type Asker, askers, matrixOf, probePath } from './matrix.ts';

let portal: Portal;
const accounts = new Map<Asker, string>();
beforeAll(async () => {
  portal = await aPortal();
  const first = await signInFirstManager(portal);
  for (const role of ['engineer', 'manager', 'ops'] as const) {
    const browser = await signInInvited(portal, first, [role], `${role}@example.org`);
    accounts.set(role, (await browser.api('get', '/me')).body.account);
  }
});
afterAll(() => portal.close());

/** A session of its own for each request: some of them end it. */
async function cookieOf(asker: Asker): Promise<string> {
  const account = accounts.get(asker);
  if (!account) return '';
  const { secret } = await sessionsOf({ store: portal.store, clock: systemClock({ timeZone: 'UTC' }) }).begin(account);
  return `__Host-session=${secret}`;
}

/** The status alone: an event stream is left at its head. */
function statusOf(method: string, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { ...(cookie ? { cookie } : {}), origin: portal.url, 'content-type': 'application/json' };
    const req = request(portal.url + path, { method: method.toUpperCase(), headers, agent: false }, (res) => {
      resolve(res.statusCode ?? 0);
      res.destroy();
    });
    req.on('error', reject);
    req.end();
  });
}

/** What a token that leaked must not do, though its account may: make itself a successor, shut its owner out, take an account over. */
const byHand = [
  ['patch', '/accounts/{id}', { roles: ['engineer'] }],
  ['post', '/accounts/{id}/recovery', undefined],
  ['post', '/accounts/invitations', { roles: ['manager'] }],
  ['put', '/me/password', { current: 'x', password: 'another long password' }],
  ['put', '/me/email', { current: 'x', email: 'x@example.org' }],
  ['get', '/me/sessions', undefined],
  ['delete', '/me/sessions', undefined],
  ['delete', '/me/sessions/{id}', undefined],
  ['get', '/tokens', undefined],
  ['post', '/tokens', aToken('another')],
  ['delete', '/tokens/{id}', undefined],
  ['get', '/me/feeds', undefined],
  ['post', '/me/feeds', { scope: 'absences' }],
  ['post', '/me/feeds/{id}/address', undefined],
  ['delete', '/me/feeds/{id}', undefined],
] as const;

describe('an API token of a manager', () => {
  test.each(byHand)('is refused for %s %s', async (method, path, body) => {
    const browser = portal.browser();
    browser.cookie = await cookieOf('manager');
    const { secret } = (await browser.api('post', '/tokens', { body: aToken(path) })).body;
    const headers = { authorization: `Bearer ${secret}`, 'if-match': '"1"' };
    const refused = await portal.browser().api(method, path.replace('{id}', accounts.get('engineer') ?? ''), { body, headers });
    expect(refused).toMatchObject({ status: 403, body: { type: 'urn:sidekick:problem:needs-session' } });
  });
});

test('the token of this machine makes links and changes accounts: the shell is the last way in', async () => {
  const headers = { authorization: `Bearer ${await portal.gateway.issueLocalToken()}` };
  const shell = portal.browser();
  const account = accounts.get('engineer');
  expect((await shell.api('post', `/accounts/${account}/recovery`, { headers })).status).toBe(201);
  expect((await shell.api('post', '/accounts/invitations', { body: { roles: ['manager'] }, headers })).status).toBe(201);
  const { items } = (await shell.api('get', '/accounts', { headers })).body;
  const { version } = items.find(({ id }: { id: string }) => id === account);
  const change = { body: { name: 'Ed' }, headers: { ...headers, 'if-match': `"${version}"` } };
  expect((await shell.api('patch', `/accounts/${account}`, change)).status).toBe(200);
});

describe('every operation of the gateway', () => {
  test('answers exactly those the table allows', async () => {
    const rows = matrixOf({ gateway: portal.gateway });
    expect(rows.length).toBeGreaterThan(20);
    const wrong: string[] = [];
    for (const { method, path, operation, allows } of rows) {
      for (const asker of askers) {
        const status = await statusOf(method, `/api/v1${probePath(path)}`, await cookieOf(asker));
        const expected = allows[asker] ? 'passes' : asker === 'nobody' ? 401 : 403;
        const got = status === 401 || status === 403 ? status : 'passes';
        if (got !== expected) wrong.push(`${operation} as ${asker}: ${status}, expected ${expected}`);
      }
    }
    expect(wrong).toEqual([]);
  }, 60_000);
});
