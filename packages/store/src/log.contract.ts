import { expect } from '@jest/globals';
import { until } from '@sidekick/testing';
import type { Log } from './log.ts';
import { childOf } from './testing/child.ts';
import { redactionContract } from './testing/redaction.contract.ts';
import { type MakeSide, type StoreSide, sideTests } from './testing/sides.ts';

interface Change {
  by: string;
  words?: Record<string, unknown>;
}

const opened = async (side: StoreSide) => {
  const store = side.open();
  const log = store.log<Change>('changes');
  await store.migrate();
  return { store, log };
};
const numbers = async (log: Log<Change>) => (await log.read(0, 100_000)).map(({ number }) => number);
const upTo = (head: number) => Array.from({ length: head }, (_, n) => n + 1);

/** What every log must do; run on both sides. `make` gives each test a database of its own. */
export function logContract(make: MakeSide): void {
  const withSide = sideTests(make);
  const withLog = (title: string, body: (log: Log<Change>) => Promise<void>, timeout?: number) =>
    withSide(title, async (side) => body((await opened(side)).log), timeout);
  appends(withLog);
  progress(withSide, withLog);
  crashes(withSide, withLog);
  redactionContract(withSide);
}

type LogTest = (title: string, body: (log: Log<Change>) => Promise<void>, timeout?: number) => void;

function appends(withLog: LogTest): void {
  withLog('appends in order and reads after a number', async (log) => {
    expect([await log.head(), await log.read(0, 10)]).toEqual([0, []]);
    const words = JSON.parse('{"__proto__":1,"$a.b":{"constructor":"😀"},"":null}') as Record<string, unknown>;
    for (const number of upTo(5))
      expect(await log.append({ number, requestId: `r${number}`, entry: { by: 'me', words } })).toEqual({ ok: true });
    expect(await log.head()).toBe(5);
    const read = await log.read(2, 2);
    expect(read.map(({ number, requestId }) => [number, requestId])).toEqual([
      [3, 'r3'],
      [4, 'r4'],
    ]);
    expect(JSON.stringify(read[0]?.entry)).toBe(JSON.stringify({ by: 'me', words }));
    expect(await log.read(5, 10)).toEqual([]);
    expect((await log.byRequestId('r4'))?.number).toBe(4);
    expect(await log.byRequestId('r9')).toBeNull();
  });

  withLog('says what is taken and then writes nothing', async (log) => {
    await log.append({ number: 1, requestId: 'a', entry: { by: 'first' } });
    expect(await log.append({ number: 1, requestId: 'b', entry: { by: 'b' } })).toEqual({ ok: false, taken: 'number' });
    expect(await log.append({ number: 2, requestId: 'a', entry: { by: 'b' } })).toEqual({ ok: false, taken: 'requestId' });
    expect(await log.append({ number: 1, requestId: 'a', entry: { by: 'b' } })).toEqual({ ok: false, taken: 'requestId' });
    expect(await log.append({ number: 9, requestId: 'a', entry: { by: 'b' } })).toEqual({ ok: false, taken: 'requestId' });
    expect(await log.read(0, 10)).toEqual([{ number: 1, requestId: 'a', entry: { by: 'first' } }]);
  });

  withLog('refuses a number that would leave a gap or is none', async (log) => {
    for (const number of [2, 0, -1, 1.5, Number.NaN]) {
      await expect(log.append({ number, requestId: 'a', entry: { by: 'a' } })).rejects.toThrow(RangeError);
    }
    expect(await log.head()).toBe(0);
  });

  withLog('tells of appends of this process, after they are done', async (log) => {
    const heard: number[] = [];
    const stop = log.onAppend(() => heard.push(1));
    await log.append({ number: 1, requestId: 'a', entry: { by: 'a' } });
    await log.append({ number: 1, requestId: 'b', entry: { by: 'b' } });
    await until('it is told', () => heard.length === 1);
    stop();
    await log.append({ number: 2, requestId: 'c', entry: { by: 'c' } });
    await Promise.resolve();
    expect(heard).toEqual([1]);
  });
}

function progress(withSide: ReturnType<typeof sideTests>, withLog: LogTest): void {
  withLog('replaces a snapshot only by a newer one', async (log) => {
    expect(await log.loadSnapshot()).toBeNull();
    const big = { people: Array.from({ length: 20_000 }, (_, n) => ({ id: `p${n}`, $word: 'é'.repeat(30) })) };
    await log.saveSnapshot({ head: 5, schema: 1, state: big });
    expect(await log.loadSnapshot()).toEqual({ head: 5, schema: 1, state: big });
    await log.saveSnapshot({ head: 4, schema: 9, state: 'older' });
    await log.saveSnapshot({ head: 5, schema: 1, state: 'the same' });
    expect((await log.loadSnapshot())?.state).toEqual(big);
    await log.saveSnapshot({ head: 5, schema: 2, state: 'newer schema' });
    expect((await log.loadSnapshot())?.state).toBe('newer schema');
    await Promise.all([7, 9, 6, 8].map((head) => log.saveSnapshot({ head, schema: 1, state: head })));
    expect(await log.loadSnapshot()).toEqual({ head: 9, schema: 1, state: 9 });
  });

  withLog('moves the relay position forward only', async (log) => {
    expect(await log.position()).toBe(0);
    await log.moveTo(3);
    await log.moveTo(2);
    expect(await log.position()).toBe(3);
    await Promise.all([9, 4, 7, 11, 5].map((position) => log.moveTo(position)));
    expect(await log.position()).toBe(11);
  });

  withSide('keeps everything over a close, and reads entries of earlier schema versions as the newest', async (side) => {
    const { store, log } = await opened(side);
    await log.append({ number: 1, requestId: 'a', entry: { by: 'a' } });
    await log.moveTo(1);
    await log.saveSnapshot({ head: 1, schema: 1, state: { one: 1 } });
    await store.close();
    const again = side.open();
    const upcasts = [(old: unknown) => ({ who: (old as Change).by })];
    const newer = again.log<{ who: string }>('changes', { upcasts });
    expect(again.log('changes')).toBe(newer);
    const other = again.log<{ who: string }>('others');
    await again.migrate();
    await newer.append({ number: 2, requestId: 'b', entry: { who: 'b' } });
    expect((await newer.read(0, 9)).map(({ entry }) => entry)).toEqual([{ who: 'a' }, { who: 'b' }]);
    expect((await newer.byRequestId('a'))?.entry).toEqual({ who: 'a' });
    expect([await newer.position(), (await newer.loadSnapshot())?.state]).toEqual([1, { one: 1 }]);
    expect([await other.head(), await other.position(), await other.loadSnapshot()]).toEqual([0, 0, null]);
  });
}

function crashes(withSide: ReturnType<typeof sideTests>, withLog: LogTest): void {
  withLog(
    'takes 50 writers that contend without a gap or a double',
    async (log) => {
      const wins: number[] = [];
      const writer = async (_: unknown, who: number) => {
        for (let mine = 0, head = 0; mine < 2; ) {
          const appended = await log.append({ number: head + 1, requestId: `${who}-${mine}`, entry: { by: String(who) } });
          if (appended.ok) {
            wins.push(head + 1);
            mine += 1;
          } else expect(appended.taken).toBe('number');
          head = await log.head();
        }
      };
      await Promise.all(Array.from({ length: 50 }, writer));
      expect(await numbers(log)).toEqual(upTo(100));
      expect(wins.toSorted((a, b) => a - b)).toEqual(upTo(100));
      expect(new Set((await log.read(0, 500)).map(({ requestId }) => requestId)).size).toBe(100);
    },
    60_000,
  );

  withLog('lets one of many that carry the same request in', async (log) => {
    const answers = await Promise.all(upTo(20).map(() => log.append({ number: 1, requestId: 'same', entry: { by: 'x' } })));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(answers.filter((answer) => !answer.ok && answer.taken === 'requestId')).toHaveLength(19);
  });

  withSide(
    'holds all that was acknowledged after kill -9 of the writer, without a gap or a double',
    async (side) => {
      const acknowledged: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const child = childOf('log-writer.ts', [`w${round}`, '0', ...side.address]);
        await until('acknowledged appends', () => child.lines().length > 30 + round * 40, 20);
        await child.kill();
        acknowledged.push(...child.lines());
        const { store, log } = await opened(side);
        const entries = await log.read(0, 100_000);
        expect(entries.map(({ number }) => number)).toEqual(upTo(entries.length));
        const kept = new Set(entries.map(({ number, requestId }) => `${number} ${requestId}`));
        expect(acknowledged.filter((line) => !kept.has(line))).toEqual([]);
        await store.close();
      }
    },
    90_000,
  );
}
