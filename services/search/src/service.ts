import type { Bus, Subscription } from '@sidekick/bus';
import type { PartDetails } from '@sidekick/contracts';
import { createApp, createMetrics, type Logger, missingOf, type Service, type VerifyIdentity } from '@sidekick/service-kit';
import type { Engine } from './engine/engine.ts';
import { freshnessOf } from './index/freshness.ts';
import type { Snapshot } from './index/rebuild.ts';
import { type UpkeepOptions, upkeepOf } from './index/upkeep.ts';
import { vocabularyOf } from './query/ask.ts';
import { searchRoutes } from './search.routes.ts';

export interface SearchDependencies extends Pick<UpkeepOptions, 'pauses' | 'looks'> {
  engine: Engine;
  bus: Bus;
  log: Logger;
  verify: VerifyIdentity;
  /** Which replica this is: each reads a queue of its own. */
  replica?: number;
  /** What content and staffing hold, for an index that missed something. */
  snapshots: readonly Snapshot[];
  /** Time as the owners tell it in their events; the system's by default. */
  clock?: { now(): Date };
}

export interface Search extends Service {
  /** Resolves when there is an index to answer from: `start` waits for no owner. */
  built(): Promise<void>;
}

const queue = 'search.index';

/** The search service: an index that follows events and answers queries from itself alone. */
export function createSearch({ engine, bus, log, verify, snapshots, replica = 0, clock, ...times }: SearchDependencies): Search {
  let version = 0;
  let subscription: Subscription | null = null;
  const depth = () => bus.depth(queue, replica);
  const upkeep = upkeepOf({
    engine,
    snapshots,
    depth,
    log,
    onSwap: () => {
      version += 1;
    },
    ...times,
  });
  const freshness = freshnessOf({ bus, oldest: () => subscription?.oldest() ?? null, now: () => (clock?.now() ?? new Date()).getTime() });
  const metrics = createMetrics('search');
  metrics.gauge('index_documents', 'Documents in the index', () => engine.size());
  metrics.gauge('index_queue', 'Events that wait to be indexed; no number while the bus is away', () => depth().catch(() => Number.NaN));
  metrics.gauge(
    'index_lag_seconds',
    'Age of the oldest event that waits or is under way, at least the time since the bus is away; 0 when none waits',
    () => freshness.lag(),
  );
  metrics.gauge('index_built_at', 'When the last rebuild ended, in seconds since 1970; 0 when none ever has', () => {
    const builtAt = engine.builtAt();
    return builtAt === null ? 0 : Date.parse(builtAt) / 1000;
  });
  metrics.gauge('index_rebuild_failing', 'Whether the last try of a rebuild failed and none has ended since', () =>
    upkeep.failure() === null ? 0 : 1,
  );

  async function details(): Promise<PartDetails> {
    const [lag, oldest, waiting] = [freshness.lag(), freshness.oldest(), await depth().catch(() => null)];
    return {
      index: {
        documents: engine.size(),
        behind: lag,
        newestEventAt: engine.newestEventAt(),
        builtAt: engine.builtAt(),
        rebuilding: upkeep.rebuilding(),
        failure: upkeep.failure(),
      },
      ...(waiting === null ? {} : { queues: [{ queue, name: `${queue}.${replica}`, waiting, oldest }] }),
    };
  }

  const routes = searchRoutes(
    engine,
    vocabularyOf(engine, () => version),
  );
  const missing = () => missingOf({ vital: { index: () => engine.builtAt() !== null }, other: { bus: bus.health } });
  const app = createApp({ name: 'search', routes, verify, log, metrics, missing, details });
  return {
    name: 'search',
    app,
    routes,
    missing,
    built: () => upkeep.built(),
    async start() {
      subscription = await bus.subscribe(
        queue,
        async (event) => {
          if (upkeep.take(event)) version += 1;
        },
        { replica, onMissing: () => upkeep.missed(), onBound: () => upkeep.bound() },
      );
      freshness.start();
    },
    async stop() {
      freshness.stop();
      await subscription?.end();
      await upkeep.stop();
      engine.close();
    },
  };
}
