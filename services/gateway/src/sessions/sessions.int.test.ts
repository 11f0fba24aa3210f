import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Clock } from '@sidekick/service-kit';
import { type Store, sqliteStore } from '@sidekick/store';
import { until } from '@sidekick/testing';
import { type Sessions, sessionsOf } from './sessions.ts';

const hour = 3_600_000;
const account = '01JZZZZZZZZZZZZZZZZZACCNT1';
let now = 0;
const clock: Clock = { now: () => new Date(now), today: () => '2026-11-25', timeZone: 'UTC' };
let store: Store;
let sessions: Sessions;
beforeEach(async () => {
  now = Date.parse('2026-11-25T08:00:00Z');
  store = sqliteStore({ file: ':memory:' });
  sessions = sessionsOf({ store, clock });
  await store.migrate();
});
afterEach(() => store.close());

/** Nobody waits for the note of a use. */
const noted = () => until('the note', async () => (await sessions.of(account))[0]?.seenAt === now);

describe('a session', () => {
  test('ends 12 hours after its last use', async () => {
    const { secret, key } = await sessions.begin(account);
    now += 11 * hour;
    expect(await sessions.check(secret)).toMatchObject({ account });
    await noted();
    now += 11 * hour;
    expect(await sessions.check(secret)).not.toBeNull();
    await noted();
    now += 12 * hour;
    expect(await sessions.check(secret)).toBeNull();
    expect(await sessions.alive([key])).toEqual(new Set());
  });

  test('ends 30 days after it began, however much it is used', async () => {
    const { secret } = await sessions.begin(account);
    const uses = (30 * 24) / 6;
    for (let n = 1; n < uses; n += 1) {
      now += 6 * hour;
      expect(await sessions.check(secret)).not.toBeNull();
      await noted();
    }
    now += 6 * hour;
    expect(await sessions.check(secret)).toBeNull();
  });

  test('is there at once where the note of its use hangs', async () => {
    const hangs: Store['collection'] = (def) => ({ ...store.collection(def), replace: () => new Promise(() => undefined) });
    const { secret } = await sessions.begin(account);
    now += hour;
    expect(await sessionsOf({ store: { ...store, collection: hangs }, clock }).check(secret)).toMatchObject({ account });
  });

  test('is not prolonged by a stream that watches', async () => {
    const { key } = await sessions.begin(account);
    now += 11 * hour;
    expect(await sessions.alive([key])).toEqual(new Set([key]));
    now += hour;
    expect(await sessions.alive([key])).toEqual(new Set());
  });

  test('stays ended when it is used and ended at once', async () => {
    const { secret, key } = await sessions.begin(account);
    now += hour;
    await Promise.all([sessions.check(secret), sessions.end(key), sessions.check(secret)]);
    expect(await sessions.check(secret)).toBeNull();
  });

  test('ends with all others of its account, and with no other account', async () => {
    const mine = await Promise.all([sessions.begin(account), sessions.begin(account)]);
    const other = await sessions.begin('01JZZZZZZZZZZZZZZZZZACCNT2');
    await sessions.endOf(account);
    for (const { secret } of mine) expect(await sessions.check(secret)).toBeNull();
    expect(await sessions.check(other.secret)).not.toBeNull();
  });

  test('is swept away once it has expired', async () => {
    await sessions.begin(account);
    now += 13 * hour;
    const { secret } = await sessions.begin(account);
    expect(await sessions.sweep()).toBe(1);
    expect(await sessions.sweep()).toBe(0);
    expect(await sessions.check(secret)).not.toBeNull();
  });
});
