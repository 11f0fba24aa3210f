import { Ulid, WebhookStop, type WebhookView } from '@sidekick/contracts';
import type { CollectionDef, Stored } from '@sidekick/store';
import { z } from 'zod';
import type { Health } from './health.ts';

/** How many there may be. */
export const mostWebhooks = 50;
/** For how long the secret before the newest signs too. */
export const overlapMs = 24 * 3_600_000;
/** After so long without anything taken it stops. */
export const mostFailingMs = 5 * 24 * 3_600_000;

const Webhook = z.strictObject({
  _id: Ulid,
  name: z.string(),
  url: z.string(),
  events: z.array(z.string()),
  stopped: WebhookStop.nullable(),
  /** The account that saved it last: it acts for that one. */
  account: Ulid,
  createdAt: z.iso.datetime(),
  /** As they are: whoever signs needs them. Backups hold them with the keys that sign identities. */
  secret: z.string(),
  old: z.strictObject({ secret: z.string(), until: z.iso.datetime() }).nullable(),
});
export type Webhook = z.infer<typeof Webhook>;
export const webhookDef: CollectionDef<Webhook, 'by-age'> = {
  name: 'webhooks',
  schema: Webhook,
  indexes: { 'by-age': ['createdAt', '_id'] },
};

/** The secrets that sign at an instant, the newest first. */
export const secretsAt = ({ secret, old }: Pick<Webhook, 'secret' | 'old'>, now: Date): string[] => [
  secret,
  ...(old && Date.parse(old.until) > now.getTime() ? [old.secret] : []),
];

export function webhookView(
  { doc, version }: Stored<Webhook>,
  { health, by, mayAct, now }: { health: Health | undefined; by: { id: string; name: string } | null; mayAct: boolean; now: Date },
): WebhookView {
  const { _id, name, url, events, stopped, createdAt, old } = doc;
  return {
    ...{ id: _id, version, name, url, events, createdAt, by },
    stopped: stopped ?? (mayAct ? null : 'owner'),
    lastOkAt: health?.lastOkAt ?? null,
    failingSince: health?.failingSince ?? null,
    oldSecretUntil: old && Date.parse(old.until) > now.getTime() ? old.until : null,
  };
}
