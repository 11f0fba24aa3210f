import type { PartDetails } from '@sidekick/contracts';
import type { Metrics } from '@sidekick/service-kit';
import type { Engine } from '../engine/engine.ts';
import type { Freshness } from './freshness.ts';
import type { Upkeep } from './upkeep.ts';

interface Told {
  engine: Engine;
  upkeep: Upkeep;
  freshness: Freshness;
  /** Name in the topology, and of this replica's own. */
  queue: string;
  name: string;
  depth(): Promise<number>;
}

/** What monitoring learns of the index. */
export function addMetrics({ gauge }: Pick<Metrics, 'gauge'>, { engine, upkeep, freshness, depth }: Told): void {
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
    Number(upkeep.failure() !== null),
  );
}

/** What the System screen learns of it. */
export const detailsOf =
  ({ engine, upkeep, freshness, queue, name, depth }: Told) =>
  async (): Promise<PartDetails> => {
    const waiting = await depth().catch(() => null);
    return {
      index: {
        documents: engine.size(),
        behind: freshness.lag(),
        newestEventAt: engine.newestEventAt(),
        builtAt: engine.builtAt(),
        rebuilding: upkeep.rebuilding(),
        failure: upkeep.failure(),
      },
      ...(waiting === null ? {} : { queues: [{ queue, name, waiting, oldest: freshness.oldest() }] }),
    };
  };
