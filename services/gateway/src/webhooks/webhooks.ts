import type { Envelope, Identity, Role, WebhookCreate, WebhookDelivery, WebhookPatch, WebhookView } from '@sidekick/contracts';
import { type JobIndex, type JobTimes, sweepJobs } from '@sidekick/jobs';
import { Conflict, Forbidden, NotFound, Stale } from '@sidekick/service-kit';
import { type Collection, type Page, StaleVersion, type Store, type Stored } from '@sidekick/store';
import { ulid } from 'ulid';
import type { z } from 'zod';
import type { Account } from '../accounts/account.ts';
import { machine } from '../accounts/machine.ts';
import { drain, removeSurely } from '../common/races.ts';
import { type AllowedHosts, ofDns, type ResolveHost, refusePrivate, webhookUrl } from './addresses.ts';
import { webhookDeedsOf } from './deeds.ts';
import { type Delivery, deliveriesOf, deliveryView, isForManagers, keptDays } from './deliveries.ts';
import { healthsOf } from './health.ts';
import { senderOf } from './send.ts';
import { newWebhookSecret } from './sign.ts';
import { mostFailingMs, mostWebhooks, overlapMs, type Webhook, webhookDef, webhookView } from './webhook.ts';

export interface WebhooksDeps {
  store: Store;
  accounts: { get(id: string): Promise<Account | null>; byIds(ids: readonly string[]): Promise<ReadonlyMap<string, Account>> };
  allowed: AllowedHosts;
  trouble: (error: unknown, what: string) => void;
  time?: { now(): Date; elapsed(): number };
  times?: JobTimes;
  resolve?: ResolveHost;
  /** Milliseconds that a receiver has to answer. */
  patienceMs?: number;
}

type By = Pick<Identity, 'account' | 'name' | 'roles'>;

/** What tells the world outside of events. */
export type Webhooks = ReturnType<typeof webhooksOf>;

export function webhooksOf({ store, accounts, allowed, trouble, time = systemTime, times, resolve = ofDns, patienceMs }: WebhooksDeps) {
  const hooks = store.collection(webhookDef);
  const healths = healthsOf(store);
  const deeds = webhookDeedsOf({ store, now: () => time.now() });
  const post = senderOf({ allowed, resolve, ...(patienceMs !== undefined && { patienceMs }) });
  const deliveries = deliveriesOf({
    ...{ store, time, post, trouble },
    ...(times && { times }),
    find: async (id) => (await hooks.get(id))?.doc ?? null,
    mayTell: async ({ account }, type) => may(rolesOf(account, await accounts.get(account)), type),
    tried: async (webhook, outcome) => {
      const failingSince = await healths.note(webhook._id, outcome, time.now());
      if (outcome.status === 410) return stop(webhook._id, 'gone');
      if (failingSince !== null && time.now().getTime() - Date.parse(failingSince) >= mostFailingMs) await stop(webhook._id, 'failed');
    },
  });

  const allStored = async () => (await hooks.query({ index: 'by-age', limit: mostWebhooks })).items;
  const entryOf = (
    { _id, name, url }: Webhook,
    did: 'made' | 'changed' | 'removed' | 'secret' | 'stopped' | 'tested' | 'replayed',
    by: string | null,
  ) => ({
    ...{ did, by, webhook: _id, name },
    host: new URL(url).host,
  });
  async function known(id: string): Promise<Stored<Webhook>> {
    const stored = await hooks.get(id);
    if (!stored) throw new NotFound('no-webhook', 'There is no such webhook: it may have been removed');
    return stored;
  }
  async function stop(id: string, why: 'failed' | 'gone'): Promise<void> {
    for (let stored = await hooks.get(id); stored && !stored.doc.stopped; stored = await hooks.get(id)) {
      const now = stored;
      try {
        await deeds.audited(entryOf(now.doc, 'stopped', null), () => hooks.replace(now, { ...now.doc, stopped: why }));
      } catch (error) {
        if (!(error instanceof StaleVersion)) throw error;
      }
    }
  }
  async function views(stored: readonly Stored<Webhook>[]): Promise<WebhookView[]> {
    const [health, owners] = await Promise.all([
      healths.of(stored.map(({ doc }) => doc._id)),
      accounts.byIds([...new Set(stored.map(({ doc }) => doc.account))]),
    ]);
    return stored.map((one) => {
      const { _id, account } = one.doc;
      const owner = owners.get(account);
      const name = account === machine.account ? machine.name : owner?.private.name;
      const by = name === undefined ? null : { id: account, name };
      return webhookView(one, { health: health.get(_id), by, mayAct: rolesOf(account, owner).length > 0, now: time.now() });
    });
  }
  const viewOf = async (stored: Stored<Webhook>): Promise<WebhookView> => {
    const [view] = await views([stored]);
    if (!view) throw new Error('a webhook has a view');
    return view;
  };
  async function urlOf(text: string): Promise<string> {
    const url = webhookUrl(text, allowed);
    await refusePrivate(url, allowed, resolve);
    return url.href;
  }

  return {
    jobs: deliveries.jobs,
    deeds,
    list: async (): Promise<WebhookView[]> => views(await allStored()),
    /** A reaction: makes the deliveries of an event. */
    react: async (event: Envelope): Promise<void> => {
      const wanted = (await allStored()).map(({ doc }) => doc);
      if (event.type === 'staffing.person.changed.v1' && wasAnonymised(event)) await deliveries.blank(event.subject);
      await deliveries.tell(event, wanted);
    },
    async create(body: z.infer<typeof WebhookCreate>, by: By): Promise<{ view: WebhookView; secret: string }> {
      refuseEvents(body.events, by.roles);
      const url = await urlOf(body.url);
      if ((await allStored()).length >= mostWebhooks)
        throw new Conflict('too-many-webhooks', `There are at most ${mostWebhooks} webhooks; remove one first`);
      const secret = newWebhookSecret();
      const doc: Webhook = {
        ...{ _id: ulid(), name: body.name, url, events: body.events, stopped: null, account: by.account },
        ...{ createdAt: time.now().toISOString(), secret, old: null },
      };
      const stored = await deeds.audited(entryOf(doc, 'made', by.account), () => hooks.insert(doc));
      return { view: await viewOf(stored), secret };
    },
    /** Whoever saves it is whom it acts for from then on. Throws Stale with what is stored now. */
    async patch(id: string, version: number, { on, ...patch }: z.infer<typeof WebhookPatch>, by: By): Promise<WebhookView> {
      const stored = await known(id);
      const stale = async () => new Stale('stale', 'Somebody else has changed this webhook', { current: await viewOf(await known(id)) });
      if (stored.version !== version) throw await stale();
      const events = patch.events ?? stored.doc.events;
      refuseEvents(events, by.roles);
      const url = patch.url === undefined ? stored.doc.url : await urlOf(patch.url);
      const stopped = on === undefined ? stored.doc.stopped : on ? null : ('asked' as const);
      const next = { ...stored.doc, name: patch.name ?? stored.doc.name, url, events, stopped, account: by.account };
      try {
        const saved = await deeds.audited(entryOf(next, 'changed', by.account), () => hooks.replace(stored, next));
        if (on || url !== stored.doc.url) await healths.begin(id);
        return await viewOf(saved);
      } catch (error) {
        throw error instanceof StaleVersion ? await stale() : error;
      }
    },
    /** Another secret; the one before signs too for a day, so that the receiver can be told of the new one meanwhile. */
    async renew(id: string, by: By): Promise<{ view: WebhookView; secret: string }> {
      const secret = newWebhookSecret();
      const until = new Date(time.now().getTime() + overlapMs).toISOString();
      for (;;) {
        const stored = await known(id);
        const next = { ...stored.doc, secret, old: { secret: stored.doc.secret, until } };
        try {
          const saved = await deeds.audited(entryOf(next, 'secret', by.account), () => hooks.replace(stored, next));
          return { view: await viewOf(saved), secret };
        } catch (error) {
          if (!(error instanceof StaleVersion)) throw error;
        }
      }
    },
    async remove(id: string, by: By): Promise<void> {
      const { doc } = await known(id);
      await deeds.audited(entryOf(doc, 'removed', by.account), () => removeSurely(hooks, id));
      await healths.remove(id);
      await deliveries.all.erase({ index: 'by-webhook', equals: { key: id } });
    },
    async test(id: string, by: By): Promise<WebhookDelivery> {
      const { doc } = await known(id);
      return deliveryView(await deeds.audited(entryOf(doc, 'tested', by.account), () => deliveries.ping(doc, by.name)));
    },
    async deliveriesOf(id: string, limit: number, cursor: string | undefined): Promise<Page<WebhookDelivery>> {
      await known(id);
      return deliveries.list(id, limit, cursor);
    },
    async replay(id: string, delivery: string, by: By): Promise<WebhookDelivery> {
      const [{ doc }, sent] = await Promise.all([known(id), deliveries.all.get(delivery)]);
      if (sent?.doc.key !== id) throw new NotFound('no-delivery', 'There is no such delivery: it may be too old');
      if (sent.doc.endedAt === null) throw new Conflict('not-ended', 'This is still being tried');
      if (sent.doc.input.body === '') throw new Conflict('anonymised', 'This was about somebody who has been anonymised since');
      if (doc.stopped) throw new Conflict('stopped', 'This webhook is stopped: start it first');
      return deliveryView(await deeds.audited(entryOf(doc, 'replayed', by.account), () => deliveries.replay(sent.doc, by.name)));
    },
    /** How many are on and well, fail just now, or have been stopped by failing. */
    async counts(): Promise<{ on: number; failing: number; stopped: number }> {
      const all = await views(await allStored());
      const stopped = all.filter((one) => one.stopped !== null && one.stopped !== 'asked').length;
      const failing = all.filter((one) => one.stopped === null && one.failingSince !== null).length;
      return { on: all.filter((one) => one.stopped === null).length - failing, failing, stopped };
    },
    async sweep(): Promise<number> {
      await drain(() => sweepJobs(deliveries.all as unknown as Collection<Delivery, JobIndex>, { clock: time, keepDays: keptDays }));
      for (const { doc } of await allStored()) await deliveries.prune(doc._id);
      return 0;
    },
  };

  function rolesOf(id: string, account: Account | null | undefined): readonly Role[] {
    if (id === machine.account) return machine.roles;
    if (!account || account.disabled) return [];
    return account.roles.filter((role) => role === 'manager' || role === 'ops');
  }
}

const systemTime = { now: () => new Date(), elapsed: () => performance.now() };

const may = (roles: readonly Role[], type: string): boolean => (isForManagers(type) ? roles.includes('manager') : roles.length > 0);

/** What only managers are told of, ops may neither choose nor take over. */
function refuseEvents(events: readonly string[], roles: readonly Role[]): void {
  if (roles.includes('manager') || !events.some(isForManagers)) return;
  throw new Forbidden('managers-only', 'Only a manager chooses what managers alone are told of');
}

const wasAnonymised = ({ data }: Envelope): boolean => {
  const { deleted, reason } = data as { deleted?: boolean; reason?: string };
  return deleted === true || reason === 'redacted';
};
