import { rabbitBus } from '@sidekick/bus/rabbit';
import { redisCache } from '@sidekick/cache/redis';
import { createLog, diskOf, readEnvironment, runCommand, runService, systemClock, verifierOf } from '@sidekick/service-kit';
import { mongoStore } from '@sidekick/store/mongo';
import { staffingSettings } from './config.ts';
import { staffingSchema } from './schema.ts';
import { createStaffing } from './service.ts';

/** The service with its real adapters. */
function open() {
  const settings = readEnvironment(staffingSettings, process.env);
  const { mongoUrl: url, mongoDatabase: database } = settings;
  const log = createLog({ level: settings.logLevel });
  const store = mongoStore({ url, database, schema: staffingSchema });
  const bus = rabbitBus({ url: settings.amqpUrl, prefix: settings.amqpPrefix, notify: (notice) => log.warn({ notice }, 'bus') });
  const cache = redisCache({ url: settings.redisUrl, prefix: `${database}:` });
  const verify = verifierOf(settings.identityPublicKeys);
  const service = createStaffing({ disks: [diskOf({ name: 'store' })], store, bus, cache, clock: systemClock(settings), log, verify });
  const close = async () => void (await Promise.all([bus.close(), cache.close(), store.close()]));
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
