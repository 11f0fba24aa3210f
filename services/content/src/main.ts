import { folderBlobs } from '@sidekick/blobs';
import { gridfsBlobs } from '@sidekick/blobs/gridfs';
import { rabbitBus } from '@sidekick/bus/rabbit';
import { redisCache } from '@sidekick/cache/redis';
import { createLog, diskOf, readEnvironment, runCommand, runService, systemClock, verifierOf } from '@sidekick/service-kit';
import { mongoStore } from '@sidekick/store/mongo';
import { contentSettings } from './config.ts';
import { createContent } from './service.ts';

/** The service with its real adapters. */
function open() {
  const settings = readEnvironment(contentSettings, process.env);
  const { mongoUrl: url, mongoDatabase: database, attachmentsFolder: folder } = settings;
  const log = createLog({ level: settings.logLevel });
  const store = mongoStore({ url, database });
  const bus = rabbitBus({ url: settings.amqpUrl, prefix: settings.amqpPrefix, notify: (notice) => log.warn({ notice }, 'bus') });
  const cache = redisCache({ url: settings.redisUrl, prefix: `${database}:` });
  const gridfs = folder ? null : gridfsBlobs({ url, database });
  const blobs = gridfs ?? folderBlobs({ folder: folder ?? '' });
  const verify = verifierOf(settings.identityPublicKeys);
  const disks = [diskOf({ name: 'store' }), ...(folder ? [diskOf({ name: 'attachments', folder })] : [])];
  const service = createContent({
    disks,
    imageHosts: settings.imageHosts,
    store,
    bus,
    cache,
    blobs,
    clock: systemClock(settings),
    log,
    verify,
  });
  const close = async () => void (await Promise.all([bus.close(), cache.close(), store.close(), gridfs?.close()]));
  return { settings, log, store, bus, service, close };
}

await runCommand(
  {
    serve: () => runService(open()),
    /** Indexes, upcasts, the schema's version and the broker's queues: a step of its own before a release. */
    async migrate() {
      const { store, bus, close } = open();
      await store.migrate();
      await bus.declare();
      await close();
    },
  },
  process.argv.slice(2),
);
