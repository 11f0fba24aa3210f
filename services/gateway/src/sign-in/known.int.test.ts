import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Clock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { type KnownBrowsers, knownBrowsersOf, knownDays } from './known.ts';

const ana = '01JZZZZZZZZZZZZZZZZZACCNT1';
const ben = '01JZZZZZZZZZZZZZZZZZACCNT2';
let now: number;
const clock: Clock = { now: () => new Date(now), today: () => '2026-11-25', timeZone: 'UTC' };
let store: Store;
let known: KnownBrowsers;
beforeEach(async () => {
  now = Date.parse('2026-11-25T08:00:00Z');
  store = sqliteStore({ file: ':memory:' });
  known = knownBrowsersOf({ store, clock });
  await store.migrate();
});
afterEach(() => store.close());

const isKnown = async (secret: string, account: string) => (await known.keyOf(secret, account)) !== null;

test('a browser is known to each account that has signed in with it, for 400 days from the last time', async () => {
  const secret = await known.remember(null, ana);
  expect(await known.remember(secret, ben)).toBe(secret);
  expect([await isKnown(secret, ana), await isKnown(secret, ben)]).toEqual([true, true]);
  now += (knownDays - 1) * 86_400_000;
  await known.remember(secret, ana);
  now += 2 * 86_400_000;
  expect([await isKnown(secret, ana), await isKnown(secret, ben)]).toEqual([true, false]);
  expect(await known.sweep()).toBe(1);
});

test('the last fifty browsers of an account are known: a program keeps no cookie and is another one each time', async () => {
  const other = await known.remember(null, ben);
  const secrets: string[] = [];
  for (let n = 0; n < 53; n += 1) {
    secrets.push(await known.remember(null, ana));
    now += 1_000;
  }
  const found = await Promise.all(secrets.map((secret) => isKnown(secret, ana)));
  expect(found).toEqual([...Array(3).fill(false), ...Array(50).fill(true)]);
  expect(await isKnown(other, ben)).toBe(true);
});

test('an account that is forgotten is known again by its next sign-in with the same browser, also by two at once', async () => {
  const secret = await known.remember(null, ana);
  await known.remember(secret, ben);
  await known.forget(ana);
  expect([await isKnown(secret, ana), await isKnown(secret, ben)]).toEqual([false, true]);
  await Promise.all([known.remember(secret, ana), known.remember(secret, ana)]);
  expect(await isKnown(secret, ana)).toBe(true);
});
