import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@jest/globals';
import type { SchemaVersion } from '../schema.ts';
import type { Store } from '../store.ts';
import { openAt } from './open.ts';

/** The database of one test, on either side. */
export interface StoreSide {
  /** Opens it; again after a close, with what it kept. Declare, then migrate. */
  open(clock?: { now(): Date }, schema?: SchemaVersion): Store;
  /** Arguments by which a child process opens the same (open.ts). */
  address: string[];
  /** Closes what is open and removes what was kept. */
  end(): Promise<void>;
}
export type MakeSide = () => Promise<StoreSide>;

/** Remembers what was opened, so that a failing test leaves nothing open. */
export function sideAt(address: string[], remove: () => Promise<void>): StoreSide {
  const opened: Store[] = [];
  return {
    address,
    open(clock, schema) {
      const store = openAt(address, clock, schema);
      opened.push(store);
      return store;
    },
    async end() {
      for (const store of opened) await store.close();
      await remove();
    },
  };
}

/** A SQLite file in a folder of its own. */
export async function sqliteSide(): Promise<StoreSide> {
  const folder = await mkdtemp(join(tmpdir(), 'sidekick-store-'));
  return sideAt(['sqlite', join(folder, 'data', 'store.db')], () => rm(folder, { recursive: true }));
}

/** Tests that each get a database of their own. */
export const sideTests =
  (make: MakeSide) =>
  (title: string, body: (side: StoreSide) => Promise<void>, timeout = 60_000) =>
    test(
      title,
      async () => {
        const side = await make();
        try {
          await body(side);
        } finally {
          await side.end();
        }
      },
      timeout,
    );
