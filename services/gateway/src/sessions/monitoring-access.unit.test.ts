import type { IncomingMessage } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { StoreUnavailable } from '@sidekick/store';
import { anEngineer } from '@sidekick/testing';
import { withTimeout } from '../common/races.ts';
import type { Caller } from './callers.ts';
import { monitoringAccessOf } from './monitoring-access.ts';

const by = (token: string) => ({ headers: { authorization: `Bearer ${token}` } }) as IncomingMessage;
const caller: Caller = { identity: anEngineer, signed: 'old', sample: false, by: 'token', key: 'k', expiresAt: null };

function aGateway({ sample = false } = {}) {
  let find: () => Promise<Caller | null> = async () => ({ ...caller, sample });
  let now = Date.parse('2026-11-30T08:00:00Z');
  const lookers = monitoringAccessOf({
    callers: { of: () => find(), again: async () => [] },
    sign: async ({ name }) => `signed anew for ${name}`,
    metricsToken: 'a-token-of-prometheus',
    now: () => now,
  });
  return {
    ...lookers,
    /** Until what comes back is called. */
    storeHangs: () => {
      let answer: (caller: Caller | null) => void = () => undefined;
      const late = new Promise<Caller | null>((resolve) => {
        answer = resolve;
      });
      find = () => late;
      return answer;
    },
    storeIsAway: () => {
      find = () => Promise.reject(new StoreUnavailable('away'));
    },
    findsNobody: () => {
      find = async () => null;
    },
    later: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

describe('who looks at how the portal is', () => {
  test('is believed for ten minutes after the store has gone, with an identity signed anew', async () => {
    const gateway = aGateway();
    await gateway.of(by('good'));
    gateway.storeIsAway();
    gateway.later(9);
    expect(await gateway.of(by('good'))).toEqual({ ...caller, signed: `signed anew for ${anEngineer.name}` });
    await expect(gateway.of(by('another'))).rejects.toThrow(StoreUnavailable);
    gateway.later(2);
    await expect(gateway.of(by('good'))).rejects.toThrow(StoreUnavailable);
  });

  test('is believed at once where the store hangs, and is who it says once it answers', async () => {
    const gateway = aGateway();
    await gateway.of(by('good'));
    const answer = gateway.storeHangs();
    expect((await withTimeout(5_000, gateway.of(by('good')), null))?.signed).toBe(`signed anew for ${anEngineer.name}`);
    answer(null);
    await new Promise(setImmediate);
    gateway.storeIsAway();
    await expect(gateway.of(by('good'))).rejects.toThrow(StoreUnavailable);
  });

  test('is nobody once that was said, also when the store goes away afterwards', async () => {
    const gateway = aGateway();
    await gateway.of(by('good'));
    gateway.findsNobody();
    expect(await gateway.of(by('good'))).toBeNull();
    gateway.storeIsAway();
    await expect(gateway.of(by('good'))).rejects.toThrow(StoreUnavailable);
  });

  test('is forgotten when an account, session or token ends here, and no demo persona is remembered', async () => {
    for (const [gateway, end] of [
      [aGateway(), true],
      [aGateway({ sample: true }), false],
    ] as const) {
      await gateway.of(by('good'));
      if (end) gateway.forget();
      gateway.storeIsAway();
      await expect(gateway.of(by('good'))).rejects.toThrow(StoreUnavailable);
    }
  });

  test('is monitoring with the token of METRICS_TOKEN, and with no other', () => {
    const gateway = aGateway();
    expect(gateway.isMonitoring(by('a-token-of-prometheus'))).toBe(true);
    expect(gateway.isMonitoring(by('a-token-of-prometheuS'))).toBe(false);
    expect(gateway.isMonitoring({ headers: {} } as IncomingMessage)).toBe(false);
    expect(
      monitoringAccessOf({ callers: { of: async () => null, again: async () => [] }, sign: async () => '' }).isMonitoring(by('undefined')),
    ).toBe(false);
  });
});
