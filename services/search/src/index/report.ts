import type { PartDetails } from '@sidekick/contracts';
import type { Metrics } from '@sidekick/service-kit';
import type { Engine } from '../engine/engine.ts';
import type { Freshness } from './freshness.ts';
import type { Indexer } from './indexer.ts';

interface Told {
  engine: Engine;
  indexer: Indexer;
  freshness: Freshness;
  /** Name in the topology, and of this replica's own. */
  queue: string;
  name: string;
  depth(): Promise<number>;
}

/** What monitoring learns of the index. */
export function addMetrics({ gauge }: Pick<Metrics, 'gauge'>, { engine, indexer, freshness, depth }: Told): void {
  const seconds = (instant: string | null) => (instant === null ? 0 : Date.parse(instant) / 1000);
  gauge('index_documents', 'Documents in the index', () => engine.size());
  gauge('index_queue', 'Events that wait to be indexed; no number while the bus is away', () => depth().catch(() => Number.NaN));
  gauge(
    'index_lag_seconds',
    'Age of the oldest event that waits or is under way, at least the time since the bus is away; 0 when none waits',
    () => freshness.lag(),
  );
  gauge('index_built_at', 'When the last rebuild ended, in seconds since 1970; 0 when none ever has', () => seconds(engine.builtAt()));
  gauge('index_rebuild_failing', 'Whether the last try of a rebuild failed and none has ended since', () =>
    Number(indexer.failure() !== null),
  );
}

/** What the System screen learns of it. */
export const detailsOf =
  ({ engine, indexer, freshness, queue, name, depth }: Told) =>
  async (): Promise<PartDetails> => {
    const waiting = await depth().catch(() => null);
    return {
      index: {
        documents: engine.size(),
        behind: freshness.lag(),
        newestEventAt: engine.newestEventAt(),
        builtAt: engine.builtAt(),
        rebuilding: indexer.rebuilding(),
        failure: indexer.failure(),
      },
      ...(waiting === null ? {} : { queues: [{ queue, name, waiting, oldest: freshness.oldest() }] }),
    };
  };
