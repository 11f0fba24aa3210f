import { insertOnce } from '@sidekick/bus';
import { type Envelope, type EventType, managersEvents, type WebhookDelivery, webhookPing } from '@sidekick/contracts';
import {
  documentForm,
  GiveUp,
  type JobDocument,
  JobEnded,
  type JobIndex,
  type Jobs,
  type JobTimes,
  jobDocuments,
  jobsOf,
  newJob,
} from '@sidekick/jobs';
import type { Collection, CollectionDef, Page, Store } from '@sidekick/store';
import { ulid } from 'ulid';
import { z } from 'zod';
import type { Outcome, Post } from './send.ts';
import { webhookHeaders } from './sign.ts';
import { secretsAt, type Webhook } from './webhook.ts';

/** Pauses before the next try, in milliseconds: 5 s to 12 h, nine tries within a day. */
const waits = [5_000, 30_000, 120_000, 600_000, 1_800_000, 7_200_000, 18_000_000, 43_200_000] as const;
/** One that gave no answer is left alone for so long: what waits for it takes no turn from others. */
const restMs = 30_000;
/** Deliveries of one webhook go one after the other; of so many webhooks beside each other. */
const atOnce = 8;
/** What is kept of a webhook's deliveries. */
export const keptDays = 30;
const mostKept = 1_000;

const Input = z.strictObject({ event: z.string(), type: z.string(), subject: z.string(), body: z.string(), replay: z.boolean() });
const Result = z.strictObject({
  at: z.iso.datetime(),
  status: z.number().nullable(),
  milliseconds: z.number(),
  answer: z.string(),
});
/** `key` is the webhook: one delivery at a time for each. */
export type Delivery = JobDocument<z.infer<typeof Input>, z.infer<typeof Result>>;
export type DeliveryIndex = JobIndex | 'by-webhook';

const base = jobDocuments('webhook-deliveries', { input: Input, result: Result });
export const deliveryDef: CollectionDef<Delivery, DeliveryIndex> = {
  ...base,
  indexes: { ...base.indexes, 'by-webhook': ['key', 'askedAt', '_id'] },
};
const form = documentForm<Delivery['input'], z.infer<typeof Result>>();

export interface DeliveriesDeps {
  store: Pick<Store, 'collection'>;
  time: { now(): Date; elapsed(): number };
  /** How often jobs are looked after. */
  times?: JobTimes;
  post: (post: Post) => Promise<Outcome>;
  /** A webhook as it is now, and whether the account that it acts for may still have events of a type. */
  find: (id: string) => Promise<Webhook | null>;
  mayTell: (webhook: Webhook, type: string) => Promise<boolean>;
  /** How a try ended, for the webhook's health; it may stop by it. */
  tried: (webhook: Webhook, outcome: Outcome) => Promise<void>;
  trouble: (error: unknown, what: string) => void;
}

export interface Deliveries {
  readonly all: Collection<Delivery, DeliveryIndex>;
  readonly jobs: Jobs<Delivery>;
  /** Makes the deliveries of an event, once for each webhook that wants it, however often it comes. */
  tell(event: Envelope, webhooks: readonly Webhook[]): Promise<void>;
  /** Sends a ping now, once, and keeps what came of it. */
  ping(webhook: Webhook, by: string): Promise<Delivery>;
  /** Sends what was sent before again, under the same `webhook-id`. */
  replay(delivery: Delivery, by: string): Promise<Delivery>;
  /** Newest first. */
  list(webhook: string, limit: number, cursor: string | undefined): Promise<Page<WebhookDelivery>>;
  /** Forgets what ended beyond the newest thousand of a webhook; answers how many. */
  prune(webhook: string): Promise<number>;
  /** Blanks the body of what has ended about a subject, such as a person who was anonymised. */
  blank(subject: string): Promise<void>;
}

export function deliveriesOf(deps: DeliveriesDeps): Deliveries {
  const { store, time, times, trouble } = deps;
  const all = store.collection(deliveryDef);
  const deliver = delivererOf(deps);
  const jobs = jobsOf<Delivery, DeliveryIndex>({
    collection: all,
    form,
    time,
    trouble,
    ...(times && { times }),
    kind: {
      atOnce,
      tries: waits.length + 1,
      waitAfter: (tries) => waits[tries - 1] ?? waits[0],
      run: ({ doc, signal }) => deliver(doc, signal),
      reasonOf: (error) => (error instanceof JobEnded ? 'The portal was stopped while this was sent' : (error as Error).message),
    },
  });
  const soon = () => void jobs.look().catch((error: unknown) => trouble(error, 'deliveries cannot be begun'));
  const ofWebhook = (webhook: string, limit: number, cursor?: string) =>
    all.query({ index: 'by-webhook', equals: { key: webhook }, order: 'desc', limit, cursor });
  return {
    all,
    jobs,
    async tell(event, webhooks) {
      let made = false;
      for (const webhook of webhooks) {
        if (webhook.stopped || !webhook.events.includes(event.type) || !(await deps.mayTell(webhook, event.type))) continue;
        const input = { event: event.id, type: event.type, subject: event.subject, body: bodyOf(event), replay: false };
        const job = newJob({ _id: `${event.id}~${webhook._id}`, input, by: 'an event', key: webhook._id }, time.now());
        made = (await insertOnce(all, job)) || made;
      }
      if (made) soon();
    },
    async ping(webhook, by) {
      const event = `ping_${ulid()}`;
      const at = time.now();
      const body = JSON.stringify({ type: webhookPing, timestamp: at.toISOString(), id: event, data: { webhook: webhook.name } });
      const input = { event, type: webhookPing, subject: webhook._id, body, replay: false };
      const doc: Delivery = newJob({ _id: `${event}~${webhook._id}`, input, by, key: webhook._id }, at);
      const reason = await deliver(doc, undefined).then(
        () => null,
        (error: Error) => error.message,
      );
      const ended = { ...form.read(doc), tries: 1, endedAt: time.now().getTime(), reason };
      const kept = form.write(doc, { ...ended, state: reason === null ? 'done' : 'dead' });
      await all.insert(kept);
      return kept;
    },
    async replay({ input, key }, by) {
      const _id = `${input.event}~${key}~${ulid()}`;
      const job: Delivery = newJob({ _id, input: { ...input, replay: true }, by, key: key ?? '' }, time.now());
      await all.insert(job);
      soon();
      return job;
    },
    async list(webhook, limit, cursor) {
      const { items, nextCursor } = await ofWebhook(webhook, limit, cursor);
      return { items: items.map(({ doc }) => deliveryView(doc)), nextCursor };
    },
    async prune(webhook) {
      let { nextCursor } = await ofWebhook(webhook, mostKept);
      let gone = 0;
      while (nextCursor !== null) {
        const page = await ofWebhook(webhook, 200, nextCursor);
        const old = page.items.filter(({ doc }) => doc.endedAt !== null);
        gone += old.length;
        await all.writeMany(old.map((one) => ({ do: 'remove', old: one })));
        nextCursor = page.nextCursor;
      }
      return gone;
    },
    async blank(subject) {
      for await (const { id, doc } of all.scan()) {
        if (doc?.input.subject !== subject || doc.input.body === '') continue;
        const stored = await all.get(id);
        if (stored && stored.doc.endedAt !== null)
          await all.writeMany([{ do: 'replace', old: stored, doc: { ...stored.doc, input: { ...stored.doc.input, body: '' } } }]);
      }
    },
  };
}

/** Sends one. Throws why it failed, in words; GiveUp where no other try would help. */
function delivererOf({ time, post, find, mayTell, tried }: DeliveriesDeps) {
  const restUntil = new Map<string, number>();
  return async (doc: Delivery, signal: AbortSignal | undefined): Promise<void> => {
    const { event, type, body } = doc.input;
    const webhook = await find(doc.key ?? '');
    if (!webhook) throw new GiveUp('The webhook was removed');
    const isPing = type === webhookPing;
    if (webhook.stopped && !isPing) throw new GiveUp('The webhook was stopped: start it and send this again');
    if (body === '') throw new GiveUp('What was sent was about somebody who has been anonymised since');
    if (!(await mayTell(webhook, type))) throw new GiveUp('Whoever the webhook acts for may not be told of this any more');
    if (!isPing && (restUntil.get(webhook._id) ?? 0) > time.elapsed())
      throw new Error('It gave no answer just before: left alone for 30 s');
    const now = time.now();
    const signed = { id: event, timestamp: Math.floor(now.getTime() / 1000), body };
    const headers = webhookHeaders(secretsAt(webhook, now), signed);
    const outcome = await post({ url: new URL(webhook.url), headers, body, ...(signal && { signal }) });
    const { status, milliseconds, answer, reason } = outcome;
    doc.result = { at: now.toISOString(), status, milliseconds, answer };
    if (status === null) restUntil.set(webhook._id, time.elapsed() + restMs);
    else restUntil.delete(webhook._id);
    // A test that fails is told to whoever asked for it, and begins no five days.
    if (!isPing || reason === null) await tried(webhook, outcome);
    if (reason !== null) throw status === 410 ? new GiveUp(reason) : new Error(reason);
  };
}

/** What a receiver reads: no order is promised, so it keeps the highest `sequence` of each `subject` (of one `epoch`). */
const bodyOf = ({ id, type, time, source, subject, sequence, epoch, data }: Envelope): string =>
  JSON.stringify({ type, timestamp: time, id, source, subject, sequence, epoch, data });

const states = { waiting: 'waiting', running: 'sending', done: 'taken', dead: 'given up', cancelled: 'given up' } as const;
const instant = (ms: number): string => new Date(ms).toISOString();

export const deliveryView = ({ _id, input, state, askedAt, tries, dueAt, reason, result }: Delivery): WebhookDelivery => ({
  id: _id,
  event: input.event,
  type: input.type,
  subject: input.subject,
  state: states[state],
  askedAt: instant(askedAt),
  tries,
  nextAt: state === 'waiting' ? instant(dueAt) : null,
  reason,
  last: result,
  replay: input.replay,
});

export const isForManagers = (type: string): boolean => managersEvents.has(type as EventType);
