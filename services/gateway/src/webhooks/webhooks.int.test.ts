import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Envelope, type EventType, events } from '@sidekick/contracts';
import { newJob } from '@sidekick/jobs';
import { until } from '@sidekick/testing';
import { ulid } from 'ulid';
import { aPassword, aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { deliveryDef } from './deliveries.ts';
import { aReceiver, failing, hangs, isSigned, ok, type Receiver } from './testing/receiver.ts';

let receiver: Receiver;
let portal: Portal;
let manager: Browser;
/** Milliseconds by which the portal's webhooks are ahead. */
let ahead = 0;
const time = { now: () => new Date(Date.now() + ahead), elapsed: () => performance.now() + ahead };
const times = { beatMs: 50, leaseMs: 12_000, lookMs: 50 };
const testWebhooks = { time, times, patienceMs: 300 };

beforeEach(async () => {
  ahead = 0;
  receiver = await aReceiver();
  portal = await aPortal({ config: { webhookHosts: [receiver.host] }, testWebhooks });
  manager = await signInFirstManager(portal);
});
afterEach(async () => {
  await portal.close();
  await receiver.close();
});

const sampleOf = (type: EventType): Envelope =>
  JSON.parse(readFileSync(new URL(`../../../../packages/contracts/samples/${type}.json`, import.meta.url), 'utf8'));
/** The sample of an event with an id of its own. */
const anEvent = (type: EventType = 'staffing.project.changed.v1', over: Partial<Envelope> = {}): Envelope => ({
  ...sampleOf(type),
  id: `${ulid()}:1`,
  ...over,
});
const publish = (...all: Envelope[]) => portal.bus.publish(all);
const make = async (over: object = {}, by = manager) =>
  (await by.api('post', '/webhooks', { body: { name: 'chat', url: receiver.url, events: ['staffing.project.changed.v1'], ...over } })).body;
const deliveries = async (id: string) => (await manager.api('get', `/webhooks/${id}/deliveries`)).body.items;
const hook = async (id: string) => (await manager.api('get', '/webhooks')).body.items.find((one: { id: string }) => one.id === id);
const patch = async (id: string, body: object, by = manager) => {
  const { version } = await hook(id);
  return by.api('patch', `/webhooks/${id}`, { body, headers: { 'if-match': `"${version}"` } });
};
const later = (ms: number) => {
  ahead += ms;
};
const last = async (id: string) => (await deliveries(id))[0];

describe('a webhook', () => {
  test('is told of an event once, signed, with the state that other services see', async () => {
    const { id, secret } = await make();
    const event = anEvent();
    await publish(event, anEvent('staffing.team.changed.v1'));
    await publish(event);
    await until('the event to arrive', () => receiver.got.length > 0);
    await until('it to be noted', async () => (await last(id))?.state === 'taken');
    expect(receiver.got).toHaveLength(1);
    const [got] = receiver.got;
    if (!got) throw new Error('nothing came');
    expect(isSigned(got, secret)).toBe(true);
    expect(isSigned({ ...got, text: `${got.text} ` }, secret)).toBe(false);
    expect(Math.abs(Number(got.headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    expect(got.headers['webhook-id']).toBe(event.id);
    const { type, time: timestamp, id: eventId, source, subject, sequence, epoch, data } = event;
    expect(got.body).toEqual({ type, timestamp, id: eventId, source, subject, sequence, epoch, data });
    expect(await last(id)).toMatchObject({ state: 'taken', type, subject, tries: 1, reason: null, last: { status: 204, answer: '' } });
  });

  test('of every type is told of every event that there is', async () => {
    const all = Object.keys(events) as EventType[];
    const { id } = await make({ events: all });
    await publish(...all.map((type) => anEvent(type)));
    await until(
      'all of them',
      async () => (await deliveries(id)).filter(({ state }: { state: string }) => state === 'taken').length === all.length,
    );
    expect(receiver.got.map(({ body }) => body.type).sort()).toEqual([...all].sort());
  });

  test('that is away is tried again, later each time, and what it missed arrives', async () => {
    const { id } = await make();
    await receiver.goAway();
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.tries === 1);
    await until('its end', async () => (await last(id)).state === 'waiting');
    expect(await last(id)).toMatchObject({ reason: 'Nobody listens there', last: { status: null } });
    const pause = async () => Date.parse((await last(id)).nextAt) - time.now().getTime();
    const first = await pause();
    expect(first).toBeLessThanOrEqual(5_000);
    later(31_000);
    await until('the next try', async () => (await last(id)).tries === 2 && (await last(id)).state === 'waiting');
    expect(await pause()).toBeGreaterThan(first);
    expect((await hook(id)).failingSince).not.toBeNull();
    await receiver.comeBack();
    later(60_000);
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    expect(await hook(id)).toMatchObject({ failingSince: null, lastOkAt: expect.any(String) });
  });

  test('that gave no answer holds nobody else up, and is left alone for a while', async () => {
    const other = await aReceiver();
    await portal.close();
    portal = await aPortal({ config: { webhookHosts: [receiver.host, other.host] }, testWebhooks });
    manager = await signInFirstManager(portal);
    const [hanging, quick] = [await make({ name: 'hanging' }), await make({ name: 'quick', url: other.url })];
    receiver.answer(hangs);
    await publish(anEvent(), anEvent(), anEvent());
    await until('the quick one', async () => (await deliveries(quick.id)).every(({ state }: { state: string }) => state === 'taken'));
    await until('tries', async () => (await deliveries(hanging.id)).every(({ tries }: { tries: number }) => tries === 1));
    expect(receiver.got).toHaveLength(1);
    const reasons = (await deliveries(hanging.id)).map(({ reason }: { reason: string }) => reason).sort();
    expect(reasons).toEqual([...Array(2).fill('It gave no answer just before: left alone for 30 s'), 'No whole answer within 0.3 seconds']);
    await other.close();
  });

  test.each([
    ['an error', failing(500, 'no room'), 'Answered 500', 'no room'],
    [
      'a redirect',
      (res: ServerResponse) => void res.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
      /redirects are not followed/,
      '',
    ],
    ['more than is read', failing(500, 'x'.repeat(200_000)), 'Answered 500', 'x'.repeat(1_024)],
  ])('that answers with %s has failed, and what it said is kept', async (_what, answer, reason, said) => {
    receiver.answer(answer);
    const { id } = await make();
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.state === 'waiting' && (await last(id)).tries === 1);
    expect(await last(id)).toMatchObject({ reason: expect.stringMatching(reason), last: { answer: said } });
    receiver.answer(ok);
    later(10_000);
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    // One id for every try: a receiver that took it and could not say so knows it again.
    expect(new Set(receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('that fails for five days stops by itself, and is told to people, to monitoring and in the log', async () => {
    receiver.answer(failing(503));
    const { id } = await make();
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.tries === 1 && (await last(id)).state === 'waiting');
    ahead += 5 * 86_400_000;
    await publish(anEvent());
    later(0);
    await until('its end', async () => (await hook(id)).stopped === 'failed');
    const { items } = (await manager.api('get', '/webhooks/deeds')).body;
    expect(items[0]).toMatchObject({ did: 'stopped', by: null, webhook: id, host: receiver.host });
    const { parts } = (await manager.api('get', '/system')).body;
    expect(parts[0].replicas[0].status.webhooks).toEqual({ on: 0, failing: 0, stopped: 1 });
    const before = receiver.got.length;
    await publish(anEvent());
    await until('an empty queue', async () => (await portal.bus.depth('gateway.webhooks')) === 0);
    expect(receiver.got).toHaveLength(before);
    receiver.answer(ok);
    expect((await patch(id, { on: true })).body).toMatchObject({ stopped: null, failingSince: null });
    await publish(anEvent());
    await until('it to go on', () => receiver.got.length > before);
  });

  test('whose receiver says that it is gone stops at once', async () => {
    receiver.answer(failing(410));
    const { id } = await make();
    await publish(anEvent());
    await until('its end', async () => (await hook(id)).stopped === 'gone');
    await until('the delivery to end', async () => (await last(id)).state === 'given up');
  });

  test('sends again what one asks for, under the same id', async () => {
    receiver.answer(failing(410));
    const { id } = await make();
    await publish(anEvent());
    await until('its end', async () => (await last(id))?.state === 'given up');
    receiver.answer(ok);
    const replay = async () =>
      manager.api('post', `/webhooks/${id}/deliveries/${encodeURIComponent((await deliveries(id)).at(-1).id)}/replay`);
    expect(await replay()).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:stopped' } });
    await patch(id, { on: true });
    expect(await replay()).toMatchObject({ status: 202, body: { replay: true } });
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    const [first, second] = receiver.got;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.text).toBe(first?.text);
  });

  test('is tested at once, also when it is stopped', async () => {
    const { id, secret } = await make();
    await patch(id, { on: false });
    expect((await manager.api('post', `/webhooks/${id}/test`)).body).toMatchObject({
      state: 'taken',
      type: 'sidekick.ping',
      last: { status: 204 },
    });
    const [ping] = receiver.got;
    expect(ping && isSigned(ping, secret)).toBe(true);
    receiver.answer(hangs);
    expect((await manager.api('post', `/webhooks/${id}/test`)).body).toMatchObject({
      state: 'given up',
      reason: 'No whole answer within 0.3 seconds',
    });
    expect(await deliveries(id)).toHaveLength(2);
  });

  test('gets another secret, and both sign for a day', async () => {
    const { id, secret: before } = await make();
    const { secret: now, oldSecretUntil } = (await manager.api('post', `/webhooks/${id}/secret`)).body;
    expect(Date.parse(oldSecretUntil) - Date.now()).toBeGreaterThan(86_000_000);
    const signedBy = async () => {
      await manager.api('post', `/webhooks/${id}/test`);
      const got = receiver.got.at(-1);
      return [before, now].map((secret) => got !== undefined && isSigned(got, secret));
    };
    expect(await signedBy()).toEqual([true, true]);
    ahead += 86_400_000;
    expect(await signedBy()).toEqual([false, true]);
    expect(JSON.stringify((await manager.api('get', '/webhooks')).body)).not.toContain('whsec_');
  });

  test('lies still once whoever it acts for may no longer, until somebody who may saves it', async () => {
    const ops = await signInInvited(portal, manager, ['ops'], 'ops@example.org');
    const { id } = await make({}, ops);
    const { account } = (await ops.api('get', '/me')).body;
    const accounts = (await manager.api('get', '/accounts')).body.items;
    const { version } = accounts.find((one: { id: string }) => one.id === account);
    const out = { body: { disabled: true }, headers: { 'if-match': `"${version}"` } };
    expect((await manager.api('patch', `/accounts/${account}`, out)).status).toBe(200);
    await publish(anEvent());
    await until('an empty queue', async () => (await portal.bus.depth('gateway.webhooks')) === 0);
    expect(await deliveries(id)).toEqual([]);
    expect((await hook(id)).stopped).toBe('owner');
    expect((await patch(id, { on: true })).body).toMatchObject({ stopped: null, by: { name: 'Helena Prado' } });
    await publish(anEvent());
    await until('it to arrive', () => receiver.got.length === 1);
  });

  test('of ops is not told of what managers alone are', async () => {
    const ops = await signInInvited(portal, manager, ['ops'], 'ops@example.org');
    const secretly = { events: ['staffing.for-managers.changed.v1'] };
    const body = { name: 'x', url: receiver.url, ...secretly };
    expect(await ops.api('post', '/webhooks', { body })).toMatchObject({
      status: 403,
      body: { type: 'urn:sidekick:problem:managers-only' },
    });
    const { id } = await make(secretly);
    // Taking it over would take its secrets over.
    expect((await patch(id, { name: 'mine' }, ops)).status).toBe(403);
    expect((await patch(id, { events: ['staffing.team.changed.v1'] }, ops)).status).toBe(200);
    expect((await patch(id, secretly, ops)).status).toBe(403);
  });

  test('is refused towards this machine and private networks, and a name that turns to one later sends nothing', async () => {
    const refused = async (url: string) =>
      (await manager.api('post', '/webhooks', { body: { name: 'x', url, events: ['staffing.team.changed.v1'] } })).body;
    for (const url of ['https://127.0.0.1/', 'https://localhost/', 'https://[::1]/', 'https://169.254.169.254/', 'http://example.org/']) {
      expect(await refused(url)).toMatchObject({ errors: [{ path: 'url' }] });
    }
    await portal.close();
    let address = '93.184.216.34';
    const resolve = async () => [{ address, family: 4 as const }];
    portal = await aPortal({ testWebhooks: { ...testWebhooks, resolve } });
    manager = await signInFirstManager(portal);
    const { port } = new URL(receiver.url);
    const { id } = await make({ url: `https://rebound.example:${port}/` });
    address = '127.0.0.1';
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.tries === 1 && (await last(id)).state === 'waiting');
    expect((await last(id)).reason).toMatch(/this machine or a private network/);
    expect(receiver.got).toEqual([]);
  });

  test('goes with all that was sent to it', async () => {
    const { id } = await make();
    await publish(anEvent());
    await until('it to arrive', async () => (await last(id))?.state === 'taken');
    expect((await manager.api('delete', `/webhooks/${id}`)).status).toBe(204);
    expect((await manager.api('get', `/webhooks/${id}/deliveries`)).status).toBe(404);
    expect((await manager.api('get', '/webhooks')).body.items).toEqual([]);
    const { items } = (await manager.api('get', '/webhooks/deeds')).body;
    expect(items.map(({ did }: { did: string }) => did)).toEqual(['removed', 'made']);
  });

  test('that somebody else has changed meanwhile is not saved over', async () => {
    const { id, version } = await make();
    expect((await patch(id, { name: 'theirs' })).status).toBe(200);
    const late = await manager.api('patch', `/webhooks/${id}`, { body: { name: 'mine' }, headers: { 'if-match': `"${version}"` } });
    expect(late).toMatchObject({ status: 412, body: { current: { name: 'theirs', version: version + 1 } } });
  });

  test('forgets what it was told of somebody who is anonymised', async () => {
    const person = anEvent('staffing.person.changed.v1');
    const { id } = await make({ events: ['staffing.person.changed.v1'] });
    await publish(person);
    await until('it to arrive', async () => (await last(id))?.state === 'taken');
    const gone = { reason: 'redacted', deleted: true, state: null };
    await publish(anEvent('staffing.person.changed.v1', { subject: person.subject, sequence: person.sequence + 1, data: gone as never }));
    await until('both', async () => (await deliveries(id)).length === 2);
    await until('the end', async () => (await portal.bus.depth('gateway.webhooks')) === 0);
    const first = encodeURIComponent((await deliveries(id))[1].id);
    expect(await manager.api('post', `/webhooks/${id}/deliveries/${first}/replay`)).toMatchObject({
      status: 409,
      body: { type: 'urn:sidekick:problem:anonymised' },
    });
  });
});

test('a delivery that was under way when the portal stopped is sent by the one that comes after, under the same id', async () => {
  const { id } = await make();
  receiver.answer(hangs);
  await publish(anEvent());
  await until('a request', () => receiver.got.length === 1);
  receiver.answer(ok);
  await portal.restart();
  ahead += 60_000;
  await signInAgain();
  await until('it to arrive', async () => (await last(id))?.state === 'taken');
  const [first, second] = receiver.got;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
});

test('a delivery whose sender was killed in the middle is taken up by another', async () => {
  const { id } = await make();
  const all = portal.store.collection(deliveryDef);
  const input = { event: 'e1', type: 'staffing.project.changed.v1', subject: 's', body: '{}', replay: false };
  const job = newJob({ _id: `e1~${id}`, input, by: 'an event', key: id }, time.now());
  await all.insert({ ...job, state: 'running', owner: 'killed', tries: 1 });
  await until('it to be seen', async () => (await last(id))?.state === 'sending');
  await until('it to arrive', async () => {
    ahead += 5_000;
    return (await last(id)).state === 'taken';
  });
  expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual(['e1']);
});

async function signInAgain(): Promise<void> {
  manager = portal.browser();
  await manager.api('post', '/auth/sign-in', { body: { email: 'helena@example.org', password: aPassword } });
}
