import type { Envelope } from '@sidekick/contracts';
import type { Engine } from '../engine/engine.ts';
import { documentsOf } from './documents.ts';

/** Writes what an event says into the index; a duplicate or an older one changes nothing. */
export function project(engine: Engine, event: Envelope): boolean {
  return engine.put({ id: event.subject, epoch: event.epoch, sequence: event.sequence, documents: documentsOf(event) });
}

/** Fills an empty index from the owners' snapshots while events already arrive; both go through the same conditional write. */
export async function rebuild(engine: Engine, snapshots: readonly (() => AsyncIterable<Envelope>)[]): Promise<void> {
  let count = 0;
  for (const snapshot of snapshots) {
    for await (const event of snapshot()) {
      project(engine, event);
      count += 1;
      if (count % 50 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
  }
  engine.markBuilt();
}
