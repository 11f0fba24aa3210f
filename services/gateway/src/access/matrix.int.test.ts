import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { systemClock } from '@sidekick/service-kit';
import { sessionsOf } from '../sessions/sessions.ts';
import { aPortal, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
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
