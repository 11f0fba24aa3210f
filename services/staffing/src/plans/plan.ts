import {
  PlanAcceptance,
  PlanAnswer,
  PlanError,
  PlanProgress,
  PlanRequest,
  type PlanSummary,
  type PlanView,
  Ulid,
} from '@sidekick/contracts';
import type { JobForm } from '@sidekick/jobs';
import type { CollectionDef } from '@sidekick/store';
import { z } from 'zod';
import { type Ledger, undoneBy } from '../log/ledger.ts';

/** A plan: the job that makes it, what was asked, how it goes and what came of it. It names people by ids alone. */
export const Plan = z.strictObject({
  _id: Ulid,
  state: z.enum(['waiting', 'running', 'done', 'dead', 'cancelled']),
  owner: z.string().nullable(),
  beatAt: z.number(),
  tries: z.int(),
  dueAt: z.number(),
  /** Account of who asked for it, and of who cancelled it. */
  by: z.string(),
  cancelledBy: z.string().nullable(),
  askedAt: z.number(),
  endedAt: z.number().nullable(),
  /** UTC day of the end: what is too old is forgotten a day at a time. */
  endedDay: z.string().nullable(),
  reason: z.string().nullable(),
  request: PlanRequest,
  progress: PlanProgress.nullable(),
  error: PlanError.nullable(),
  answer: PlanAnswer.nullable(),
  accepted: z.array(PlanAcceptance.omit({ stands: true })),
});
export type Plan = z.infer<typeof Plan>;
export type PlanIndex = 'by-id' | 'by-state' | 'by-end';

export const plans = {
  name: 'plans',
  schema: Plan,
  indexes: { 'by-id': ['_id'], 'by-state': ['state', 'dueAt', '_id'], 'by-end': ['endedDay'] },
} satisfies CollectionDef<Plan, PlanIndex>;

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

export const planForm: JobForm<Plan, PlanIndex> = {
  read: ({ state, owner, beatAt, tries, dueAt, cancelledBy, endedAt, reason }) => ({
    ...{ state, key: null, owner, beatAt, tries, dueAt },
    ...{ cancelledBy, endedAt, reason },
  }),
  write: (plan, { key: _none, ...standing }) => ({
    ...plan,
    ...standing,
    endedDay: standing.endedAt === null ? null : dayOf(standing.endedAt),
  }),
  in: (state) => ({ index: 'by-state', equals: { state } }),
  due: (now) => ({ index: 'by-state', equals: { state: 'waiting' }, range: { lte: now } }),
};

export function newPlan(_id: string, request: PlanRequest, by: string, now: Date): Plan {
  const at = now.getTime();
  return {
    ...{ _id, request, by, askedAt: at, dueAt: at, beatAt: at },
    ...{ state: 'waiting', owner: null, tries: 0, cancelledBy: null },
    ...{ endedAt: null, endedDay: null, reason: null, progress: null, error: null, answer: null, accepted: [] },
  };
}

const instant = (ms: number): string => new Date(ms).toISOString();

/** What stands of a plan's choices: an undo takes an acceptance back, and its own undo brings it again. */
const acceptancesOf = ({ accepted }: Plan, { history }: Ledger): PlanView['accepted'] =>
  accepted.map((one) => ({ ...one, stands: undoneBy(history, one.number) === null }));

export const planView = (plan: Plan, ahead: number, ledger: Ledger): PlanView => ({
  id: plan._id,
  ...{ state: plan.state, by: plan.by, ahead, request: plan.request, progress: plan.progress },
  ...{ askedAt: instant(plan.askedAt), endedAt: plan.endedAt === null ? null : instant(plan.endedAt) },
  reason: plan.state === 'dead' ? plan.reason : null,
  ...{ error: plan.error, answer: plan.answer, accepted: acceptancesOf(plan, ledger) },
});

export function planSummary(plan: Plan, ledger: Ledger): PlanSummary {
  const { request, progress: _progress, answer, ...rest } = planView(plan, 0, ledger);
  const outcome = answer && {
    ...{ status: answer.status, vector: answer.vector, slots: answer.slots, filled: answer.filled, seconds: answer.seconds },
  };
  return { ...rest, weeks: request.weeks, outcome };
}

/** Whole days for which a plan is kept after its end. */
const keptDays = 100;
const msPerDay = 86_400_000;

/** The last UTC day whose plans are forgotten now. */
export const forgottenBefore = (now: Date): string => dayOf(now.getTime() - keptDays * msPerDay);
