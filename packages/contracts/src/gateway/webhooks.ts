import { z } from 'zod';
import { Instant, listOf, nameOf, Ulid } from '../common.ts';
import type { EventType } from '../events.ts';
import { topology } from '../topology.ts';

/** Every event that a webhook may be told of. */
export const webhookEvents = topology['gateway.webhooks'].events;
/** Of these a manager's webhook alone is told. */
export const managersEvents: ReadonlySet<EventType> = new Set<EventType>(['staffing.for-managers.changed.v1']);
/** What a test sends, so that a receiver can tell it from an event. */
export const webhookPing = 'sidekick.ping';

const WebhookEvent = z.enum(webhookEvents);
const WebhookUrl = z.string().trim().min(1, 'Type where the events are to go').max(2_000);
const Events = z.array(WebhookEvent).min(1, 'Choose what it is to be told of').max(webhookEvents.length);

/** `POST /webhooks`. */
export const WebhookCreate = z.strictObject({ name: nameOf(120), url: WebhookUrl, events: Events });
/** `PATCH /webhooks/{id}` with `If-Match`. Who saves it is whom it acts for from then on. */
export const WebhookPatch = z.strictObject({
  name: nameOf(120).optional(),
  url: WebhookUrl.optional(),
  events: Events.optional(),
  on: z.boolean().optional(),
});

/** Why nothing is sent: somebody stopped it, it failed for days, the receiver answered 410, or whom it acts for may no longer. */
export const WebhookStop = z.enum(['asked', 'failed', 'gone', 'owner']);

export const WebhookView = z.strictObject({
  id: Ulid,
  version: z.number().int().min(1),
  name: z.string(),
  url: z.string(),
  /** As words, not from a closed list: a newer release has more. */
  events: z.array(z.string()),
  /** Null: it is on. */
  stopped: WebhookStop.nullable(),
  /** Whom it acts for; null: the account is gone. */
  by: z.strictObject({ id: Ulid, name: z.string() }).nullable(),
  createdAt: Instant,
  /** The last answer of 2xx. */
  lastOkAt: Instant.nullable(),
  /** Since when nothing has been taken; null while it works. After five days it stops. */
  failingSince: Instant.nullable(),
  /** Until when the secret before the newest signs too. */
  oldSecretUntil: Instant.nullable(),
});
export type WebhookView = z.infer<typeof WebhookView>;
/** `secret` is shown once. */
export const WebhookAnswer = WebhookView.extend({ secret: z.string() });
export const Webhooks = z.strictObject({ items: z.array(WebhookView), nextCursor: z.null() });

/** One event for one webhook, with its last try. */
export const WebhookDelivery = z.strictObject({
  id: z.string(),
  /** What `webhook-id` of the request says: the same for every try and every replay. */
  event: z.string(),
  type: z.string(),
  subject: z.string(),
  state: z.enum(['waiting', 'sending', 'taken', 'given up']),
  askedAt: Instant,
  tries: z.number().int(),
  /** When the next try is due; null: none is. */
  nextAt: Instant.nullable(),
  /** Why the last try failed, in words; null where it did not. */
  reason: z.string().nullable(),
  /** Of the last try: null before the first has ended. */
  last: z
    .strictObject({
      at: Instant,
      /** Null where there was no answer. */
      status: z.number().int().nullable(),
      milliseconds: z.number().int(),
      /** The first 1,024 bytes of the answer. */
      answer: z.string(),
    })
    .nullable(),
  /** Whether it was sent again on somebody's wish. */
  replay: z.boolean(),
});
export type WebhookDelivery = z.infer<typeof WebhookDelivery>;
export const WebhookDeliveries = listOf(WebhookDelivery);

/** What was done with webhooks, kept for good. */
export const WebhookDeed = z.strictObject({
  id: Ulid,
  at: Instant,
  did: z.enum(['made', 'changed', 'removed', 'secret', 'stopped', 'tested', 'replayed']),
  /** Null: the portal itself, or the account is gone. */
  by: z.strictObject({ id: Ulid, name: z.string() }).nullable(),
  webhook: Ulid,
  /** As it was called, and where it led. */
  name: z.string(),
  host: z.string(),
});
export type WebhookDeed = z.infer<typeof WebhookDeed>;
