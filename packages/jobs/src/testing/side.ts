import { test } from '@jest/globals';
import type { Store } from '@sidekick/store';
import { type TimeByHand, timeByHand } from './tasks.ts';

/** What a test of jobs gets: a database of its own. */
export interface JobsSide {
  /** The store of another replica each time; in one process it is the same store. */
  open(): Promise<Store>;
  end(): Promise<void>;
}
export type MakeSide = () => Promise<JobsSide>;
export type SideTest = (title: string, body: (side: JobsSide, time: TimeByHand) => Promise<void>) => void;

export const sideTests =
  (make: MakeSide): SideTest =>
  (title, body) =>
    test(title, async () => {
      const side = await make();
      try {
        await body(side, timeByHand());
      } finally {
        await side.end();
      }
    }, 60_000);
