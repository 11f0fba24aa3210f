import { GiveUp, JobEnded, type JobKind, type Jobs, jobsOf } from '@sidekick/jobs';
import { Conflict, DomainError, type Logger, Unavailable } from '@sidekick/service-kit';
import type { Collection } from '@sidekick/store';
import { figuresAt } from '../figures/index.ts';
import { workerHeaps } from '../plan/heaps.ts';
import { problemOf } from '../plan/problem.ts';
import { type PlanOutcome, type PlanProgress, solvePlan } from '../plan/solve.ts';
import type { StaffingContext } from '../routing/context.ts';
import { answerOf } from './answer.ts';
import { errorView } from './locks.ts';
import { forgottenBefore, type Plan, type PlanIndex, planForm } from './plan.ts';

export interface PlanQueue extends Pick<Jobs<Plan>, 'get' | 'cancel' | 'start'> {
  /** Keeps a plan until its turn comes. Throws Unavailable `plans-wait` when too many wait, and a Conflict while the process stops. */
  submit(plan: Plan): Promise<void>;
  /** Plans that wait before this one; 0 when it does not wait. */
  ahead(plan: Plan): Promise<number>;
  /** Plans that run and that wait for their turn, over all processes; at most 50 each are counted. */
  running(): Promise<number>;
  waiting(): Promise<number>;
  stop(): Promise<void>;
}

export interface PlanQueueOptions {
  context: StaffingContext;
  plans: Collection<Plan, PlanIndex>;
  log: Logger;
  /** How a problem is solved; HiGHS in a worker by default. */
  solve?: typeof solvePlan;
  /** Seconds after its limit at which a solve that goes on is given up. */
  graceSeconds?: number;
}

const mostWaiting = 20;
const mostCounted = 50;
const sweepMs = 3_600_000;

/** Solves plans as jobs, one at a time a process of the service and so at most one a processor; each ends by its limit of time, whatever the search does. */
export function planQueue(options: PlanQueueOptions): PlanQueue {
  const { plans, log, context } = options;
  const { clock } = context;
  const jobs = jobsOf<Plan, PlanIndex>({
    collection: plans,
    form: planForm,
    kind: planKind(options),
    trouble: (err, what) => log.warn({ err }, `plans: ${what}`),
    // When a plan was asked for is told by the clock of the installation, which may have been moved.
    time: { now: () => clock.now(), elapsed: () => performance.now() },
  });
  let sweeping: NodeJS.Timeout | undefined;
  const sweep = () => {
    sweepPlans(plans, clock.now()).catch((err: unknown) => log.warn({ err }, 'old plans stay until the next sweep'));
  };
  const waiting = () => jobs.count('waiting', mostCounted);
  return {
    get: jobs.get,
    cancel: jobs.cancel,
    running: () => jobs.count('running', mostCounted),
    waiting,
    async submit(plan) {
      if ((await waiting()) >= mostWaiting)
        throw new Unavailable('plans-wait', 'Many plans wait for their turn; cancel one, or try again later', { retryAfter: 30 });
      await jobs.submit(plan).catch((error: unknown) => {
        throw error instanceof JobEnded ? new Conflict('stopping', 'The portal is stopping; try again') : error;
      });
    },
    async ahead({ _id, state, dueAt }) {
      if (state !== 'waiting') return 0;
      const { items } = await plans.query({ index: 'by-state', equals: { state: 'waiting' }, range: { lte: dueAt }, limit: mostCounted });
      return items.filter(({ doc }) => doc._id !== _id).length;
    },
    start() {
      jobs.start();
      clearInterval(sweeping);
      sweep();
      sweeping = setInterval(sweep, sweepMs).unref();
    },
    async stop() {
      clearInterval(sweeping);
      await jobs.stop();
    },
  };
}

/** Forgets plans of the oldest day of ends that has run out. */
export async function sweepPlans(plans: Collection<Plan, PlanIndex>, now: Date): Promise<number> {
  const { items } = await plans.query({ index: 'by-end', range: { gt: '', lt: forgottenBefore(now) }, limit: 1 });
  const endedDay = items[0]?.doc.endedDay;
  return endedDay == null ? 0 : plans.erase({ index: 'by-end', equals: { endedDay } });
}

/** A plan is tried once: whoever wants it made again asks with the records as they are then. */
const planKind = (options: PlanQueueOptions): JobKind<Plan> => ({
  tries: 1,
  waitAfter: () => 0,
  atOnce: workerHeaps.solver.processes,
  run: ({ doc, signal }) => run(options, doc, signal),
  reasonOf: (error) => wordsFor(error, options.log),
});

async function run({ context, solve = solvePlan, graceSeconds = 10 }: PlanQueueOptions, plan: Plan, signal: AbortSignal): Promise<void> {
  await context.replica.catchUp();
  const figures = figuresAt(context.replica.current().state);
  const today = context.clock.today();
  const problem = problemOf(figures, plan.request, today);
  const answered = (outcome: PlanOutcome) => answerOf(figures, plan.request, problem, outcome, today);
  let best: PlanProgress | undefined;
  const onProgress = (progress: PlanProgress) => {
    best = progress;
    plan.progress = progressOf(progress);
  };
  const work = (ends: AbortSignal) => solve(problem, { seconds: plan.request.seconds, signal: ends, onProgress });
  try {
    const outcome = await inTime(plan.request.seconds + graceSeconds, signal, work);
    if ('error' in outcome) plan.error = errorView(outcome.error);
    else plan.answer = answered(outcome);
  } catch (error) {
    // Who stops a search may take what it had found.
    if (isCancelled(error) && best && best.plan.length > 0) plan.answer = answered(stoppedAt(best));
    throw error;
  }
}

const isCancelled = (error: unknown): boolean => error instanceof JobEnded && error.why === 'cancelled';

/** What a search had come to when it was stopped: goals before the one that it worked on are proven. */
const stoppedAt = ({ level, vector, bound, seconds, plan }: PlanProgress): PlanOutcome => ({
  ...{ status: 'bound', plan, vector, seconds },
  bound: vector.map((value, at) => (at + 1 < level ? value : at + 1 === level ? (bound[at] ?? null) : null)),
});

/** The work, or an error when it has not ended after so many seconds: what it does then is no more of this plan. */
async function inTime<R>(seconds: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<R>): Promise<R> {
  const late = AbortSignal.timeout(seconds * 1_000);
  const ends = AbortSignal.any([signal, late]);
  const ended = new Promise<never>((_, reject) => {
    const end = () =>
      reject(signal.aborted ? signal.reason : new GiveUp('The search did not end by its limit of time; nothing was changed'));
    if (ends.aborted) end();
    else ends.addEventListener('abort', end, { once: true });
  });
  return Promise.race([work(ends), ended]);
}

const progressOf = ({ level, vector, bound, gap, seconds, plan }: PlanProgress): NonNullable<Plan['progress']> => {
  const [o1, o2, o3, o4] = vector;
  return {
    level,
    vector: [o1, o2, o3, o4],
    ...{ bound: bound[level - 1] ?? null, gap, seconds },
    filled: plan.reduce((sum, { weeks }) => sum + weeks.length, 0),
  };
};

function wordsFor(error: unknown, log: Logger): string {
  if (error instanceof JobEnded && error.why === 'died') return 'The process that made it ended. Nothing was changed; ask for it again';
  if (error instanceof JobEnded) return 'It was ended. Nothing was changed; ask for it again';
  if (error instanceof DomainError) return error.message;
  log.error({ err: error }, 'a plan failed');
  return 'The search failed inside; the log says why. Nothing was changed; ask for it again';
}
