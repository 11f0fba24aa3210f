import type { Envelope } from '@sidekick/contracts';
import type { Snapshot } from '../index.ts';

/** An owner of a snapshot whose answers a test decides. */
export interface Owner extends Snapshot {
  states: Envelope[];
  /** Readings begun that wanted more than the first state. */
  reads: number;
  /** Thrown after the states, when there is one. */
  failure: Error | null;
  /** Holds a reading back after its first state until the function it answers is called. */
  hold(): () => void;
}

export function ownerOf(source: Snapshot['source']): Owner {
  let held: Promise<void> | null = null;
  const owner: Owner = {
    source,
    states: [],
    reads: 0,
    failure: null,
    hold() {
      let release = () => {};
      held = new Promise((resolve) => {
        release = () => {
          held = null;
          resolve();
        };
      });
      return () => release();
    },
    async *read(signal) {
      const [first, ...rest] = owner.states;
      if (first) yield first;
      owner.reads += 1;
      const ended = new Promise<void>((_, reject) => signal.addEventListener('abort', () => reject(new Error('given up')), { once: true }));
      ended.catch(() => {});
      await Promise.race([held, ended]);
      yield* rest;
      if (owner.failure) throw owner.failure;
    },
  };
  return owner;
}
