import { ChangeAnswer, ChangeRequest, ChangeSetView, digits, type Identity, PreviewAnswer } from '@sidekick/contracts';
import { Conflict, NotFound, type Route, type RouteRequest, route } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { z } from 'zod';
import { answerOf } from '../access/mask.ts';
import { decide, weigh } from '../deciding/decide.ts';
import { type Asked, draft } from '../deciding/draft.ts';
import { undo } from '../deciding/undo.ts';
import type { StaffingContext } from '../routing/context.ts';
import { changeSetView, isThereFor } from './history.ts';
import { keptInBefore } from './kept-in.ts';
import { previewOf } from './preview.ts';
import { AcceptQuery, decisionContextOf, forReader } from './write.ts';

const writers = ['manager', 'engineer'] as const;
const Numbered = z.strictObject({ number: digits(z.int().min(1)) });
/** A little above the 4 MB of a change set, whose own limit is told in words. */
const bodyLimit = 5 * 1024 * 1024;

const asked = ({ commands }: ChangeRequest): Asked[] =>
  commands.map((command, index) => ({
    ...command,
    at: { id: `commands.${index}.id`, body: `commands.${index}.${command.do === 'change' ? 'patch' : 'record'}` },
  }));

export const changesRoutes = (context: StaffingContext): Route[] => [
  changeRoute(context),
  previewRoute(context),
  readRoute(context),
  undoRoute(context),
];

function changeRoute(context: StaffingContext): Route {
  return route({
    method: 'post',
    path: '/changes',
    operation: 'change',
    summary: 'Commits a change set: all of its commands or none. The same id again answers what is stored',
    access: writers,
    body: ChangeRequest,
    bodyLimit,
    answers: { 201: ChangeAnswer },
    problems: [409, 412, 413],
    async handle({ body, identity: actor }) {
      const deciding = () => decisionContextOf(context, actor, body);
      const entry = await context
        .commit(body.id, actor.account, (ledger) => decide(ledger, asked(body), deciding()))
        .catch((error: unknown) => {
          throw forReader(error, actor);
        });
      return { status: 201, body: answerOf(entry, actor) };
    },
  });
}

function previewRoute(context: StaffingContext): Route {
  return route({
    method: 'post',
    path: '/changes/preview',
    operation: 'previewChange',
    summary: 'What a change set would break, and the touched weeks before and after; writes nothing',
    access: writers,
    body: ChangeRequest,
    bodyLimit,
    answers: { 200: PreviewAnswer },
    problems: [409, 412, 413],
    async handle({ body, identity: actor }) {
      await context.replica.catchUp();
      const ledger = context.replica.current();
      try {
        return {
          status: 200,
          body: previewOf(ledger.state.head, weigh(ledger, draft(ledger, asked(body), actor), decisionContextOf(context, actor, body))),
        };
      } catch (error) {
        throw forReader(error, actor);
      }
    },
  });
}

function undoRoute(context: StaffingContext): Route {
  return route({
    method: 'post',
    path: '/changes/{number}/undo',
    operation: 'undoChange',
    summary: 'Commits the inverse of a change set while nothing it touched has changed since; else 409 `changed-since` says what did',
    access: writers,
    params: Numbered,
    query: AcceptQuery,
    answers: { 201: ChangeAnswer },
    problems: [404, 409, 413],
    handle: async ({
      params: { number },
      query,
      identity: actor,
    }: RouteRequest<z.infer<typeof Numbered>, AcceptQuery, undefined, typeof writers>) => {
      const [undone] = await context.log.read(number - 1, 1);
      if (!undone || !isThereFor(actor, context.replica.current(), number))
        throw new NotFound('no-change-set', 'There is no change set of this number');
      const deciding = () => decisionContextOf(context, actor, query);
      const keptIn = await keptInBefore(context, number);
      try {
        const entry = await context.commit(ulid(), actor.account, (ledger) => undo(ledger, undone, deciding(), keptIn));
        return { status: 201, body: answerOf(entry, actor) };
      } catch (error) {
        throw await withSince(context, error, actor);
      }
    },
  });
}

/** `changed-since` names numbers; whoever is refused is told what those change sets did. */
async function withSince(context: StaffingContext, error: unknown, reader: Identity): Promise<unknown> {
  if (!(error instanceof Conflict) || error.code !== 'changed-since') return error;
  const numbers = error.details['numbers'] as number[];
  const entries = await Promise.all(numbers.slice(-20).map(async (number) => (await context.log.read(number - 1, 1)).at(0)));
  const ledger = context.replica.current();
  const views = entries.flatMap((entry) =>
    entry && isThereFor(reader, ledger, entry.number) ? [changeSetView(ledger, entry, reader)] : [],
  );
  const changedBy = views.map(({ number, at, by, summary }) => ({ number, at, by, summary }));
  const last = changedBy.at(-1);
  const title = last ? `Changed again since by ${last.by.name}: ${last.summary}` : error.message;
  return new Conflict('changed-since', title, { numbers, changedBy });
}

const readRoute = (context: StaffingContext): Route =>
  route({
    method: 'get',
    path: '/changes/{number}',
    operation: 'readChange',
    summary: 'One change set',
    access: 'signed-in',
    params: Numbered,
    answers: { 200: ChangeSetView },
    problems: [404],
    async handle({ params: { number }, identity }) {
      await context.replica.reach(number, 0);
      const [entry] = await context.log.read(number - 1, 1);
      if (!entry || !isThereFor(identity, context.replica.current(), number))
        throw new NotFound('no-change-set', 'There is no change set of this number');
      return { status: 200, body: changeSetView(context.replica.current(), entry, identity) };
    },
  });
