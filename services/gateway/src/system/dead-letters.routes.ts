import {
  DeadLetterAuditEntry,
  DeadLetterBody,
  DeadLetterView,
  DiscardReason,
  digits,
  ListQuery,
  listOf,
  ReplayAnswer,
} from '@sidekick/contracts';
import { type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import type { DeadLetterAudit } from './dead-letter-audit.ts';
import type { DeadLetters } from './dead-letters.ts';
import { DurableQueue } from './queues.ts';

const OneLetter = z.strictObject({ queue: DurableQueue, id: z.string().min(1).max(300) });
/** Of an event that died at several replicas: which of them is meant. */
const AtReplica = z.strictObject({ replica: digits(z.int().min(0).max(1_000)).optional() });
const ops = ['ops'] as const;

/** For ops alone: a dead letter is an event as it was received, and may hold what its readers would not be shown. */
export const deadLettersRoutes = ({ letters, deadLetterAudit }: { letters: DeadLetters; deadLetterAudit: DeadLetterAudit }): Route[] => [
  route({
    method: 'get',
    path: '/system/dead-letters',
    operation: 'listDeadLetters',
    summary: 'Events that no try could handle, oldest first, without their bodies',
    access: ops,
    query: ListQuery.extend({ queue: DurableQueue.optional() }),
    answers: { 200: listOf(DeadLetterView) },
    handle: async ({ query: { queue, limit, cursor } }) => ({ status: 200, body: await letters.list(queue, limit, cursor) }),
  }),
  route({
    method: 'get',
    path: '/system/dead-letters/{queue}/{id}',
    operation: 'readDeadLetter',
    summary: 'A dead letter with its body as received',
    access: ops,
    params: OneLetter,
    query: AtReplica,
    answers: { 200: DeadLetterBody },
    problems: [404],
    handle: async ({ params, query }) => ({ status: 200, body: await letters.read({ ...params, ...query }) }),
  }),
  route({
    method: 'post',
    path: '/system/dead-letters/{queue}/{id}/replay',
    operation: 'replayDeadLetter',
    summary: 'Sends a dead letter to its queue again, with no try counted',
    access: ops,
    params: OneLetter,
    query: AtReplica,
    answers: { 204: null },
    problems: [404, 409],
    handle: async ({ params, query, identity }) => {
      await letters.replay({ ...params, ...query }, identity);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/system/dead-letters/{queue}/replay',
    operation: 'replayQueue',
    summary: 'Sends every dead letter of a queue again, as far as it comes in ten seconds',
    access: ops,
    params: z.strictObject({ queue: DurableQueue }),
    answers: { 200: ReplayAnswer },
    handle: async ({ params, identity }) => ({
      status: 200,
      body: { replayed: await letters.replayAll(params.queue, identity) },
    }),
  }),
  route({
    method: 'post',
    path: '/system/dead-letters/{queue}/{id}/discard',
    operation: 'discardDeadLetter',
    summary: 'Gives a dead letter up for good; the reason is kept',
    access: ops,
    params: OneLetter,
    query: AtReplica,
    body: DiscardReason,
    answers: { 204: null },
    problems: [404],
    handle: async ({ params, query, body, identity }) => {
      await letters.discard({ ...params, ...query }, identity, body.reason);
      return { status: 204 };
    },
  }),
  route({
    method: 'get',
    path: '/system/deeds',
    operation: 'listDeadLetterDeeds',
    summary: 'What was done with dead letters and by whom, newest first',
    access: ops,
    query: ListQuery,
    answers: { 200: listOf(DeadLetterAuditEntry) },
    handle: async ({ query: { limit, cursor } }) => ({ status: 200, body: await deadLetterAudit.list(limit, cursor) }),
  }),
];
