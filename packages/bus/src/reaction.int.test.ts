import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import type { Store } from '@sidekick/store';
import type { Bus } from './index.ts';
import { type ReactionSide, reactionContract } from './reaction.contract.ts';
import { busAt, effects, storeAt } from './testing/replica.ts';

describe('reactions in SQLite', () => {
  reactionContract(async (): Promise<ReactionSide> => {
    const folder = await mkdtemp(join(tmpdir(), 'sidekick-reactions-'));
    const address = (replica: number) => ['sqlite', join(folder, `bus-${replica}.db`), join(folder, 'store.db')];
    const buses: Bus[] = [];
    let store: Store | undefined;
    return {
      childArguments: address(0),
      async open(options) {
        store ??= storeAt(address(0));
        store.collection(effects);
        const bus = busAt(address(buses.length), options);
        buses.push(bus);
        return { bus, store };
      },
      async end() {
        for (const bus of buses) await bus.close();
        await store?.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  });
});
