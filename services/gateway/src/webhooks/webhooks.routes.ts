import {
  ListQuery,
  listOf,
  Ulid,
  WebhookAnswer,
  WebhookCreate,
  WebhookDeed,
  WebhookDeliveries,
  WebhookDelivery,
  WebhookPatch,
  Webhooks as WebhooksAnswer,
  WebhookView,
} from '@sidekick/contracts';
import { etag, ifMatch, type Route, route } from '@sidekick/service-kit';
import { z } from 'zod';
import { byTheirOwnHand } from '../sessions/callers.ts';
import type { Webhooks } from './webhooks.ts';

const access = ['manager', 'ops'] as const;
const params = z.strictObject({ id: Ulid });
const OneDelivery = z.strictObject({ id: Ulid, delivery: z.string().min(1).max(400) });

/** Made, changed and removed by somebody at a browser: a token that leaked cannot have itself told of everything from then on. */
export const webhooksRoutes = ({ webhooks }: { webhooks: Webhooks }): Route[] => [
  route({
    method: 'get',
    path: '/webhooks',
    operation: 'listWebhooks',
    summary: 'Where events are sent to, oldest first, with how each fares; without their secrets; at most 50',
    access,
    answers: { 200: WebhooksAnswer },
    handle: async () => ({ status: 200, body: { items: await webhooks.list(), nextCursor: null } }),
  }),
  route({
    method: 'post',
    path: '/webhooks',
    operation: 'createWebhook',
    summary: 'Has events sent to an address from now on, signed as the Standard Webhooks specification says; its secret is shown once',
    access,
    body: WebhookCreate,
    bodyLimit: 10_000,
    reflects: true,
    answers: { 201: WebhookAnswer },
    problems: [409],
    handle: async ({ req, body }) => {
      const { view, secret } = await webhooks.create(body, byTheirOwnHand(req).identity);
      return { status: 201, headers: { etag: etag(view.version) }, body: { ...view, secret } };
    },
  }),
  route({
    method: 'get',
    path: '/webhooks/deeds',
    operation: 'listWebhookDeeds',
    summary: 'What was done with webhooks and by whom, newest first, kept for good',
    access,
    query: ListQuery,
    answers: { 200: listOf(WebhookDeed) },
    handle: async ({ query: { limit, cursor } }) => ({ status: 200, body: await webhooks.deeds.list(limit, cursor) }),
  }),
  route({
    method: 'patch',
    path: '/webhooks/{id}',
    operation: 'changeWebhook',
    summary: 'Name, address, events, on or off. It acts for whoever saved it last: once that account may no longer, nothing is sent',
    access,
    params,
    body: WebhookPatch,
    bodyLimit: 10_000,
    answers: { 200: WebhookView },
    problems: [404, 412, 428],
    handle: async ({ req, params: { id }, body }) => {
      const view = await webhooks.patch(id, ifMatch(req), body, byTheirOwnHand(req).identity);
      return { status: 200, headers: { etag: etag(view.version) }, body: view };
    },
  }),
  route({
    method: 'delete',
    path: '/webhooks/{id}',
    operation: 'removeWebhook',
    summary: 'Ends a webhook; what was sent to it is forgotten',
    access,
    params,
    answers: { 204: null },
    problems: [404],
    handle: async ({ req, params: { id } }) => {
      await webhooks.remove(id, byTheirOwnHand(req).identity);
      return { status: 204 };
    },
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/secret',
    operation: 'renewWebhookSecret',
    summary: 'Another secret, shown once; for 24 hours both sign',
    access,
    params,
    reflects: true,
    answers: { 200: WebhookAnswer },
    problems: [404],
    handle: async ({ req, params: { id } }) => {
      const { view, secret } = await webhooks.renew(id, byTheirOwnHand(req).identity);
      return { status: 200, headers: { etag: etag(view.version) }, body: { ...view, secret } };
    },
  }),
  ...deliveryRoutes(webhooks),
];

const deliveryRoutes = (webhooks: Webhooks): Route[] => [
  route({
    method: 'post',
    path: '/webhooks/{id}/test',
    operation: 'testWebhook',
    summary: 'Sends `sidekick.ping` once, now, and answers what came of it within ten seconds',
    access,
    params,
    answers: { 200: WebhookDelivery },
    problems: [404],
    handle: async ({ params: { id }, identity }) => ({ status: 200, body: await webhooks.test(id, identity) }),
  }),
  route({
    method: 'get',
    path: '/webhooks/{id}/deliveries',
    operation: 'listWebhookDeliveries',
    summary: 'What was sent and what came of it, newest first: 30 days, at most 1,000',
    access,
    params,
    query: ListQuery,
    answers: { 200: WebhookDeliveries },
    problems: [404],
    handle: async ({ params: { id }, query: { limit, cursor } }) => ({
      status: 200,
      body: await webhooks.deliveriesOf(id, limit, cursor),
    }),
  }),
  route({
    method: 'post',
    path: '/webhooks/{id}/deliveries/{delivery}/replay',
    operation: 'replayWebhookDelivery',
    summary: 'Sends what was sent before once more, under the same `webhook-id`',
    access,
    params: OneDelivery,
    answers: { 202: WebhookDelivery },
    problems: [404, 409],
    handle: async ({ params: { id, delivery }, identity }) => ({ status: 202, body: await webhooks.replay(id, delivery, identity) }),
  }),
];
