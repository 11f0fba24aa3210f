import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { createLog } from '@sidekick/service-kit';
import { aPassword, aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { limits, waitWords } from './limits.ts';

jest.setTimeout(60_000);

const email = 'helena@example.org';
let portal: Portal;
let helena: Browser;
let lines: object[] = [];
const log = createLog({ level: 'warn', destination: { write: (line: string) => void lines.push(JSON.parse(line)) } });
beforeEach(async () => {
  lines = [];
  portal = await aPortal({ config: { proxyHops: 1 }, log });
  helena = await signInFirstManager(portal);
});
afterEach(() => portal.close());

/** From an address, as the one proxy in front says it. */
const from = (address: string) => ({ 'x-forwarded-for': address });
const signIn = (password: string, address: string, { as = email, browser = portal.browser() } = {}) =>
  browser.api('post', '/auth/sign-in', { body: { email: as, password }, headers: from(address) });
async function guess(times: number, address: string, as = email): Promise<number[]> {
  return (await Promise.all(Array.from({ length: times }, () => signIn('a wrong one', address, { as })))).map(({ status }) => status);
}

describe('limits on signing in', () => {
  test('count no right password: 61 at once from a new address are all let in', async () => {
    const all = await Promise.all(Array.from({ length: 61 }, () => signIn(aPassword, '192.0.2.1')));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 61 }, () => 200));
  });

  test('say exactly how long to wait after so many wrong ones, and are listed', async () => {
    expect(await guess(limits.elsewhere.points, '192.0.2.1')).toEqual(Array.from({ length: limits.elsewhere.points }, () => 401));
    const refused = await signIn(aPassword, '192.0.2.1');
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThan(880);
    expect(refused).toMatchObject({
      status: 429,
      body: {
        type: 'urn:sidekick:problem:too-many-attempts',
        title: `Too many wrong passwords. Try again in ${waitWords(seconds)}`,
        retryAfter: seconds,
      },
    });
    expect(lines).toContainEqual(
      expect.objectContaining({ msg: 'a sign-in was not looked at: too many came before it', address: '192.0.2.1' }),
    );
    const { items } = (await helena.api('get', '/system/sign-ins')).body;
    expect(items[0]).toMatchObject({ account: { name: 'Helena Prado' }, outcome: 'limited', address: '192.0.2.1' });
    expect(items.filter(({ outcome }: { outcome: string }) => outcome === 'refused')).toHaveLength(limits.elsewhere.points);
  });

  test('of a crowd of guesses let exactly so many be looked at', async () => {
    const statuses = await guess(30, '192.0.2.1');
    expect(statuses.filter((status) => status === 401)).toHaveLength(limits.elsewhere.points);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30 - limits.elsewhere.points);
  });

  test('of a crowd that tries one password on many accounts from one address let exactly so many be looked at', async () => {
    const sprayed = (n: number) => signIn('a common one', '192.0.2.1', { as: `nobody${n}@example.org` });
    const statuses = (await Promise.all(Array.from({ length: 100 }, (_, n) => sprayed(n)))).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(limits.address.points);
    expect(statuses.filter((status) => status === 429)).toHaveLength(100 - limits.address.points);
  });

  test('say to whom so many others wait before that it is they, and no wrong password', async () => {
    const replies = await Promise.all(
      Array.from({ length: 300 }, (_, n) => signIn('wrong', '192.0.2.1', { as: `nobody${n}@example.org` })),
    );
    const refused = replies.filter(({ body }) => body.type === 'urn:sidekick:problem:too-many-at-once');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({
      status: 429,
      headers: { 'retry-after': '5' },
      body: { title: expect.not.stringContaining('wrong') },
    });
  });

  test('let the right password in from an address that was right before, whatever others guess elsewhere and there', async () => {
    expect((await signIn(aPassword, '192.0.2.1')).status).toBe(200);
    await guess(20, '198.51.100.7');
    expect((await signIn(aPassword, '198.51.100.7')).status).toBe(429);
    await guess(70, '192.0.2.1', 'nobody@example.org');
    await guess(61, '192.0.2.1');
    expect((await signIn(aPassword, '192.0.2.1')).status).toBe(200);
  });

  test('let the right password in from a browser that was right before, at an address that is full of guesses', async () => {
    const mine = portal.browser();
    expect((await signIn(aPassword, '192.0.2.1', { browser: mine })).status).toBe(200);
    await mine.api('post', '/auth/sign-out');
    await guess(20, '198.51.100.7');
    await guess(70, '198.51.100.7', 'nobody@example.org');
    expect((await signIn(aPassword, '198.51.100.7')).status).toBe(429);
    expect((await signIn(aPassword, '198.51.100.7', { browser: mine })).status).toBe(200);
  });

  test('hold in a known browser too, for itself, and a cookie that was made up is none', async () => {
    const mine = portal.browser();
    await signIn(aPassword, '192.0.2.1', { browser: mine });
    const tries = async (browser: Browser) => {
      const statuses: number[] = [];
      for (let n = 0; n <= limits.knownBrowser.points; n += 1) statuses.push((await signIn('wrong', '203.0.113.5', { browser })).status);
      return statuses.filter((status) => status === 401).length;
    };
    expect(await tries(mine)).toBe(limits.knownBrowser.points);
    const forged = portal.browser();
    forged.known = `__Host-browser=${'x'.repeat(43)}`;
    expect(await tries(forged)).toBe(limits.elsewhere.points);
  });

  test('count a machine of IPv6 by its network', async () => {
    for (let n = 0; n < limits.address.points; n += 1) await signIn('wrong', `2001:db8:1:2::${n + 1}`, { as: `nobody${n}@example.org` });
    expect((await signIn('wrong', '2001:db8:1:2:ffff::9', { as: 'other@example.org' })).status).toBe(429);
    expect((await signIn('wrong', '2001:db8:1:3::1', { as: 'other@example.org' })).status).toBe(401);
  });

  test('keep nobody from an invitation or a link to get back in', async () => {
    const { body } = await helena.api('post', '/accounts/invitations', { body: { roles: ['engineer'] } });
    await guess(80, '192.0.2.1', 'nobody@example.org');
    const token = body.url.split('/').at(-1);
    const open = portal.browser();
    expect((await open.api('get', `/auth/invitations/${token}`, { headers: from('192.0.2.1') })).status).toBe(200);
    for (let n = 0; n < 70; n += 1)
      expect((await open.api('get', '/auth/recoveries/guessed', { headers: from('192.0.2.1') })).status).toBe(404);
    const accepted = { token, name: 'Ben', email: 'ben@example.org', password: aPassword };
    expect((await open.api('post', '/auth/accept', { body: accepted, headers: from('192.0.2.1') })).status).toBe(201);
  });

  test('of the own password, asked again when it is changed, cannot be used up by somebody else', async () => {
    const ben = await signInInvited(portal, helena, ['engineer'], 'ben@example.org');
    const change = (current: string) => ben.api('put', '/me/password', { body: { current, password: 'another long one' } });
    for (let n = 0; n < limits.own.points; n += 1) expect((await change('wrong')).status).toBe(403);
    expect((await change(aPassword)).status).toBe(429);
    const own = { current: aPassword, password: 'another long one' };
    expect((await helena.api('put', '/me/password', { body: own })).status).toBe(204);
  });
});

test.each([
  [45, '45 seconds'],
  [60, '1 minute'],
  [121, '2 minutes 1 second'],
  [890, '14 minutes 50 seconds'],
])('%d seconds are said as %s', (seconds, words) => {
  expect(waitWords(seconds)).toBe(words);
});
