import type { Subscription } from '@sidekick/bus';
import { createApp, type Logger, type Route, type Service, spacesOf, statusOf, withDisks } from '@sidekick/service-kit';
import { tombstoneSweeper } from '@sidekick/store';
import type { Operation } from './access/operations.ts';
import type { Persona } from './accounts/account.ts';
import { machine } from './accounts/machine.ts';
import { drain, withTimeout } from './common/races.ts';
import { type GatewayDeps, type Pieces, piecesOf, routesOf } from './composition.ts';
import { docsRoutes } from './docs/docs.routes.ts';
import { apiHandler } from './forward/api.ts';
import { type Directory, directoryOf } from './forward/directory.ts';
import { frontOf } from './front.ts';
import { acceptUrl } from './managing/accounts.routes.ts';
import { gatewayMetrics } from './metrics.ts';
import type { PersonaSeed } from './sign-in/demo.ts';
import { signInForm } from './sign-in/form.ts';
import { siteOf } from './site/site.ts';

export interface Gateway extends Service {
  /** The one-time link of the first manager, for the start to print; an earlier one ends. Null once an account can manage. */
  firstManagerLink(): Promise<string | null>;
  /** The one-time link for an account that cannot get in; its sessions end. Throws NotFound when none that may sign in has the e-mail. */
  recoveryLink(email: string): Promise<string>;
  /** Creates the demo personas that are not there yet; answers their account ids. */
  seedPersonas(personas: PersonaSeed): Promise<Record<Persona, string>>;
  /** A token with all roles for commands on this machine; the one issued before ends. Keep it in a file of mode 0600. */
  issueLocalToken(): Promise<string>;
  /** Every operation whose route is known in this process. */
  operations(): readonly Operation[];
}

/** The only part that browsers reach: signs in, hands on to the other parts with a signed identity, serves the web UI. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { bus, log, keys, forward, config, disks = [], partMetrics = async () => [] } = deps;
  const pieces = piecesOf(deps);
  const proxyHops = config.proxyHops ?? 0;
  const { publicUrl, callers, monitoringAccess, streams, tokens, missing } = pieces;
  const metrics = gatewayMetrics(deps, pieces);
  let live: Subscription | null = null;
  let reading: Subscription | null = null;
  metrics.passedOver(() => live?.passedOver() ?? 0);
  const { webhooks, reactions } = pieces;
  const details = async () => {
    const within = <T>(asked: Promise<T>) => withTimeout(patience, asked, null).catch(() => null);
    const [counts, waiting] = await Promise.all([within(webhooks.counts()), within(bus.depth(toWebhooks))]);
    const since = reading?.oldest() ?? null;
    const oldest = since === null ? null : Math.max(0, Date.now() - since) / 1000;
    return {
      streams: streams.count(),
      ...(counts && { webhooks: counts }),
      ...(waiting !== null && { queues: [{ queue: toWebhooks, name: toWebhooks, waiting, oldest }] }),
    };
  };
  const status = statusOf({
    name: 'gateway',
    metrics,
    missing: async () => withDisks(await missing(), disks),
    details: async () => ({ ...(await details()), disks: await spacesOf(disks) }),
  });
  const routes: Route[] = [...routesOf(deps, pieces, status), ...docsRoutes((requestId) => directory.document(requestId))];
  const directory: Directory = directoryOf({ own: routes, parts: deps.parts, forward, version: deps.version });
  const own = createApp({ name: 'gateway', routes, verify: keys.verify, log, metrics, missing, details, disks });
  const api = apiHandler({
    directory,
    callers,
    monitoringAccess,
    forward,
    own,
    publicUrl,
    proxyHops,
    answerSeconds: { read: 4.8, change: 30, ...config.answerSeconds },
  });
  const site = siteOf({ webRoot: config.webRoot, imageHosts: config.imageHosts ?? [], forward, callers, log });
  const form = signInForm({ ...pieces, proxyHops });
  const sweeper = sweeperOf(pieces, log);
  const forgetting = tombstoneSweeper({
    store: deps.store,
    failed: (err) => log.warn({ err }, 'old tombstones stay until the next sweep'),
  });
  return {
    name: 'gateway',
    app: frontOf({
      ...{ api, site: site.handle, form, own, publicUrl, monitoringAccess, log, metrics, partMetrics, disks },
      ownAddress: config.ownAddress,
    }),
    routes,
    missing,
    endStreams: streams.stop,
    start: async () => {
      await site.load();
      await sweeper.start();
      forgetting.start();
      live = await bus.subscribe(
        'gateway.live',
        metrics.handled('gateway.live', async (event) => streams.tell(event)),
        { onBound: streams.missed },
      );
      reading = await bus.subscribe(toWebhooks, metrics.handled(toWebhooks, reactions.once(toWebhooks, webhooks.react)));
      webhooks.jobs.start();
      streams.start();
    },
    stop: async () => {
      sweeper.stop();
      await webhooks.jobs.stop();
      streams.stop();
      await forgetting.stop();
    },
    firstManagerLink: async () => {
      const made = await pieces.invitations.first();
      return made && acceptUrl(publicUrl, made.token);
    },
    recoveryLink: pieces.recover.byEmail,
    seedPersonas: pieces.demo.seed,
    issueLocalToken: async () => {
      await tokens.removeAll(machine.account);
      return (await tokens.create(machine.account, { name: machine.name, scopes: null, expiresAt: null })).secret;
    },
    operations: () => directory.operations,
  };
}

const toWebhooks = 'gateway.webhooks';
/** Milliseconds that store and bus have to say how webhooks fare; the rest is told without it. */
const patience = 500;
const sweepEvery = 3_600_000;

/** Removes what has expired, at the start and every hour. */
function sweeperOf({ sessions, invitations, recoveries, known, signIns, letters, reactions, webhooks }: Pieces, log: Logger) {
  let timer: NodeJS.Timeout | undefined;
  const sweep = async () => {
    sweepLetters();
    for (const { sweep: round } of [sessions, invitations, recoveries, known, signIns, reactions, webhooks]) await drain(round);
  };
  /** On the bus, which may be away: no start waits for it. */
  const sweepLetters = () =>
    void drain(letters.sweep).catch((err: unknown) => log.warn({ err }, 'old dead letters stay until the next sweep'));
  return {
    start: async () => {
      await sweep();
      timer = setInterval(() => void sweep().catch((err: unknown) => log.warn({ err }, 'sweep failed')), sweepEvery).unref();
    },
    stop: () => clearInterval(timer),
  };
}
