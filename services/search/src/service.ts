import type { Bus } from '@sidekick/bus';
import type { Envelope } from '@sidekick/contracts';
import { createApp, createMetrics, type Logger, missingOf, type Service, type VerifyIdentity } from '@sidekick/service-kit';
import type { Engine } from './engine/engine.ts';
import { project, rebuild } from './index/projection.ts';
import { vocabularyOf } from './query/ask.ts';
import { searchRoutes } from './search.routes.ts';

export interface SearchDependencies {
  engine: Engine;
  bus: Bus;
  log: Logger;
  verify: VerifyIdentity;
  /** Which replica this is: each reads a queue of its own. */
  replica?: number;
  /** State events of everything that content and staffing hold, for an index that was never built. */
  snapshots: readonly (() => AsyncIterable<Envelope>)[];
}

/** The search service: an index that follows events and answers queries from itself alone. */
export function createSearch({ engine, bus, log, verify, snapshots, replica = 0 }: SearchDependencies): Service {
  let version = 0;
  let subscribed: Promise<unknown> | undefined;
  const metrics = createMetrics('search');
  metrics.gauge('index_documents', 'Documents in the index', () => engine.size());
  metrics.gauge('index_queue', 'Events that wait to be indexed', () => bus.depth('search.index'));
  const routes = searchRoutes(
    engine,
    vocabularyOf(engine, () => version),
  );
  const missing = () => missingOf({ vital: { index: () => engine.built() }, other: { bus: bus.health } });
  const app = createApp({ name: 'search', routes, verify, log, metrics, missing });
  return {
    name: 'search',
    app,
    routes,
    missing,
    async start() {
      subscribed ??= bus.subscribe(
        'search.index',
        async (event) => {
          if (project(engine, event)) version += 1;
        },
        { replica },
      );
      await subscribed;
      if (!engine.built()) await rebuild(engine, snapshots);
      version += 1;
    },
    async stop() {
      engine.close();
    },
  };
}
