import { ChangeAuthors, ChangeSetView, ChangesSince, FollowQuery, IsoDay, ListQuery, listOf, RecordKind, Ulid } from '@sidekick/contracts';
import { dayIn, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { viewFor } from '../access/view.ts';
import { readAuthors, readHistory } from '../changes/history.ts';
import type { StaffingContext } from '../routing/context.ts';
import { changesSince } from './since.ts';

const Ids = z.preprocess(
  (value) => (value === undefined || Array.isArray(value) ? value : [value]),
  z.array(Ulid).min(1).max(5).optional(),
);
const filters = {
  ...{ subject: Ulid.optional(), about: Ids, from: IsoDay.optional(), to: IsoDay.optional() },
  ...{ by: z.string().min(1).max(60).optional(), kind: RecordKind.optional() },
};
const HistoryQuery = ListQuery.extend({ ...filters, ...FollowQuery.partial().shape }).superRefine((query, { addIssue }) => {
  const isFollowing = query.after !== undefined;
  const wrong = isFollowing
    ? (['subject', 'about', 'by', 'kind', 'from', 'to', 'cursor'] as const).filter((name) => query[name] !== undefined)
    : (['view', 'weeks', 'history'] as const).filter((name) => query[name] !== undefined);
  for (const name of wrong) {
    addIssue({
      code: 'custom',
      path: [name],
      message: isFollowing ? 'What came after a head is not filtered' : 'This goes with `after` alone',
    });
  }
  if (query.subject !== undefined && query.about !== undefined)
    addIssue({ code: 'custom', path: ['about'], message: 'This goes without `subject`' });
  if (isFollowing && query.view === undefined) addIssue({ code: 'custom', path: ['view'], message: 'This goes with `after`' });
});

/** The log as it is read: the newest change sets, or all that came after a head with what it changed on screen. */
export const followingRoutes = (context: StaffingContext): Route[] => [
  route({
    method: 'get',
    path: '/changes',
    operation: 'listChanges',
    summary:
      'Who changed what, newest first; of one record with `subject`, of it and all that name it with `about` (several: of each of them), of an account with `by`, of a kind of record with `kind`, between two days with `from` and `to`. With `after` (a head) and `view` (`Staffing-View`): what came since, as it is put over what is held',
    access: 'signed-in',
    query: HistoryQuery,
    answers: { 200: z.union([listOf(ChangeSetView), ChangesSince]) },
    async handle({ query: { after, view, weeks, history, ...query }, identity }) {
      if (after !== undefined && view !== undefined) {
        return { status: 200, body: await changesSince(context, { after, view, weeks, history }, identity) };
      }
      const ledger = context.replica.current();
      const day = (instant: string) => dayIn(context.clock.timeZone, new Date(instant));
      return { status: 200, body: await readHistory(context.log, ledger, query, day, identity) };
    },
  }),
  route({
    method: 'get',
    path: '/changes/authors',
    operation: 'listChangeAuthors',
    summary: 'Whoever changed something, the last one first: what `by` of `GET /changes` takes',
    access: 'signed-in',
    answers: { 200: ChangeAuthors },
    async handle({ identity }) {
      return { status: 200, body: { items: await readAuthors(context.log, context.replica.current(), identity) } };
    },
  }),
];

const followHeader = 'staffing-follow';

const viewHeader = 'staffing-view';

/**
 * Every answer tells the view that it was read in. A writer who says what they hold gets it brought up with the answer: their screen
 * needs no other request.
 */
export const withFollowed = (context: StaffingContext, routes: readonly Route[]): Route[] =>
  routes.map((one) => ({
    ...one,
    async handle(request) {
      const header = one.method === 'get' ? undefined : request.req.headers[followHeader];
      const asked = header === undefined ? null : followedBy(String(header));
      request.res.setHeader(viewHeader, viewFor(context.epoch(), request.identity));
      const answer = await one.handle(request);
      if (!asked || !answer || !isChange(answer.body) || !request.identity) return answer;
      const { body } = answer;
      // What is committed is committed: a writer who is not told what they hold asks for it.
      const followed = await changesSince(context, asked, request.identity).catch((err: unknown) => {
        request.log.warn({ err }, 'what a writer holds was not brought up');
      });
      return followed ? { ...answer, body: { ...body, followed } } : answer;
    },
  }));

/** Null for what is not understood, as a newer release may send: the write counts, and its writer asks for what came. */
function followedBy(header: string): FollowQuery | null {
  return FollowQuery.safeParse(Object.fromEntries(new URLSearchParams(header))).data ?? null;
}

/** The answer of a committed change set. */
const isChange = (body: unknown): body is { number: number; items: unknown[] } =>
  typeof body === 'object' && body !== null && 'number' in body && 'items' in body;
