import { type IncomingMessage, request } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Bus, envelope } from '@sidekick/bus';
import { until } from '@sidekick/testing';
import { aPortal, aToken, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';

let portal: Portal;
let manager: Browser;
beforeEach(async () => {
  portal = await aPortal();
  manager = await signInFirstManager(portal);
});
afterEach(() => portal.close());

interface Watch {
  status: number;
  text: string;
  ended: boolean;
  leave(): void;
}

function watch(cookie: string, url = portal.url, more: Record<string, string> = {}): Promise<Watch> {
  return new Promise((resolve, reject) => {
    const req = request(`${url}/api/v1/events`, { headers: { cookie, ...more }, agent: false }, (res: IncomingMessage) => {
      const seen: Watch = { status: res.statusCode ?? 0, text: '', ended: false, leave: () => res.destroy() };
      res.on('data', (chunk: Buffer) => (seen.text += chunk.toString('utf8')));
      res.on('close', () => (seen.ended = true));
      res.on('error', () => undefined);
      resolve(seen);
    });
    req.on('error', reject);
    req.end();
  });
}

async function publish(sequence: number): Promise<void> {
  const epoch = await portal.store.epoch();
  const data = { reason: 'removed', deleted: true, state: null };
  const subject = '01JZZZZZZZZZZZZZZZZZPERS01';
  await portal.bus.publish([envelope({ source: 'staffing', type: 'staffing.person.changed.v1', subject, sequence, epoch, data })]);
}

describe('an event stream', () => {
  test('tells what changed, as type, id and version alone', async () => {
    const seen = await watch(manager.cookie);
    await publish(4);
    await until('the event', () => seen.text.includes('data:'));
    const line = seen.text.split('\n').find((text) => text.startsWith('data:')) ?? '';
    expect(JSON.parse(line.slice(5))).toEqual({ type: 'staffing.person.changed.v1', id: '01JZZZZZZZZZZZZZZZZZPERS01', version: 4 });
  });

  test('is not held by who only asks whether it is there', async () => {
    const { status, headers } = await manager.open('/api/v1/events', { method: 'HEAD' });
    expect([status, headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect((await portal.browser().open('/api/v1/events', { method: 'HEAD' })).status).toBe(401);
  });

  test('ends at a second gateway when its account or its token ends at the first', async () => {
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const there = await portal.elsewhere();
    const token = (await manager.api('post', '/tokens', { body: aToken('wall') })).body;
    const [seen, wall, stays] = await Promise.all([
      watch(ben.cookie, there.url),
      watch('', there.url, { authorization: `Bearer ${token.secret}` }),
      watch(manager.cookie, there.url),
    ]);
    expect([seen.status, wall.status, stays.status]).toEqual([200, 200, 200]);
    const account = (await manager.api('get', '/accounts')).body.items[1];
    await manager.api('patch', `/accounts/${account.id}`, { body: { disabled: true }, headers: { 'if-match': `"${account.version}"` } });
    await manager.api('delete', `/tokens/${token.id}`);
    await until('the end of both streams', () => seen.ended && wall.ended, 10);
    expect(stays.ended).toBe(false);
    stays.leave();
  });

  test('is for who is signed in', async () => {
    expect((await watch('')).status).toBe(401);
  });

  test('ends when its session does, and no other', async () => {
    const stays = await watch(manager.cookie);
    const other = portal.browser();
    await other.api('post', '/auth/sign-in', { body: { email: 'helena@example.org', password: 'correct horse battery' } });
    const ends = await watch(other.cookie);
    await other.api('post', '/auth/sign-out');
    await until('the end of the stream', () => ends.ended);
    expect(stays.ended).toBe(false);
  });

  test('ends when its account is disabled', async () => {
    const ben = await signInInvited(portal, manager, ['engineer'], 'ben@example.org');
    const seen = await watch(ben.cookie);
    const account = (await manager.api('get', '/accounts')).body.items[1];
    await manager.api('patch', `/accounts/${account.id}`, { body: { disabled: true }, headers: { 'if-match': `"${account.version}"` } });
    await until('the end of the stream', () => seen.ended);
  });

  test('ends when the gateway missed events, for the browser comes back and asks what they told', async () => {
    let renewed = () => {};
    const overBus = (bus: Bus): Bus => ({
      ...bus,
      subscribe(queue, handler, options) {
        if (queue === 'gateway.live') renewed = () => options?.onBound?.(true);
        return bus.subscribe(queue, handler, options);
      },
    });
    const other = await aPortal({ overBus });
    const seen = await watch((await signInFirstManager(other)).cookie, other.url);
    renewed();
    await until('the end of the stream', () => seen.ended);
    await other.close();
  });

  test('is one of at most twenty an account; one that is left makes room', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => watch(manager.cookie)));
    expect(all.every(({ status }) => status === 200)).toBe(true);
    expect((await watch(manager.cookie)).status).toBe(429);
    all[0]?.leave();
    await until('room', async () => (await watch(manager.cookie)).status === 200);
  });

  test('ends with the gateway', async () => {
    const seen = await watch(manager.cookie);
    await portal.restart();
    await until('the end of the stream', () => seen.ended);
  });
});
