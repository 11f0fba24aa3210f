import { describe, expect, jest, test } from '@jest/globals';
import { hash } from '@node-rs/argon2';
import type { Account } from '../accounts/account.ts';
import { machine } from '../accounts/machine.ts';
import { hashPassword, passwordMatches } from '../accounts/password.ts';
import { clearSession, sessionCookie, setSession } from './cookie.ts';
import { identitiesOf } from './identities.ts';

const account = (patch: Partial<Account> = {}): Account => ({
  ...{ _id: '01JZZZZZZZZZZZZZZZZZACCNT1', kind: 'real', roles: ['engineer'], person: null, persona: null, invitation: null },
  ...{ passwordHash: null, disabled: false, createdAt: '2026-11-01T08:00:00Z', private: { name: 'Ben', email: null } },
  ...patch,
});

function identities(read: () => Promise<Account | null>) {
  let signed = 0;
  const sign = async () => `token-${++signed}`;
  const readAll = async (ids: readonly string[]) => {
    const found = await read();
    return new Map(found ? ids.map((id) => [id, found]) : []);
  };
  return identitiesOf({ read: readAll, sign });
}

describe('an identity', () => {
  test('is signed once a session within 30 s', async () => {
    jest.useFakeTimers();
    const made = identities(async () => account());
    expect((await made.of('a', 'x'))?.signed).toBe('token-1');
    expect((await made.of('a', 'x'))?.signed).toBe('token-1');
    expect((await made.of('b', 'x'))?.signed).toBe('token-2');
    jest.advanceTimersByTime(30_001);
    expect((await made.of('a', 'x'))?.signed).toBe('token-3');
    jest.useRealTimers();
  });

  test('is read anew once the account has changed, also when the change came while it was read', async () => {
    let stored = account();
    const made = identities(async () => stored);
    await made.of('a', stored._id);
    const late = made.of('b', stored._id);
    stored = account({ roles: ['ops'] });
    made.drop();
    await late;
    expect((await made.of('a', stored._id))?.identity.roles).toEqual(['ops']);
    expect((await made.of('b', stored._id))?.identity.roles).toEqual(['ops']);
  });

  test('of many sessions is read at once, each account of them once a second', async () => {
    const reads: string[][] = [];
    const made = identitiesOf({
      read: async (ids) => {
        reads.push([...ids]);
        return new Map(ids.filter((id) => id !== 'gone').map((id) => [id, account({ _id: id })]));
      },
      sign: async () => 'signed',
    });
    const asked = [
      { key: 'a', account: 'x' },
      { key: 'b', account: 'gone' },
      { key: 'c', account: 'y' },
      { key: 'd', account: 'x' },
    ];
    const found = await made.ofAll(asked);
    expect(found.map((who) => who?.identity.account ?? null)).toEqual(['x', null, 'y', 'x']);
    await made.ofAll(asked);
    expect(reads).toEqual([['x', 'gone', 'y'], ['gone']]);
  });

  test('says within a second what another gateway has changed', async () => {
    jest.useFakeTimers();
    let stored = account({ roles: ['manager'] });
    const made = identities(async () => stored);
    expect((await made.of('a', stored._id))?.identity.roles).toEqual(['manager']);
    stored = account({ roles: ['engineer'] });
    jest.advanceTimersByTime(1_001);
    expect((await made.of('a', stored._id))?.identity.roles).toEqual(['engineer']);
    stored = account({ disabled: true });
    jest.advanceTimersByTime(1_001);
    expect(await made.of('a', stored._id)).toBeNull();
    jest.useRealTimers();
  });

  test('is nobody for a disabled or unknown account', async () => {
    expect(await identities(async () => account({ disabled: true })).of('a', 'x')).toBeNull();
    expect(await identities(async () => null).of('a', 'x')).toBeNull();
    expect((await identities(async () => null).of('a', machine.account))?.identity).toEqual(machine);
  });
});

describe('the session cookie', () => {
  const secret = 'x'.repeat(43);
  test('is found among others', () => {
    expect(sessionCookie(`a=1; __Host-session=${secret}; b=2`)).toBe(secret);
    expect(sessionCookie(setSession(secret, 5).split(';')[0])).toBe(secret);
  });
  test.each([undefined, '', '__Host-session=', '__Host-session=short', `session=${secret}`, clearSession])('is not in %s', (header) => {
    expect(sessionCookie(header)).toBeNull();
  });
});

describe('a password', () => {
  test('is kept as Argon2id with 19 MiB and 2 passes', async () => {
    const kept = await hashPassword('correct horse battery');
    expect(kept).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await passwordMatches(kept, 'correct horse battery')).toBe(true);
    expect(await passwordMatches(kept, 'correct horse')).toBe(false);
    expect(await passwordMatches(null, 'nobody has this password')).toBe(false);
  });

  test('is the same however the keyboard sends its accents', async () => {
    const [one, two] = ['schl\u00fcssel zum haus', 'schlu\u0308ssel zum haus'];
    expect(await passwordMatches(await hashPassword(one), two)).toBe(true);
    expect(await passwordMatches(await hashPassword(two), one)).toBe(true);
    // As it was kept by earlier releases.
    expect(await passwordMatches(await hash(two), two)).toBe(true);
  });
});
