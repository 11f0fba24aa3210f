import { expect, test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import type { Engine, Shadow } from '../engine/engine.ts';
import { event, page } from '../testing/things.ts';
import { startRebuild } from './rebuild.ts';

const stateOf = (n: number, text: string): Envelope =>
  event('content.page.changed.v1', `page ${n}`, 1, page({ sections: [{ anchor: '', heading: 'A', level: 1, text, code: '' }] }));

/** The states of each batch that an index is given of a snapshot. */
async function batchesOf(states: readonly Envelope[]): Promise<string[][]> {
  const batches: string[][] = [];
  const shadow = { copy: async (some: readonly Envelope[]) => void batches.push(some.map(({ subject }) => subject)) };
  const nothing = async () => undefined;
  const engine = {
    shadow: async () => ({ ...shadow, settle: nothing, swap: nothing, discard: nothing }) as unknown as Shadow,
    builtAt: () => null,
  } as unknown as Engine;
  const snapshot = {
    source: 'content' as const,
    async *read() {
      yield* states;
    },
  };
  await startRebuild({ engine, snapshots: [snapshot], depth: async () => 0, handled: () => 0 }, new AbortController().signal).ended;
  return batches;
}

test('a rebuild copies fifty states in one go, and of the largest pages two', async () => {
  const small = Array.from({ length: 120 }, (_, n) => stateOf(n, 'words'));
  expect((await batchesOf(small)).map(({ length }) => length)).toEqual([50, 50, 20]);
  const large = Array.from({ length: 60 }, (_, n) => stateOf(n, 'x'.repeat(2_000_000)));
  const batches = await batchesOf([...small.slice(0, 10), ...large]);
  expect(batches.map(({ length }) => length)).toEqual([12, ...Array.from({ length: 29 }, () => 2), 0]);
  expect(batches.flat()).toEqual([...small.slice(0, 10), ...large].map(({ subject }) => subject));
});
