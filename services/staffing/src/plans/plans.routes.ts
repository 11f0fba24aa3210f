import { type Week, weekOf } from '@sidekick/calendar';
import {
  ChangeAnswer,
  mostPlanWeeks,
  PlanAcceptRequest,
  type PlanAnswer,
  type PlanChoice,
  PlanCompareRequest,
  PlanComparison,
  PlanList,
  PlanRequest,
  PlansQuery,
  PlanView,
  Ulid,
} from '@sidekick/contracts';
import { Conflict, type FieldError, InvalidInput, NotFound, type Route, route } from '@sidekick/service-kit';
import { type Collection, StaleVersion } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import { answerOf } from '../access/mask.ts';
import { changeSetView, readNumbers } from '../changes/history.ts';
import { decisionContextOf, forReader } from '../changes/write.ts';
import { decide, weigh } from '../deciding/decide.ts';
import { draft } from '../deciding/draft.ts';
import { figuresAt } from '../figures/index.ts';
import { type Ledger, undoneBy } from '../log/ledger.ts';
import type { StaffingContext } from '../routing/context.ts';
import { chosenOf, commandsOf, subjectsOf } from './choices.ts';
import { planFiguresOf } from './compare.ts';
import { movedSince } from './moved.ts';
import { newPlan, type Plan, type PlanIndex, planSummary, planView } from './plan.ts';
import type { PlanQueue } from './queue.ts';

const Params = z.strictObject({ id: Ulid });
const access = ['manager'] as const;
/** Projects of one plan at most. */
const mostProjects = 500;

/** What the routes of plans work with. */
export interface PlanContext extends StaffingContext {
  readonly plans: Collection<Plan, PlanIndex>;
  readonly queue: PlanQueue;
}

export const planRoutes = (context: PlanContext): Route[] => [
  askRoute(context),
  listRoute(context),
  readRoute(context),
  endRoute(context),
  compareRoute(context),
  acceptRoute(context),
];

async function planOf({ queue }: PlanContext, id: string): Promise<Plan> {
  const plan = await queue.get(id);
  if (!plan) throw new NotFound('no-plan', 'There is no such plan; it may have been removed');
  return plan;
}

const viewOf = async (context: PlanContext, plan: Plan) => planView(plan, await context.queue.ahead(plan), context.replica.current());

const askRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans',
    operation: 'plan',
    summary: 'Plans sidekicks for all gaps of some weeks at once; answers at once, the search goes on',
    access,
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
    access,
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
    access,
    params: Params,
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
    access,
    params: Params,
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

/** A plan that has an answer. Throws NotFound, and Conflict `no-answer`. */
async function answered(context: PlanContext, id: string): Promise<{ plan: Plan; answer: PlanAnswer }> {
  const plan = await planOf(context, id);
  if (!plan.answer) throw new Conflict('no-answer', 'This plan has no answer yet');
  return { plan, answer: plan.answer };
}

const rangeOf = ({ request }: Plan): [Week, Week] => [weekOf(request.weeks[0]) ?? 0, weekOf(request.weeks[1]) ?? 0];

/** Acceptances of a plan that nobody took back. */
const standing = ({ accepted }: Plan, { history }: Ledger) => accepted.filter(({ number }) => undoneBy(history, number) === null);

/** Change sets that touched what these choices rest on since the plan was made, but for its own. */
const movedFor = (ledger: Ledger, plan: Plan, answer: PlanAnswer, choices: readonly PlanChoice[]): number[] =>
  movedSince(ledger, answer.head, subjectsOf(choices), new Set(standing(plan, ledger).map(({ number }) => number)));

const mostTold = 20;

/** The newest of some change sets in words, ascending. */
async function toldOf({ log, replica }: PlanContext, numbers: readonly number[], reader: Parameters<typeof changeSetView>[2]) {
  const entries = await readNumbers(log, numbers.slice(-mostTold).reverse());
  const ledger = replica.current();
  return entries.reverse().map((entry) => {
    const { number, at, by, summary } = changeSetView(ledger, entry, reader);
    return { number, at, by, summary };
  });
}

const compareRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans/{id}/compare',
    operation: 'comparePlan',
    summary: 'The weeks of a plan as they stand and with some of its choices confirmed, and what changed since it was made; writes nothing',
    access,
    params: Params,
    body: PlanCompareRequest,
    answers: { 200: PlanComparison },
    problems: [404, 409, 412],
    async handle({ params: { id }, body, identity }) {
      const { plan, answer } = await answered(context, id);
      await context.replica.catchUp();
      const ledger = context.replica.current();
      const wanted = notYet(plan, ledger, chosenOf(answer, body.choices));
      const there = wanted.filter(({ person, project }) => ledger.state.person.has(person) && ledger.state.project.has(project));
      const [first, last] = rangeOf(plan);
      const before = figuresAt(ledger.state);
      const deciding = decisionContextOf(context, identity, {});
      const weighed = there.length > 0 ? weigh(ledger, draft(ledger, commandsOf(there, 'confirmed'), identity), deciding) : null;
      const changed = movedFor(ledger, plan, answer, chosenOf(answer, body.choices));
      return {
        status: 200,
        body: {
          head: ledger.state.head,
          before: planFiguresOf(before, first, last),
          after: planFiguresOf(weighed?.after ?? before, first, last),
          broken: [...(weighed?.broken ?? [])],
          changed,
          changedBy: await toldOf(context, changed, identity),
        },
      };
    },
  });

/** Those of some choices that are no assignments yet. */
function notYet(plan: Plan, ledger: Ledger, choices: readonly PlanChoice[]): PlanChoice[] {
  const done = new Set(standing(plan, ledger).flatMap((one) => one.choices));
  return choices.filter(({ id }) => !done.has(id));
}

const acceptRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans/{id}/accept',
    operation: 'acceptPlan',
    summary:
      'Makes choices of a plan assignments, all or none, while nothing that they rest on has changed; else 409 `plan-moved` says what did',
    access,
    params: Params,
    body: PlanAcceptRequest,
    answers: { 201: ChangeAnswer },
    problems: [404, 409, 412],
    async handle({ params: { id }, body, identity }) {
      const { plan, answer } = await answered(context, id);
      const chosen = chosenOf(answer, body.choices);
      const deciding = decisionContextOf(context, identity, body);
      const entry = await context
        .commit(body.id, identity.account, (ledger) => {
          const moved = movedFor(ledger, plan, answer, chosen);
          if (moved.length > 0)
            throw new Conflict('plan-moved', 'What these choices rest on has changed since the plan was made', { numbers: moved });
          const left = notYet(plan, ledger, chosen);
          if (left.length < chosen.length) throw new Conflict('already-accepted', 'Some of these choices were accepted already');
          return decide(ledger, commandsOf(left, body.state), deciding);
        })
        .catch(async (error: unknown) => {
          throw await withChanges(context, forReader(error, identity), identity);
        });
      await note(context, plan._id, {
        number: entry.number,
        at: entry.entry.at,
        state: body.state,
        choices: chosen.map((one) => one.id).sort((a, b) => a - b),
      });
      return { status: 201, body: answerOf(entry, identity) };
    },
  });

/** `plan-moved` names numbers; whoever is refused is told what those change sets did. */
async function withChanges(context: PlanContext, error: unknown, reader: Parameters<typeof changeSetView>[2]): Promise<unknown> {
  if (!(error instanceof Conflict) || error.code !== 'plan-moved') return error;
  const numbers = error.details['numbers'] as number[];
  const changedBy = await toldOf(context, numbers, reader);
  const last = changedBy.at(-1);
  const title = last ? `Changed since the plan was made, by ${last.by.name}: ${last.summary}` : error.message;
  return new Conflict('plan-moved', title, { numbers, changedBy });
}

/**
 * Keeps with the plan what was accepted of it. A process that dies before it leaves the assignments: they then count as a change since
 * the plan was made, so that nothing of it is accepted twice.
 */
async function note({ plans }: PlanContext, id: string, acceptance: Plan['accepted'][number]): Promise<void> {
  for (;;) {
    const stored = await plans.get(id);
    if (!stored || stored.doc.accepted.some(({ number }) => number === acceptance.number)) return;
    try {
      await plans.replace(stored, { ...stored.doc, accepted: [...stored.doc.accepted, acceptance] });
      return;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
}
