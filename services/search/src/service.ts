import type { Bus, Subscription } from '@sidekick/bus';
import { createApp, createMetrics, type Disk, type Logger, missingOf, type Service, type VerifyIdentity } from '@sidekick/service-kit';
import type { Engine } from './engine/engine.ts';
import { freshnessOf } from './index/freshness.ts';
import { type IndexerOptions, indexerOf } from './index/indexer.ts';
import type { Snapshot } from './index/rebuild.ts';
import { addMetrics, detailsOf } from './index/report.ts';
import { searchRoutes } from './search.routes.ts';

export interface SearchDependencies extends Pick<IndexerOptions, 'pauses' | 'looks'> {
  engine: Engine;
  bus: Bus;
  log: Logger;
  verify: VerifyIdentity;
  /** That it writes to. */
  disks?: readonly Disk[];
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
const systemTime = { now: () => new Date() };

/** The search service: an index that follows events and answers queries from itself alone. */
export function createSearch({
  engine,
  bus,
  log,
  verify,
  snapshots,
  replica = 0,
  clock = systemTime,
  disks,
  ...times
}: SearchDependencies): Search {
  let subscription: Subscription | null = null;
  let started = false;
  const depth = () => bus.depth(queue, replica);
  const indexer = indexerOf({
    engine,
    snapshots,
    depth,
    log,
    ...times,
  });
  const freshness = freshnessOf({ bus, oldest: () => subscription?.oldest() ?? null, now: () => clock.now().getTime() });
  const metrics = createMetrics('search');
  const told = { engine, indexer, freshness, queue, name: `${queue}.${replica}`, depth };
  addMetrics(metrics, told);
  metrics.passedOver(() => subscription?.passedOver() ?? 0);
  const routes = [...searchRoutes(engine)];
  const checks = { vital: { index: () => started && indexer.fit() }, other: { bus: bus.health } };
  metrics.dependencies(checks);
  const missing = () => missingOf(checks);
  const app = createApp({ name: 'search', routes, verify, log, metrics, missing, details: detailsOf(told), disks });
  return {
    name: 'search',
    app,
    routes,
    missing,
    built: () => indexer.built(),
    async start() {
      subscription = await bus.subscribe(
        queue,
        metrics.handled(queue, (event) => indexer.take(event)),
        { replica, onMissing: () => indexer.missed(), onBound: () => indexer.bound() },
      );
      freshness.start();
      started = true;
    },
    async stop() {
      freshness.stop();
      await subscription?.end();
      await indexer.stop();
      await engine.close();
    },
  };
}
