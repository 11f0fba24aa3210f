import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import type { Log } from '../log.ts';
import { childOf } from './child.ts';
import { type Secret, secrets } from './secrets.ts';
import type { StoreSide, sideTests } from './sides.ts';
import { collected } from './things.ts';

async function opened(side: StoreSide) {
  const store = side.open();
  const log = store.log<Secret>('secrets', secrets);
  await store.migrate();
  return { store, log };
}
const entries = async (log: Log<Secret>) => (await log.read(0, 100_000)).map(({ entry }) => entry);
async function appendAll(log: Log<Secret>, all: readonly Secret[]) {
  for (const entry of all) {
    const number = (await log.head()) + 1;
    expect(await log.append({ number, requestId: `r${number}`, entry })).toEqual({ ok: true });
  }
}
const told = (who: string): Secret => ({ who, secret: `the secret of ${who}` });

/** The one exception to append-only: words about a person that are to be forgotten. */
export function redactionContract(withSide: ReturnType<typeof sideTests>): void {
  withSide('takes out of earlier entries what a later one asks, and of nothing else', async (side) => {
    const { store, log } = await opened(side);
    await appendAll(log, [told('a'), told('b'), told('a')]);
    expect(await log.redact()).toBe(0);
    await appendAll(log, [{ who: 'x', redacts: 'a' }, told('a')]);
    expect(await log.redact()).toBe(2);
    expect(await log.redact()).toBe(0);
    const wanted = [{ who: 'a' }, told('b'), { who: 'a' }, { who: 'x', redacts: 'a' }, told('a')];
    expect(await entries(log)).toEqual(wanted);
    expect([await log.head(), (await log.byRequestId('r1'))?.entry]).toEqual([5, { who: 'a' }]);
    expect(JSON.stringify(await collected(store.dump())).match(/the secret of a/g)).toHaveLength(1);
    await appendAll(log, [
      { who: 'x', redacts: 'b' },
      { who: 'x', redacts: 'a' },
    ]);
    expect(await log.redact()).toBe(2);
    expect(JSON.stringify(await entries(log))).not.toContain('secret');
  });

  withSide('forgets the snapshot of an earlier head, and keeps none from then on', async (side) => {
    const { log } = await opened(side);
    await appendAll(log, [told('a'), told('a')]);
    await log.saveSnapshot({ head: 2, schema: 1, state: 'the secret of a' });
    await appendAll(log, [{ who: 'x', redacts: 'a' }]);
    await log.redact();
    expect(await log.loadSnapshot()).toBeNull();
    await log.saveSnapshot({ head: 2, schema: 9, state: 'the secret of a, by a slow process' });
    expect(await log.loadSnapshot()).toBeNull();
    await log.saveSnapshot({ head: 3, schema: 1, state: 'without' });
    await log.redact();
    expect(await log.loadSnapshot()).toEqual({ head: 3, schema: 1, state: 'without' });
  });

  withSide('carries out again what a dump held before it was done', async (side) => {
    const { store, log } = await opened(side);
    await appendAll(log, [told('a'), { who: 'x', redacts: 'a' }]);
    const lines = await collected(store.dump());
    await log.redact();
    await store.load(
      (async function* () {
        yield* lines;
      })(),
      { replace: true },
    );
    await store.close();
    const again = await opened(side);
    expect(await entries(again.log)).toContainEqual(told('a'));
    expect(await again.log.redact()).toBe(1);
    expect(await entries(again.log)).toEqual([{ who: 'a' }, { who: 'x', redacts: 'a' }]);
  });

  withSide('may run twice at once, beside appends, and loses none of them', async (side) => {
    const { log } = await opened(side);
    await appendAll(log, [...Array.from({ length: 30 }, (_, n) => told(n % 2 ? 'a' : 'b')), { who: 'x', redacts: 'a' }]);
    const appends = appendAll(
      log,
      Array.from({ length: 15 }, () => told('c')),
    );
    const runs = Promise.all([log.redact(), log.redact()]);
    await Promise.all([appends, runs]);
    await appendAll(log, [{ who: 'x', redacts: 'b' }]);
    await Promise.all([log.redact(), log.redact()]);
    const all = await entries(log);
    expect(all).toHaveLength(47);
    expect(all.filter(({ secret }) => secret !== undefined)).toEqual(Array.from({ length: 15 }, () => told('c')));
  });

  withSide(
    'is finished by the next process after kill -9 in the middle',
    async (side) => {
      for (let round = 0; round < 3; round += 1) {
        const child = childOf('log-redactor.ts', [`w${round}`, ...side.address]);
        await until('some redactions', () => child.lines().length > 2, 60);
        await child.kill();
        const { store, log } = await opened(side);
        await log.redact();
        const all = await log.read(0, 100_000);
        expect(all.map(({ number }) => number)).toEqual(all.map((_, n) => n + 1));
        const asked = new Map(all.flatMap(({ number, entry }) => (entry.redacts ? [[entry.redacts, number] as const] : [])));
        expect(asked.size).toBeGreaterThanOrEqual(3 * (round + 1));
        expect(all.filter(({ number, entry }) => entry.secret !== undefined && number < (asked.get(entry.who) ?? 0))).toEqual([]);
        await store.close();
      }
    },
    180_000,
  );
}
