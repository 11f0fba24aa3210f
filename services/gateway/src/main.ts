import { readFileSync } from 'node:fs';
import { rabbitBus } from '@sidekick/bus/rabbit';
import { redisLimiter } from '@sidekick/cache/redis';
import { resourceRoots } from '@sidekick/contracts';
import { createLog, diskOf, readEnvironment, runCommand, runService, systemClock } from '@sidekick/service-kit';
import { mongoStore } from '@sidekick/store/mongo';
import { gatewaySettings } from './config.ts';
import { overHttp } from './forward/http.ts';
import { createGateway } from './gateway.ts';
import { keysFrom } from './keys/keys.ts';

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string };
const parts = Object.fromEntries(Object.entries(resourceRoots).map(([name, roots]) => [name, { roots }]));

/** The service with its real adapters. */
function open() {
  const settings = readEnvironment(gatewaySettings, process.env);
  const { mongoUrl, mongoDatabase, publicUrl, demo, webRoot, proxyHops, metricsToken, host: bindHost } = settings;
  const log = createLog({ level: settings.logLevel });
  const store = mongoStore({ url: mongoUrl, database: mongoDatabase });
  const bus = rabbitBus({ url: settings.amqpUrl, prefix: settings.amqpPrefix, notify: (notice) => log.warn({ notice }, 'bus') });
  const { makeLimiter, health: limits, close: closeLimits } = redisLimiter({ url: settings.redisUrl, prefix: `${mongoDatabase}:` });
  const forward = overHttp({
    parts: { content: settings.contentUrl, search: settings.searchUrl, staffing: settings.staffingUrl },
    log,
  });
  const service = createGateway({
    ...{ store, bus, makeLimiter, limits, log, forward, parts, version },
    disks: [diskOf({ name: 'store' })],
    clock: systemClock(settings),
    keys: keysFrom(settings.identityPrivateKey),
    config: {
      ...{ publicUrl: publicUrl.replace(/\/$/, ''), demo, bindHost, webRoot, proxyHops, metricsToken },
      ...{ imageHosts: settings.imageHosts, webhookHosts: settings.webhookHosts },
    },
  });
  const close = async () => void (await Promise.all([bus.close(), closeLimits(), forward.close(), store.close()]));
  return { settings, log, store, bus, service, close };
}

/** Prints something that the gateway makes, as the only line of stdout. */
const print =
  (make: (gateway: ReturnType<typeof open>['service'], ...args: string[]) => Promise<string>) =>
  async (...args: string[]) => {
    const { service, close } = open();
    console.log(await make(service, ...args));
    await close();
  };

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
    /** The one-time link with which the first manager makes an account. */
    'first-manager': print(async (gateway) => {
      const link = await gateway.firstManagerLink();
      if (!link) throw new Error('There is a manager already; who needs an account is invited by one.');
      return link;
    }),
    /** `recover EMAIL`: the one-time link with which an account that cannot get in sets a new password; its sessions end. */
    recover: print((gateway, email) => {
      if (!email) throw new Error('Say whom: recover EMAIL');
      return gateway.recoveryLink(email);
    }),
    /** A token with every role for commands of ops; the one issued before ends. */
    token: print((gateway) => gateway.issueLocalToken()),
  },
  process.argv.slice(2),
);
