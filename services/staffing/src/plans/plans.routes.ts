import { weekOf } from '@sidekick/calendar';
import { mostPlanWeeks, PlanList, PlanRequest, PlansQuery, PlanView } from '@sidekick/contracts';
import { type FieldError, InvalidInput, type Route, route } from '@sidekick/service-kit';
import { StaleVersion } from '@sidekick/store';
import { ulid } from 'ulid';
import type { Ledger } from '../log/ledger.ts';
import { acceptRoute, compareRoute } from './accept.routes.ts';
import { type PlanContext, PlanParams, planners, planOf } from './context.ts';
import { newPlan, type Plan, planSummary, planView } from './plan.ts';

/** Projects of one plan at most. */
const mostProjects = 500;

export const planRoutes = (context: PlanContext): Route[] => [
  askRoute(context),
  listRoute(context),
  readRoute(context),
  endRoute(context),
  compareRoute(context),
  acceptRoute(context),
];

const viewOf = async (context: PlanContext, plan: Plan) => planView(plan, await context.queue.ahead(plan), context.replica.current());

const askRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans',
    operation: 'plan',
    summary: 'Plans sidekicks for all gaps of some weeks at once; answers at once, the search goes on',
    access: planners,
    body: PlanRequest,
    answers: { 202: PlanView },
    problems: [409],
    async handle({ body, identity }) {
      await context.replica.catchUp();
      refuseImpossible(context.replica.current(), body);
      const plan = newPlan(ulid(), body, identity.account, context.clock.now());
      await context.queue.submit(plan);
      return { status: 202, body: await viewOf(context, plan), headers: { location: `/api/v1/plans/${plan._id}` } };
    },
  });

/** Throws InvalidInput with everything that no search is needed for. */
function refuseImpossible({ state }: Ledger, { weeks, locks, forbid }: PlanRequest): void {
  const errors: FieldError[] = rangeErrors(weeks, 'weeks');
  if (state.project.size > mostProjects)
    errors.push({ path: 'weeks', message: `A plan is made for at most ${mostProjects} projects; there are ${state.project.size}` });
  const known = ({ person, project }: { person: string; project: string }, path: string) => {
    if (!state.person.has(person)) errors.push({ path: `${path}.person`, message: 'There is no such person' });
    if (!state.project.has(project)) errors.push({ path: `${path}.project`, message: 'There is no such project' });
  };
  for (const [index, lock] of locks.entries()) {
    known(lock, `locks.${index}`);
    errors.push(...rangeErrors(lock.weeks, `locks.${index}.weeks`));
  }
  for (const [index, pair] of forbid.entries()) known(pair, `forbid.${index}`);
  if (errors.length > 0) throw new InvalidInput('invalid-input', errors[0]?.message ?? '', errors.slice(0, 100));
}

function rangeErrors([from, to]: readonly [string, string], path: string): FieldError[] {
  const [first, last] = [weekOf(from), weekOf(to)];
  if (first === undefined || last === undefined)
    return [{ path, message: `${first === undefined ? from : to} is no week: that year has 52` }];
  if (last < first) return [{ path, message: `The last week is before the first: ${to} < ${from}` }];
  const count = last - first + 1;
  return count > mostPlanWeeks ? [{ path, message: `At most ${mostPlanWeeks} weeks; these are ${count}` }] : [];
}

const listRoute = (context: PlanContext): Route =>
  route({
    method: 'get',
    path: '/plans',
    operation: 'listPlans',
    summary: 'Plans, newest first; their choices are left to the single one',
    access: planners,
    query: PlansQuery,
    answers: { 200: PlanList },
    async handle({ query: { limit, cursor } }) {
      const { items, nextCursor } = await context.plans.query({ index: 'by-id', order: 'desc', limit, cursor });
      const now = await Promise.all(items.map(async ({ doc }) => (await context.queue.get(doc._id)) ?? doc));
      const ledger = context.replica.current();
      return { status: 200, body: { items: now.map((plan) => planSummary(plan, ledger)), nextCursor } };
    },
  });

const readRoute = (context: PlanContext): Route =>
  route({
    method: 'get',
    path: '/plans/{id}',
    operation: 'readPlan',
    summary: 'How a plan goes, and its answer: each choice with its reasons, what stays open and why',
    access: planners,
    params: PlanParams,
    answers: { 200: PlanView },
    problems: [404],
    async handle({ params: { id } }) {
      return { status: 200, body: await viewOf(context, await planOf(context, id)) };
    },
  });

const endRoute = (context: PlanContext): Route =>
  route({
    method: 'delete',
    path: '/plans/{id}',
    operation: 'endPlan',
    summary: 'Cancels a plan that waits or runs; one that has ended is removed. What was accepted of it stays',
    access: planners,
    params: PlanParams,
    answers: { 204: null },
    problems: [404],
    async handle({ params: { id }, identity }) {
      await planOf(context, id);
      if (await context.queue.cancel(id, identity.account)) return { status: 204 };
      for (;;) {
        const stored = await context.plans.get(id);
        if (!stored) return { status: 204 };
        try {
          await context.plans.remove(stored);
        } catch (error) {
          if (!(error instanceof StaleVersion)) throw error;
        }
      }
    },
  });
