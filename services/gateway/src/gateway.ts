import type { Bus } from '@sidekick/bus';
import type { MakeLimiter } from '@sidekick/cache';
import { type Clock, createApp, createMetrics, type Logger, type Route, type Service } from '@sidekick/service-kit';
import type { Store } from '@sidekick/store';
import { findIn, type Operation, operationsOf } from './access/operations.ts';
import type { Persona } from './accounts/account.ts';
import { acceptUrl, accountsRoutes } from './accounts/accounts.routes.ts';
import { accountsOf } from './accounts/accounts.ts';
import { invitationsOf } from './accounts/invitations.ts';
import { meRoutes } from './accounts/me.routes.ts';
import { type GatewayConfig, publicOrigin } from './config.ts';
import { docsRoutes } from './docs/docs.routes.ts';
import { apiHandler } from './forward/api.ts';
import type { Forward } from './forward/forward.ts';
import { frontOf } from './front.ts';
import type { Keys } from './keys/keys.ts';
import { liveRoutes } from './live/live.routes.ts';
import { streamsOf } from './live/streams.ts';
import { drain } from './races.ts';
import { callersOf } from './sessions/callers.ts';
import { identitiesOf, machine } from './sessions/identities.ts';
import { sessionsOf } from './sessions/sessions.ts';
import { anySampleOf } from './setup/sample.ts';
import { setupRoutes } from './setup/setup.routes.ts';
import { authRoutes } from './sign-in/auth.routes.ts';
import { demoOf, type PersonaSeed } from './sign-in/demo.ts';
import { signInForm } from './sign-in/form.ts';
import { signingIn } from './sign-in/sign-in.ts';
import { signInLogOf } from './sign-in/sign-in-log.ts';
import { siteOf } from './site/site.ts';
import { systemRoutes } from './system/system.routes.ts';
import { tokensRoutes } from './tokens/tokens.routes.ts';
import { tokensOf } from './tokens/tokens.ts';

export interface GatewayDeps {
  /** The gateway's own database. */
  store: Store;
  bus: Bus;
  makeLimiter: MakeLimiter;
  clock: Clock;
  log: Logger;
  keys: Keys;
  /** What the other parts declare, by name. */
  parts: Readonly<Record<string, { routes: readonly Route[] }>>;
  forward: Forward;
  config: GatewayConfig;
  /** Shown in the OpenAPI document. */
  version: string;
}

export interface Gateway extends Service {
  /** The one-time link of the first manager, for the start to print; an earlier one ends. Null once an account can manage. */
  firstManagerLink(): Promise<string | null>;
  /** Creates the demo personas that are not there yet; answers their account ids. */
  seedPersonas(personas: PersonaSeed): Promise<Record<Persona, string>>;
  /** A token with all roles for commands on this machine; the one issued before ends. Keep it in a file of mode 0600. */
  issueLocalToken(): Promise<string>;
  /** Every operation of every part. */
  operations(): readonly Operation[];
}

const sweepEvery = 3_600_000;

/** The only part that browsers reach: signs in, hands on to the other parts with a signed identity, serves the web UI. */
export function createGateway(deps: GatewayDeps): Gateway {
  const { store, bus, clock, log, keys, forward, config } = deps;
  const publicUrl = publicOrigin(config.publicUrl);
  const accounts = accountsOf({ store, clock });
  const sessions = sessionsOf({ store, clock });
  const tokens = tokensOf({ store, clock });
  const identities = identitiesOf({ read: accounts.get, sign: keys.sign });
  const demo = demoOf({ accounts, config });
  const callers = callersOf({ sessions, tokens, identities, demoHere: demo.here });
  const streams = streamsOf({ again: callers.again });
  const signIns = signInLogOf({ store, clock });
  const signing = signingIn({ accounts, signIns, makeLimiter: deps.makeLimiter });
  const invitations = invitationsOf({ store, clock, accounts });
  const missing = () => missingOf(store, bus);

  const endSession = async (key: string) => {
    await sessions.end(key);
    streams.endKey(key);
  };
  const endAccount = async (account: string) => {
    await sessions.endOf(account);
    identities.drop(account);
    streams.endAccount(account);
  };
  const endSamples = async () => {
    for (const { doc } of await accounts.samples()) await endAccount(doc._id);
  };
  const auth = { signing, demo, invitations, sessions, endSession, endSamples };

  const routes: Route[] = [
    ...authRoutes(auth),
    ...meRoutes({ accounts }),
    ...accountsRoutes({
      accounts,
      invitations,
      signIns,
      publicUrl,
      endAccount,
      dropIdentity: identities.drop,
      removeTokens: tokens.removeAll,
    }),
    ...tokensRoutes(tokens),
    ...setupRoutes({ store, anySample: anySampleOf({ accounts, forward }) }),
    ...liveRoutes(streams),
    ...systemRoutes({ forward, parts: Object.keys(deps.parts), missing }),
    ...docsRoutes(() => operations.map(({ route }) => route), deps.version),
  ];
  const operations = operationsOf({ gateway: { routes }, ...deps.parts });
  const metrics = createMetrics('gateway');
  metrics.gauge('live_streams', 'Open event streams', streams.count);
  const own = createApp({ name: 'gateway', routes, verify: keys.verify, log, metrics, missing });
  const api = apiHandler({ find: findIn(operations), callers, forward, own, publicUrl, answerSeconds: config.answerSeconds ?? 30 });
  const site = siteOf({ webRoot: config.webRoot, forward, callers });
  const form = signInForm({ ...auth, callers, publicUrl });
  const app = frontOf({ api, site: site.handle, form, own, publicUrl, callers, log, proxyHops: config.proxyHops ?? 0 });

  const sweep = async () => {
    for (const { sweep: round } of [sessions, invitations, signIns]) await drain(round);
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    name: 'gateway',
    app,
    routes,
    start: async () => {
      await site.load();
      await sweep();
      await bus.subscribe('gateway.live', async (event) => streams.tell(event));
      streams.start();
      timer = setInterval(() => void sweep().catch((err) => log.warn({ err }, 'sweep failed')), sweepEvery).unref();
    },
    stop: async () => {
      clearInterval(timer);
      streams.stop();
    },
    firstManagerLink: async () => {
      const made = await invitations.first();
      return made && acceptUrl(publicUrl, made.token);
    },
    seedPersonas: demo.seed,
    issueLocalToken: async () => {
      await tokens.removeAll(machine.account);
      return (await tokens.create(machine.account, machine.name)).secret;
    },
    operations: () => operations,
  };
}

async function missingOf(store: Store, bus: Bus): Promise<string[]> {
  const stored = await store.ping().then(
    () => true,
    () => false,
  );
  return [...(stored ? [] : ['store']), ...(bus.health().ok ? [] : ['bus'])];
}
