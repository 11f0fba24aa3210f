import type { ServerResponse } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { type EventType, events } from '@sidekick/contracts';
import { newJob } from '@sidekick/jobs';
import { until } from '@sidekick/testing';
import { aPassword, aPortal, signInFirstManager } from '../testing/browser.ts';
import { deliveryDef } from './deliveries.ts';
import { aReceiver, failing, hangs, isSigned, ok } from './testing/receiver.ts';
import { anEvent, webhooksStage } from './testing/stage.ts';

const { at, time, testWebhooks, deliveries, hook, last, publish, make, patch, later } = webhooksStage();

describe('a webhook', () => {
  test('is told of an event once, signed, with the state that other services see', async () => {
    const { id, secret } = await make();
    const event = anEvent();
    await publish(event, anEvent('staffing.team.changed.v1'));
    await publish(event);
    await until('the event to arrive', () => at.receiver.got.length > 0);
    await until('it to be noted', async () => (await last(id))?.state === 'taken');
    expect(at.receiver.got).toHaveLength(1);
    const [got] = at.receiver.got;
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
    expect(at.receiver.got.map(({ body }) => body.type).sort()).toEqual([...all].sort());
  });

  test('that is away is tried again, later each time, and what it missed arrives', async () => {
    const { id } = await make();
    await at.receiver.goAway();
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
    await at.receiver.comeBack();
    later(60_000);
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    expect(await hook(id)).toMatchObject({ failingSince: null, lastOkAt: expect.any(String) });
  });

  test('that gave no answer holds nobody else up, and is left alone for a while', async () => {
    const other = await aReceiver();
    await at.portal.close();
    at.portal = await aPortal({ config: { webhookHosts: [at.receiver.host, other.host] }, testWebhooks });
    at.manager = await signInFirstManager(at.portal);
    const [hanging, quick] = [await make({ name: 'hanging' }), await make({ name: 'quick', url: other.url })];
    at.receiver.answer(hangs);
    await publish(anEvent(), anEvent(), anEvent());
    const ended = async (id: string, as: string) =>
      (await deliveries(id)).filter(({ state, tries }: { state: string; tries: number }) => state === as && tries === 1).length === 3;
    await until('the quick one', () => ended(quick.id, 'taken'));
    await until('tries', () => ended(hanging.id, 'waiting'));
    expect(at.receiver.got).toHaveLength(1);
    const reasons = (await deliveries(hanging.id)).map(({ reason }: { reason: string }) => reason).sort();
    expect(reasons).toEqual([...Array(2).fill('It gave no answer just before: left alone for 30 s'), 'No whole answer within 2 seconds']);
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
    at.receiver.answer(answer);
    const { id } = await make();
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.state === 'waiting' && (await last(id)).tries === 1);
    expect(await last(id)).toMatchObject({ reason: expect.stringMatching(reason), last: { answer: said } });
    at.receiver.answer(ok);
    later(10_000);
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    // One id for every try: a receiver that took it and could not say so knows it again.
    expect(new Set(at.receiver.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  test('that fails for five days stops by itself, and is told to people, to monitoring and in the log', async () => {
    at.receiver.answer(failing(503));
    const { id } = await make();
    await publish(anEvent());
    await until('a try', async () => (await last(id))?.tries === 1 && (await last(id)).state === 'waiting');
    at.ahead += 5 * 86_400_000;
    await publish(anEvent());
    later(0);
    await until('its end', async () => (await hook(id)).stopped === 'failed');
    const { items } = (await at.manager.api('get', '/webhooks/deeds')).body;
    expect(items[0]).toMatchObject({ did: 'stopped', by: null, webhook: id, host: at.receiver.host });
    const { parts } = (await at.manager.api('get', '/system')).body;
    expect(parts[0].replicas[0].status.webhooks).toEqual({ on: 0, failing: 0, stopped: 1 });
    const before = at.receiver.got.length;
    await publish(anEvent());
    await until('an empty queue', async () => (await at.portal.bus.depth('gateway.webhooks')) === 0);
    expect(at.receiver.got).toHaveLength(before);
    at.receiver.answer(ok);
    expect((await patch(id, { on: true })).body).toMatchObject({ stopped: null, failingSince: null });
    await publish(anEvent());
    await until('it to go on', () => at.receiver.got.length > before);
  });

  test('whose receiver says that it is gone stops at once', async () => {
    at.receiver.answer(failing(410));
    const { id } = await make();
    await publish(anEvent());
    await until('its end', async () => (await hook(id)).stopped === 'gone');
    await until('the delivery to end', async () => (await last(id)).state === 'given up');
  });

  test('sends again what one asks for, under the same id', async () => {
    at.receiver.answer(failing(410));
    const { id } = await make();
    await publish(anEvent());
    await until('its end', async () => (await last(id))?.state === 'given up');
    at.receiver.answer(ok);
    const replay = async () =>
      at.manager.api('post', `/webhooks/${id}/deliveries/${encodeURIComponent((await deliveries(id)).at(-1).id)}/replay`);
    expect(await replay()).toMatchObject({ status: 409, body: { type: 'urn:sidekick:problem:stopped' } });
    await patch(id, { on: true });
    expect(await replay()).toMatchObject({ status: 202, body: { replay: true } });
    await until('it to arrive', async () => (await last(id)).state === 'taken');
    const [first, second] = at.receiver.got;
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
    expect(second?.text).toBe(first?.text);
  });

  test('is tested at once, also when it is stopped', async () => {
    const { id, secret } = await make();
    await patch(id, { on: false });
    expect((await at.manager.api('post', `/webhooks/${id}/test`)).body).toMatchObject({
      state: 'taken',
      type: 'sidekick.ping',
      last: { status: 204 },
    });
    const [ping] = at.receiver.got;
    expect(ping && isSigned(ping, secret)).toBe(true);
    at.receiver.answer(hangs);
    expect((await at.manager.api('post', `/webhooks/${id}/test`)).body).toMatchObject({
      state: 'given up',
      reason: 'No whole answer within 2 seconds',
    });
    expect(await deliveries(id)).toHaveLength(2);
    expect((await hook(id)).failingSince).toBeNull();
  });
});

test('a delivery that was under way when the portal stopped is sent by the one that comes after, under the same id', async () => {
  const { id } = await make();
  at.receiver.answer(hangs);
  await publish(anEvent());
  await until('a request', () => at.receiver.got.length === 1);
  at.receiver.answer(ok);
  await at.portal.restart();
  at.ahead += 60_000;
  await signInAgain();
  await until('it to arrive', async () => (await last(id))?.state === 'taken');
  const [first, second] = at.receiver.got;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
});

test('a delivery whose sender was killed in the middle is taken up by another', async () => {
  const { id } = await make();
  const all = at.portal.store.collection(deliveryDef);
  const input = { event: 'e1', type: 'staffing.project.changed.v1', subject: 's', body: '{}', replay: false };
  const job = newJob({ _id: `e1~${id}`, input, by: 'an event', key: id }, time.now());
  await all.insert({ ...job, state: 'running', owner: 'killed', tries: 1 });
  await until('it to be seen', async () => (await last(id))?.state === 'sending');
  await until('it to arrive', async () => {
    at.ahead += 5_000;
    return (await last(id)).state === 'taken';
  });
  expect(at.receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual(['e1']);
});

async function signInAgain(): Promise<void> {
  at.manager = at.portal.browser();
  await at.manager.api('post', '/auth/sign-in', { body: { email: 'helena@example.org', password: aPassword } });
}
