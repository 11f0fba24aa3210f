import { sleep } from '@sidekick/service-kit';
import type { Engine, Source } from '../engine/engine.ts';
import type { Snapshot } from './rebuild.ts';

export interface RestoreOptions {
  engine: Engine;
  snapshots: readonly Snapshot[];
  /** Milliseconds between looks, and after one that failed. */
  looks: { every: number; again: number };
  onRestore(source: Source): Promise<void>;
}

/**
 * Looks now and then for an owner that was restored without any event since: the first state of its snapshot tells its
 * epoch. Resolves when `signal` ends it.
 */
export async function watchRestores({ engine, snapshots, looks, onRestore }: RestoreOptions, signal: AbortSignal): Promise<void> {
  const look = async () => {
    for (const { source, read } of snapshots) {
      const known = engine.epochOf(source);
      for await (const { epoch } of read(signal)) {
        if (known !== null && epoch > known && !engine.stale().includes(source)) await onRestore(source);
        break;
      }
    }
  };
  while (!signal.aborted) {
    const isSeen =
      engine.builtAt() === null ||
      (await look().then(
        () => true,
        () => false,
      ));
    await sleep(isSeen ? looks.every : looks.again, signal);
  }
}
