import { test } from '@jest/globals';
import type { Envelope } from '@sidekick/contracts';
import type { BusNotice } from '../delivery.ts';
import type { Bus } from '../index.ts';

/** What a side of the bus gives its tests. */
export interface BusSide {
  /** Opens the bus of this test; again after a close, with what it kept. Its queue is there already, unless `bare`. */
  open(options?: { bare?: boolean; retryDelays?: readonly number[]; notify?: (notice: BusNotice) => void }): Promise<Bus>;
  /** Arguments for the child process on the same bus. */
  childArguments: string[];
  /** Puts a text straight into the queue, past the bus; while none is open. */
  smuggle(text: string): Promise<void>;
  end(): Promise<void>;
}

export const queue = 'search.index';

/** A test with a bus of its own, which is taken down whatever happens. */
export const testWith =
  (make: () => Promise<BusSide>) =>
  (title: string, body: (side: BusSide) => Promise<void>, timeout?: number): void =>
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

/** Subscribes and keeps what comes. */
export async function collect(bus: Bus): Promise<Envelope[]> {
  const got: Envelope[] = [];
  await bus.subscribe(queue, async (event) => void got.push(event));
  return got;
}

export const sequences = (events: readonly Envelope[]): number[] => events.map((event) => event.sequence);
