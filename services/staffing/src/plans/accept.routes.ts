import { type Week, weekOf } from '@sidekick/calendar';
import {
  ChangeAnswer,
  type Identity,
  PlanAcceptRequest,
  type PlanAnswer,
  type PlanChoice,
  PlanCompareRequest,
  PlanComparison,
} from '@sidekick/contracts';
import { Conflict, DomainError, type Route, route } from '@sidekick/service-kit';
import { StaleVersion } from '@sidekick/store';
import { answerOf } from '../access/mask.ts';
import { changeSetView, readNumbers } from '../changes/history.ts';
import { decisionContextOf, forReader } from '../changes/write.ts';
import { decide, type Weighed, weigh } from '../deciding/decide.ts';
import { draft } from '../deciding/draft.ts';
import { figuresAt } from '../figures/index.ts';
import { type Ledger, undoneBy } from '../log/ledger.ts';
import { chosenOf, commandsOf, subjectsOf } from './choices.ts';
import { planFiguresOf } from './compare.ts';
import { type PlanContext, PlanParams, planners, planOf } from './context.ts';
import { movedSince } from './moved.ts';
import type { Plan } from './plan.ts';

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
async function toldOf({ log, replica }: PlanContext, numbers: readonly number[], reader: Identity) {
  const entries = await readNumbers(log, numbers.slice(-mostTold).reverse());
  const ledger = replica.current();
  return entries.reverse().map((entry) => {
    const { number, at, by, summary } = changeSetView(ledger, entry, reader);
    return { number, at, by, summary };
  });
}

export const compareRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans/{id}/compare',
    operation: 'comparePlan',
    summary: 'The weeks of a plan as they stand and with some of its choices confirmed, and what changed since it was made; writes nothing',
    access: planners,
    params: PlanParams,
    body: PlanCompareRequest,
    answers: { 200: PlanComparison },
    problems: [404, 409, 412],
    async handle({ params: { id }, body, identity }) {
      const { plan, answer } = await answered(context, id);
      await context.replica.catchUp();
      const ledger = context.replica.current();
      const choices = chosenOf(answer, body.choices);
      const changed = movedFor(ledger, plan, answer, choices);
      const [first, last] = rangeOf(plan);
      const before = figuresAt(ledger.state);
      const weighed = weighedWith(context, ledger, notYet(plan, ledger, choices), identity, changed.length > 0);
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

/** Both sides of some choices; null without any, and where what changed meanwhile has made them impossible. */
function weighedWith(
  context: PlanContext,
  ledger: Ledger,
  choices: readonly PlanChoice[],
  actor: Identity,
  hasMoved: boolean,
): Weighed | null {
  const there = choices.filter(({ person, project }) => ledger.state.person.has(person) && ledger.state.project.has(project));
  if (there.length === 0) return null;
  try {
    return weigh(ledger, draft(ledger, commandsOf(there, 'confirmed'), actor), decisionContextOf(context, actor, {}));
  } catch (error) {
    if (hasMoved && error instanceof DomainError) return null;
    throw error;
  }
}

/** Those of some choices that are no assignments yet. */
function notYet(plan: Plan, ledger: Ledger, choices: readonly PlanChoice[]): PlanChoice[] {
  const done = new Set(standing(plan, ledger).flatMap((one) => one.choices));
  return choices.filter(({ id }) => !done.has(id));
}

export const acceptRoute = (context: PlanContext): Route =>
  route({
    method: 'post',
    path: '/plans/{id}/accept',
    operation: 'acceptPlan',
    summary:
      'Makes choices of a plan assignments, all or none, while nothing that they rest on has changed; else 409 `plan-moved` says what did',
    access: planners,
    params: PlanParams,
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
async function withChanges(context: PlanContext, error: unknown, reader: Identity): Promise<unknown> {
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
