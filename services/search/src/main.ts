import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { rabbitBus } from '@sidekick/bus/rabbit';
import { createLog, diskOf, readEnvironment, runCommand, runService, signerOf, systemClock, verifierOf } from '@sidekick/service-kit';
import { replicaOf, searchSettings } from './config.ts';
import { ftsEngine } from './engine/fts.ts';
import { snapshotOver } from './index/snapshot-over.ts';
import { createSearch } from './service.ts';

/** The service with its real adapters. */
async function open() {
  const settings = readEnvironment(searchSettings, process.env);
  const { contentUrl, staffingUrl, indexFolder } = settings;
  const log = createLog({ level: settings.logLevel });
  const bus = rabbitBus({ url: settings.amqpUrl, prefix: settings.amqpPrefix, notify: (notice) => log.warn({ notice }, 'bus') });
  mkdirSync(indexFolder, { recursive: true });
  const engine = await ftsEngine({
    file: join(indexFolder, 'search.db'),
    notify: (notice) => log.error({ notice }, 'index is built anew'),
  });
  const sign = signerOf(settings.identityPrivateKey);
  const service = createSearch({
    engine,
    bus,
    log,
    clock: systemClock(settings),
    disks: [diskOf({ name: 'search index', folder: indexFolder })],
    verify: verifierOf(settings.identityPublicKeys),
    replica: replicaOf(settings.replica, hostname()),
    snapshots: [
      snapshotOver({ source: 'content', urls: contentUrl, path: '/pages/snapshot', sign }),
      snapshotOver({ source: 'staffing', urls: staffingUrl, path: '/changes/snapshot', sign }),
    ],
  });
  return { settings, log, service, close: () => bus.close() };
}

await runCommand({ serve: async () => runService(await open()) }, process.argv.slice(2));
