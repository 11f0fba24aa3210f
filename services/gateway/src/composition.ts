import { type Bus, reactionsOf } from '@sidekick/bus';
import type { MakeLimiter } from '@sidekick/cache';
import type { PartStatus } from '@sidekick/contracts';
import { type Clock, type Disk, type HealthChecks, type Logger, missingOf, type Route, withDisks } from '@sidekick/service-kit';
import { fitsSchema, type Store } from '@sidekick/store';
import { accountsOf } from './accounts/accounts.ts';
import { auditOf } from './accounts/audit.ts';
import { invitationsOf } from './accounts/invitations.ts';
import { readingsOf } from './accounts/readings.ts';
import { recoverOf } from './accounts/recover.ts';
import { recoveriesOf } from './accounts/recoveries.ts';
import { type GatewayConfig, publicOrigin } from './config.ts';
import { feedsRoutes } from './feeds/feeds.routes.ts';
import { feedsOf } from './feeds/feeds.ts';
import { serveFeedsOf } from './feeds/serve.ts';
import type { Parts } from './forward/directory.ts';
import type { Forward } from './forward/forward.ts';
import type { Keys } from './keys/keys.ts';
import { liveRoutes } from './live/live.routes.ts';
import { streamsOf } from './live/streams.ts';
import { accountsRoutes } from './managing/accounts.routes.ts';
import { meRoutes } from './managing/me.routes.ts';
import { callersOf } from './sessions/callers.ts';
import { identitiesOf } from './sessions/identities.ts';
import { monitoringAccessOf } from './sessions/monitoring-access.ts';
import { sessionsOf } from './sessions/sessions.ts';
import { anySampleOf } from './setup/sample.ts';
import { setupRoutes } from './setup/setup.routes.ts';
import { authRoutes } from './sign-in/auth.routes.ts';
import { demoOf } from './sign-in/demo.ts';
import { knownBrowsersOf } from './sign-in/known.ts';
import { signingIn } from './sign-in/sign-in.ts';
import { signInLogRoutes } from './sign-in/sign-in-log.routes.ts';
import { signInLogOf } from './sign-in/sign-in-log.ts';
import { startSessionOf } from './sign-in/start-session.ts';
import { backupRoutes } from './system/backup.routes.ts';
import { deadLetterAuditOf } from './system/dead-letter-audit.ts';
import { deadLettersRoutes } from './system/dead-letters.routes.ts';
import { deadLettersOf } from './system/dead-letters.ts';
import { lastBackupsOf } from './system/last-backup.ts';
import { systemRoutes } from './system/system.routes.ts';
import { tokensRoutes } from './tokens/tokens.routes.ts';
import { tokensOf } from './tokens/tokens.ts';
import { viewsRoutes } from './views/views.routes.ts';
import { ownViewsOf } from './views/views.ts';
import { webhooksRoutes } from './webhooks/webhooks.routes.ts';
import { type WebhooksDeps, webhooksOf } from './webhooks/webhooks.ts';

export interface GatewayDeps {
  /** The gateway's own database. */
  store: Store;
  bus: Bus;
  makeLimiter: MakeLimiter;
  clock: Clock;
  log: Logger;
  /** That it writes to. */
  disks?: readonly Disk[];
  keys: Keys;
  /** What is known of the other parts, by name. */
  parts: Parts;
  forward: Forward;
  /** Metrics of the parts of this process, in the text of Prometheus; none where each part is a process of its own. */
  partMetrics?: () => Promise<string[]>;
  config: GatewayConfig;
  /** The bytes of a backup of everything, made now; only where this process holds everything. */
  backup?: () => AsyncIterable<Uint8Array>;
  /** Whether limits are counted in one place for all gateways. */
  limits?: () => { ok: boolean };
  /** Shown in the OpenAPI document. */
  version: string;
  /** What tests of webhooks put in the place of the clock, of DNS and of ten seconds. */
  testWebhooks?: Partial<Pick<WebhooksDeps, 'time' | 'times' | 'resolve' | 'patienceMs'>>;
}

/** The gateway's own pieces, made of its ports. */
export type Pieces = ReturnType<typeof piecesOf>;

export function piecesOf(deps: GatewayDeps) {
  const { store, bus, clock, keys, config, makeLimiter, log, forward, testWebhooks, limits = () => ({ ok: true }) } = deps;
  const publicUrl = publicOrigin(config.publicUrl);
  const audit = auditOf({ store, now: realTime });
  const accounts = accountsOf({ store, clock, audit });
  const readings = readingsOf({ store });
  const ownViews = ownViewsOf({ store });
  const sessions = sessionsOf({ store, clock });
  const tokens = tokensOf({ store, clock });
  const feeds = feedsOf({ store, clock });
  const identities = identitiesOf({ read: accounts.byIds, sign: keys.sign });
  const serveFeeds = serveFeedsOf({ feeds, identities, sign: keys.sign, forward, makeLimiter });
  const demo = demoOf({ accounts, config });
  const callers = callersOf({ sessions, tokens, identities, demoHere: demo.here });
  const monitoringAccess = monitoringAccessOf({ callers, sign: keys.sign, metricsToken: config.metricsToken });
  const streams = streamsOf({ again: callers.again });
  const signIns = signInLogOf({ store, clock });
  const known = knownBrowsersOf({ store, clock });
  const invitations = invitationsOf({ store, clock, accounts, audit });
  const recoveries = recoveriesOf({ store, clock, accounts });
  const signing = signingIn({ accounts, signIns, known, endLinks: recoveries.endOf, makeLimiter, log });
  const endSession = async (key: string) => {
    await sessions.end(key);
    monitoringAccess.forget();
    streams.endKey(key);
  };
  const endToken = async (account: string, id: string) => {
    await tokens.remove(account, id);
    monitoringAccess.forget();
    streams.endKey(id);
  };
  /** What this gateway itself knows of an account ends also where the store cannot be asked. */
  const endAccount = async (account: string) => {
    await sessions.endOf(account).finally(() => {
      identities.drop();
      monitoringAccess.forget();
      streams.endAccount(account);
    });
  };
  const endEverywhere = async (account: string) => {
    await tokens.removeAll(account);
    await feeds.removeAll(account);
    await known.forget(account);
    await endAccount(account);
  };
  const endSamples = async () => {
    for (const { doc } of await accounts.samples()) {
      await tokens.removeAll(doc._id);
      await endAccount(doc._id);
    }
  };
  const startSession = startSessionOf({ accounts, sessions, known, endSession });
  const recover = recoverOf({ accounts, recoveries, audit, publicUrl, endAccount, endEverywhere });
  const checks: HealthChecks = { vital: { store: store.ping, schema: fitsSchema(store) }, other: { bus: bus.health, limits } };
  const deadLetterAudit = deadLetterAuditOf({ store, now: realTime });
  const letters = deadLettersOf({ bus, deadLetterAudit, now: realTime });
  const reactions = reactionsOf({ store, clock: { now: realTime } });
  const trouble = (err: unknown, what: string) => log.warn({ err }, `webhooks: ${what}`);
  const webhooks = webhooksOf({ store, accounts, trouble, allowed: config.webhookHosts ?? [], ...testWebhooks });
  return {
    ...{
      accounts,
      readings,
      ownViews,
      audit,
      sessions,
      tokens,
      feeds,
      serveFeeds,
      identities,
      demo,
      callers,
      monitoringAccess,
      streams,
      signIns,
      signing,
      known,
      invitations,
      recoveries,
    },
    ...{
      startSession,
      recover,
      endSession,
      endToken,
      endAccount,
      endSamples,
      deadLetterAudit,
      letters,
      reactions,
      webhooks,
      publicUrl,
      clock,
    },
    checks,
    missing: () => missingOf(checks),
  };
}

/** Dead letters, backups and parts say when they were: days that a demonstration moves are no part of that. */
const realTime = () => new Date();

/** What the gateway answers itself. */
export function routesOf(
  { store, bus, forward, parts, backup, disks = [] }: GatewayDeps,
  pieces: Pieces,
  status: () => Promise<PartStatus>,
): Route[] {
  const { accounts, readings, ownViews, tokens, feeds, identities, streams, missing } = pieces;
  const removeOwn = async (account: string) => {
    await tokens.removeAll(account);
    await feeds.removeAll(account);
    await ownViews.removeAll(account);
    await readings.remove(account);
  };
  const lastBackups = lastBackupsOf(store);
  const lacks = async () => withDisks(await missing(), disks);
  return [
    ...authRoutes(pieces),
    ...meRoutes({ ...pieces, dropIdentities: identities.drop }),
    ...accountsRoutes({ ...pieces, dropIdentities: identities.drop, removeOwn }),
    ...tokensRoutes(pieces),
    ...viewsRoutes(pieces),
    ...feedsRoutes(pieces),
    ...webhooksRoutes(pieces),
    ...setupRoutes({ store, anySample: anySampleOf({ accounts, forward }) }),
    ...liveRoutes(streams),
    ...systemRoutes({ forward, parts: Object.keys(parts), bus, missing: lacks, status, lastBackup: lastBackups.read }),
    ...backupRoutes({ backup: backup ?? null, lastBackups }),
    ...deadLettersRoutes(pieces),
    ...signInLogRoutes(pieces),
  ];
}
