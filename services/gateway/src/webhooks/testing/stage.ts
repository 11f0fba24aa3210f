import { readFileSync } from 'node:fs';
import { afterEach, beforeEach } from '@jest/globals';
import type { Envelope, EventType } from '@sidekick/contracts';
import { ulid } from 'ulid';
import { aPortal, type Browser, type Portal, signInFirstManager } from '../../testing/browser.ts';
import { aReceiver, type Receiver } from './receiver.ts';

const sampleOf = (type: EventType): Envelope =>
  JSON.parse(readFileSync(new URL(`../../../../../packages/contracts/samples/${type}.json`, import.meta.url), 'utf8'));
/** The sample of an event with an id of its own. */
export const anEvent = (type: EventType = 'staffing.project.changed.v1', over: Partial<Envelope> = {}): Envelope => ({
  ...sampleOf(type),
  id: `${ulid()}:1`,
  ...over,
});

interface Stage {
  receiver: Receiver;
  portal: Portal;
  manager: Browser;
  /** Milliseconds by which the portal's webhooks are ahead. */
  ahead: number;
}

/** For each test a receiver, a portal that may send to it, and a manager; a receiver has 2 s to answer. */
export function webhooksStage() {
  const at = { ahead: 0 } as Stage;
  const time = { now: () => new Date(Date.now() + at.ahead), elapsed: () => performance.now() + at.ahead };
  const testWebhooks = { time, times: { beatMs: 50, leaseMs: 12_000, lookMs: 50 }, patienceMs: 2_000 };
  beforeEach(async () => {
    at.ahead = 0;
    at.receiver = await aReceiver();
    at.portal = await aPortal({ config: { webhookHosts: [at.receiver.host] }, testWebhooks });
    at.manager = await signInFirstManager(at.portal);
  });
  afterEach(async () => {
    await at.portal.close();
    await at.receiver.close();
  });
  const deliveries = async (id: string) => (await at.manager.api('get', `/webhooks/${id}/deliveries`)).body.items;
  const hook = async (id: string) => (await at.manager.api('get', '/webhooks')).body.items.find((one: { id: string }) => one.id === id);
  return {
    ...{ at, time, testWebhooks, deliveries, hook },
    /** The newest delivery. */
    last: async (id: string) => (await deliveries(id))[0],
    publish: (...all: Envelope[]) => at.portal.bus.publish(all),
    make: async (over: object = {}, by = at.manager) => {
      const body = { name: 'chat', url: at.receiver.url, events: ['staffing.project.changed.v1'], ...over };
      return (await by.api('post', '/webhooks', { body })).body;
    },
    patch: async (id: string, body: object, by = at.manager) => {
      const { version } = await hook(id);
      return by.api('patch', `/webhooks/${id}`, { body, headers: { 'if-match': `"${version}"` } });
    },
    later: (ms: number): void => {
      at.ahead += ms;
    },
  };
}
