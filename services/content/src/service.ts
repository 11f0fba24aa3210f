import type { Blobs } from '@sidekick/blobs';
import { type Bus, relayDocuments } from '@sidekick/bus';
import type { Cache } from '@sidekick/cache';
import type { Envelope } from '@sidekick/contracts';
import {
  type Clock,
  createApp,
  createMetrics,
  type Disk,
  type Logger,
  missingOf,
  type Route,
  type Service,
  type VerifyIdentity,
} from '@sidekick/service-kit';
import { fitsSchema, type Store, tombstoneSweeper } from '@sidekick/store';
import { attachmentRoutes } from './attachments/attachments.routes.ts';
import { fileSweeper } from './attachments/sweep.ts';
import { openContent } from './content.ts';
import { snapshotRoutes } from './events/snapshot.routes.ts';
import { snapshot } from './events/snapshot.ts';
import { importRoutes } from './imports/imports.routes.ts';
import { importQueue } from './imports/queue.ts';
import { sourceRoutes } from './imports/sources.routes.ts';
import type { PagesReplica } from './pages/pages-replica.ts';
import { createRendering, type Rendering } from './rendering/rendering.ts';
import { revisionRoutes } from './revisions/revisions.routes.ts';
import { bytesOver } from './serving/bytes.ts';
import { pageRoutes } from './serving/pages.routes.ts';
import { withOfferedFiles } from './sources/offered-files.ts';
import { treeRoutes } from './tree/tree.routes.ts';
import { inTurns } from './writing/in-turns.ts';
import { previewRoutes } from './writing/preview.routes.ts';
import { sourceVersionRoutes } from './writing/source-version.routes.ts';
import { pageWritingRoutes } from './writing/writing.routes.ts';

export interface ContentDeps {
  store: Store;
  bus: Bus;
  cache: Cache;
  blobs: Blobs;
  clock: Clock;
  log: Logger;
  verify: VerifyIdentity;
  /** That it writes to. */
  disks?: readonly Disk[];
  /** Hosts whose pictures pages may show; none by default. */
  imageHosts?: readonly string[];
  /** Age in milliseconds at which events of other processes are published too; 0 where no other process shares the store. */
  othersAfterMs?: number;
  rendering?: Rendering;
}

export interface ContentService extends Service {
  /** The state event of every page, tombstones included: what a consumer in the same process rebuilds from. */
  snapshot(): AsyncIterable<Envelope>;
}

/** Pages, their revisions and tree, imports and attachments. */
export function createContent(deps: ContentDeps): ContentService {
  const { store, bus, cache, log, verify, disks, othersAfterMs = 5000, rendering = createRendering() } = deps;
  const content = openContent({ ...deps, rendering, shared: othersAfterMs > 0 });
  const metrics = createMetrics('content');
  const sent = metrics.counter('events_published_total', 'Events that the bus has taken');
  const relay = relayDocuments({
    outboxes: store.outboxes(),
    bus,
    othersAfterMs,
    notify: (notice) => log.warn({ notice }, 'relay'),
    published: (count) => sent.inc(count),
  });
  metrics.gauge('oldest_unsent_event_seconds', 'Age of the oldest event that waits to be published', () => relay.oldestUnsent());
  const queue = importQueue(content, log);
  const sweeper = tombstoneSweeper({ store, failed: (err) => log.warn({ err }, 'old tombstones stay until the next sweep') });
  const fileSweep = fileSweeper(withOfferedFiles(content), log);
  const bytes = bytesOver(cache);
  const routes = [
    ...snapshotRoutes(content),
    ...pageRoutes(content, bytes),
    ...previewRoutes(content),
    ...inTurns([...pageWritingRoutes(content, bytes), ...sourceVersionRoutes(content, bytes)]),
    ...revisionRoutes(content),
    ...treeRoutes(content),
    ...attachmentRoutes(content),
    ...importRoutes(content, queue),
    ...sourceRoutes(content),
  ].map((one) => tellingOthers(content.replica, one));
  const checks = { vital: { store: store.ping, schema: fitsSchema(store) }, other: { bus: bus.health, cache: cache.health } };
  metrics.dependencies(checks);
  const missing = () => missingOf(checks);
  metrics.jobs({ import: queue });
  const details = async () => {
    const [oldestUnsent, running, waiting] = await Promise.all([relay.oldestUnsent(), queue.running(), queue.waiting()]);
    return { oldestUnsent, imports: { running, waiting } };
  };
  return {
    name: 'content',
    app: createApp({ name: 'content', routes, verify, log, metrics, missing, details, disks }),
    routes,
    missing,
    snapshot: () => snapshot(content),
    async start() {
      await content.replica.refresh();
      queue.start();
      relay.start();
      sweeper.start();
      fileSweep.start();
    },
    async stop() {
      await fileSweep.stop();
      await sweeper.stop();
      await queue.stop();
      await relay.stop();
      await content.rendering.close();
    },
  };
}

/** A write is answered once other replicas can know of it. */
function tellingOthers(replica: PagesReplica, one: Route): Route {
  if (one.method === 'get') return one;
  return {
    ...one,
    async handle(request) {
      try {
        return await one.handle(request);
      } finally {
        await replica.told();
      }
    },
  };
}
