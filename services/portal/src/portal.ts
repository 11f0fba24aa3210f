import type { RequestListener } from 'node:http';
import { folderBlobs } from '@sidekick/blobs';
import { sqliteBus } from '@sidekick/bus';
import { memoryCache, memoryLimiter } from '@sidekick/cache';
import { createContent } from '@sidekick/content';
import { createGateway, type Gateway, inProcess, loadKeys } from '@sidekick/gateway';
import { createSearch, ftsEngine } from '@sidekick/search';
import { createLog, diskOf, type Service, serve, systemClock, traces } from '@sidekick/service-kit';
import { createStaffing, staffingSchema } from '@sidekick/staffing';
import { sqliteStore } from '@sidekick/store';
import { backupOf } from './backup/archive.ts';
import { refuseHalfRestored } from './backup/restore.ts';
import type { PortalSettings } from './config.ts';
import type { DataFolder } from './data-folder.ts';

export interface Portal {
  /** Where browsers find it. */
  readonly url: string;
  /** Where this machine finds it: what it does to itself goes there, whatever is in front of it. */
  readonly ownAddress: string;
  readonly gateway: Gateway;
  readonly services: readonly Service[];
  /** Finishes what is under way and closes every file. */
  close(): Promise<void>;
}

export interface PortalOptions {
  settings: PortalSettings;
  folder: DataFolder;
  /** Folder of the built web UI. */
  webRoot: string;
  version: string;
  /** Where log lines go; stdout by default. */
  logTo?: NonNullable<Parameters<typeof createLog>[0]['destination']>;
}

const starting: RequestListener = (_req, res) => {
  res.writeHead(503, { 'retry-after': '1', 'content-type': 'text/plain' }).end('Sidekick is starting.\n');
};

/**
 * Every service in one process: SQLite files in one folder, events through a table, requests handed on by a call.
 * Rejects when the port is taken (EADDRINUSE) or the folder is in use (StoreInUse).
 */
export async function startPortal({ settings, folder, webRoot, version, logTo }: PortalOptions): Promise<Portal> {
  let answer = starting;
  const served = await serve((req, res) => answer(req, res), settings);
  const parts = await openParts(settings, folder, logTo).catch(async (error: unknown) => {
    await served.close({ drainSeconds: 0, graceSeconds: 1 });
    throw error;
  });
  const url = settings.publicUrl?.replace(/\/$/, '') ?? served.url;
  const ownAddress = reachable(served.url);
  const forward = inProcess(parts.services);
  const metricsOf = (part: string) => forward.ask(part, { path: '/metrics', signed: null, requestId: 'metrics' });
  const collected = await traces(settings.collector, 'portal', parts.gateway.log);
  const gateway = createGateway({
    ...parts.gateway,
    parts: parts.services,
    forward,
    partMetrics: () => Promise.all(Object.keys(parts.services).map(async (part) => (await metricsOf(part)).body)),
    config: {
      ...{ publicUrl: url, ownAddress, demo: !settings.empty, bindHost: settings.host, webRoot },
      ...{ metricsToken: settings.metricsToken, imageHosts: settings.imageHosts, webhookHosts: settings.webhookHosts },
    },
    backup: () => backupOf({ ...parts.kept, release: version, at: new Date() }),
    version,
  });
  const { content, search, staffing } = parts.services;
  const services = [content, staffing, search, gateway];
  for (const service of services) await service.start();
  await search.built();
  answer = gateway.app as unknown as RequestListener;
  return {
    url,
    ownAddress,
    gateway,
    services,
    async close() {
      await gateway.stop();
      await served.close({ drainSeconds: 0, graceSeconds: 5 });
      for (const service of [search, staffing, content]) await service.stop();
      await parts.close();
      await collected.end();
    },
  };
}

/** An address to which one can connect: that of all addresses is only one to listen on. */
function reachable(listening: string): string {
  const url = new URL(listening);
  if (url.hostname === '0.0.0.0') url.hostname = '127.0.0.1';
  if (url.hostname === '[::]') url.hostname = '[::1]';
  return url.origin;
}

/** Opens the files and makes the services that stand behind the gateway. */
async function openParts(settings: PortalSettings, folder: DataFolder, logTo: PortalOptions['logTo']) {
  const log = createLog({ level: settings.logLevel, ...(logTo && { destination: logTo }) });
  const clock = systemClock(settings);
  const open = (name: string, options = {}) => sqliteStore({ file: folder.file(`${name}.db`), ...options });
  refuseHalfRestored(folder.path);
  const stores = { gateway: open('gateway'), content: open('content'), staffing: open('staffing', { schema: staffingSchema }) };
  // Again, now that the files are held: a restore may have begun in between.
  refuseHalfRestored(folder.path);
  const blobs = folderBlobs({ folder: folder.file('attachments') });
  const bus = sqliteBus({ file: folder.file('bus.db'), notify: (notice) => log.warn({ notice }, 'bus') });
  const index = { file: folder.file('search.db'), notify: (notice: object) => log.error({ notice }, 'index is built anew') };
  // First: it begins a process, which takes its time beside the rest.
  const [engine] = await Promise.all([ftsEngine(index), ...Object.values(stores).map((store) => store.migrate()), bus.declare()]);
  const keys = await loadKeys(stores.gateway);
  const cache = memoryCache();
  const disks = [diskOf({ name: 'data folder', folder: folder.path })];
  const common = { disks, bus, clock, log, verify: keys.verify, othersAfterMs: 0 };
  const content = createContent({ ...common, imageHosts: settings.imageHosts, cache, store: stores.content, blobs });
  const staffing = createStaffing({ ...common, cache, store: stores.staffing });
  const search = createSearch({
    ...common,
    engine,
    snapshots: [
      { source: 'content', read: () => content.snapshot() },
      {
        source: 'staffing',
        async *read() {
          yield* await staffing.snapshot();
        },
      },
    ],
  });
  return {
    gateway: { store: stores.gateway, bus, makeLimiter: memoryLimiter, clock, log, keys, disks },
    services: { content, search, staffing },
    kept: { stores, blobs },
    async close() {
      await bus.close();
      await cache.close();
      for (const store of Object.values(stores)) await store.close();
    },
  };
}
