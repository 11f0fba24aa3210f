import { type Bus, relayLog } from '@sidekick/bus';
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
import { fitsSchema, type Store } from '@sidekick/store';
import { candidateRoutes } from './candidates/candidates.routes.ts';
import { changesRoutes } from './changes/changes.routes.ts';
import { redactRoutes } from './changes/redact.routes.ts';
import { redactionIn } from './deciding/redact.ts';
import { decisionRoutes } from './decisions/decisions.routes.ts';
import { eventsOf, snapshotEvents } from './events/events.ts';
import { snapshotRoutes } from './events/snapshot.routes.ts';
import { feedRoutes } from './exchange/calendars/feeds.routes.ts';
import { csvRoutes } from './exchange/csv/csv.routes.ts';
import { movingRoutes } from './exchange/sheets/moving/moving.routes.ts';
import { createSheetReader, type SheetReader } from './exchange/sheets/reading.ts';
import { sheetRoutes } from './exchange/sheets/sheets.routes.ts';
import { followingRoutes, withFollowed } from './following/following.routes.ts';
import { freeRoutes } from './free/free.routes.ts';
import { heatmapRoutes } from './heatmap/heatmap.routes.ts';
import type { ChangeSet } from './log/change-set.ts';
import { committer } from './log/commit.ts';
import { withReaders } from './log/readers.ts';
import { replicaOf } from './log/replica.ts';
import { changeSetUpcasts } from './log/upcast.ts';
import type { PlanContext } from './plans/context.ts';
import { plans as planCollection } from './plans/plan.ts';
import { planRoutes } from './plans/plans.routes.ts';
import { type PlanQueueOptions, planQueue } from './plans/queue.ts';
import { burnRoutes } from './questions/burn.routes.ts';
import { figuresRoutes } from './questions/figures.routes.ts';
import { rowsRoutes } from './questions/rows.routes.ts';
import { assignmentRoutes } from './records/assignments.routes.ts';
import { budgetRoutes } from './records/budgets.routes.ts';
import { holidayRoutes } from './records/holidays.routes.ts';
import { leaveRoutes } from './records/leave.routes.ts';
import { openingRoutes } from './records/openings.routes.ts';
import { peopleRoutes } from './records/people.routes.ts';
import { projectRoutes } from './records/projects.routes.ts';
import { rateRoutes } from './records/rates.routes.ts';
import { settingsRoutes } from './records/settings.routes.ts';
import { skillRoutes } from './records/skills.routes.ts';
import { teamRoutes } from './records/teams.routes.ts';
import { viewRoutes } from './records/views.routes.ts';
import { volunteerRoutes } from './records/volunteers.routes.ts';
import { weekNoteRoutes } from './records/week-notes.routes.ts';
import { wishRoutes } from './records/wishes.routes.ts';
import { type StaffingContext, withHead } from './routing/context.ts';
import { sampleRoutes } from './sample/sample.routes.ts';
import { timelineRoutes } from './timeline/timeline.routes.ts';

export interface StaffingDeps {
  store: Store;
  bus: Bus;
  cache: Cache;
  clock: Clock;
  log: Logger;
  verify: VerifyIdentity;
  /** That it writes to. */
  disks?: readonly Disk[];
  /** Milliseconds between looks for what other processes appended; 1000 by default. */
  pollMs?: number;
  /** Age in milliseconds at which entries of other processes are published too; 0 where no other process shares the store. */
  othersAfterMs?: number;
  /** Entries between snapshots; 500 by default. */
  snapshotEvery?: number;
  /** How plans are made; by HiGHS in a process of its own by default. */
  planning?: Pick<PlanQueueOptions, 'solve' | 'graceSeconds'>;
}

export interface Staffing extends Service {
  /** The state event of every record there ever was, for consumers that rebuild in the same process. */
  snapshot(): Promise<Iterable<Envelope>>;
}

const routesOf = (context: PlanContext, sheets: SheetReader): Route[] =>
  withHead(
    context,
    withFollowed(context, [
      ...peopleRoutes(context),
      ...redactRoutes(context),
      ...projectRoutes(context),
      ...assignmentRoutes(context),
      ...leaveRoutes(context),
      ...holidayRoutes(context),
      ...teamRoutes(context),
      ...volunteerRoutes(context),
      ...wishRoutes(context),
      ...openingRoutes(context),
      ...viewRoutes(context),
      ...weekNoteRoutes(context),
      ...rateRoutes(context),
      ...budgetRoutes(context),
      ...settingsRoutes(context),
      ...snapshotRoutes(context),
      ...changesRoutes(context),
      ...figuresRoutes(context),
      ...burnRoutes(context),
      ...rowsRoutes(context),
      ...heatmapRoutes(context),
      ...freeRoutes(context),
      ...timelineRoutes(context),
      ...candidateRoutes(context),
      ...decisionRoutes(context),
      ...skillRoutes(context),
      ...sampleRoutes(context),
      ...sheetRoutes(context, sheets),
      ...movingRoutes(context, sheets),
      ...planRoutes(context),
      ...csvRoutes(context),
      ...feedRoutes(context),
      ...followingRoutes(context),
    ]),
  );

/** People, projects, assignments, leave, holidays, teams, skills, offers, wishes, open places, rates and budgets as one log of change sets, and every figure that follows from them. */
export function createStaffing({
  store,
  bus,
  cache,
  clock,
  log: logger,
  verify,
  disks,
  pollMs,
  snapshotEvery,
  othersAfterMs = 5000,
  planning = {},
}: StaffingDeps): Staffing {
  const log = withReaders(store.log<ChangeSet>('changes', { redacts: redactionIn, upcasts: changeSetUpcasts }), store);
  const replica = replicaOf({ log, logger, ...(pollMs ? { pollMs } : {}), ...(snapshotEvery ? { snapshotEvery } : {}) });
  let epoch = '';
  const context: StaffingContext = { log, replica, commit: committer(log, replica), cache, clock, epoch: () => epoch };
  const metrics = createMetrics('staffing');
  const sent = metrics.counter('events_published_total', 'Events that the bus has taken');
  const relay = relayLog<ChangeSet>({
    log,
    bus,
    othersAfterMs,
    toEvents: (entry) => eventsOf(epoch, entry),
    notify: (notice) => logger.warn({ notice }, 'staffing events wait'),
    published: (count) => sent.inc(count),
  });
  metrics.gauge('oldest_unsent_event_seconds', 'Age of the oldest event that waits to be published', () => relay.oldestUnsent());
  metrics.gauge('staffing_head', 'Number of the newest change set in memory', () => replica.current().state.head);
  const sheets = createSheetReader();
  const plans = store.collection(planCollection);
  const queue = planQueue({ context, plans, log: logger, ...planning });
  metrics.jobs({ plan: queue });
  const routes = routesOf({ ...context, plans, queue }, sheets);
  const checks = {
    vital: { store: store.ping, schema: fitsSchema(store), 'staffing log': () => replica.loaded },
    other: { bus: bus.health, cache: cache.health },
  };
  metrics.dependencies(checks);
  const missing = () => missingOf(checks);
  const details = async () => ({ oldestUnsent: await relay.oldestUnsent(), head: replica.current().state.head });
  return {
    name: 'staffing',
    app: createApp({ name: 'staffing', routes, verify, log: logger, metrics, missing, details, disks }),
    routes,
    missing,
    async start() {
      epoch = await store.epoch();
      await replica.start();
      relay.start();
      queue.start();
    },
    async stop() {
      await queue.stop();
      await sheets.close();
      await relay.stop();
      await replica.stop();
    },
    async snapshot() {
      await replica.catchUp();
      return snapshotEvents(epoch, replica.current());
    },
  };
}
