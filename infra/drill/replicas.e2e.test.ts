import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { accept, aPassword, type Caller, callerAt, change, newPerson, newProject, watch } from '@sidekick/portal/testing';
import { describeWith, newAssignment, until } from '@sidekick/testing';
import { type Apart, partNames, startApart } from '@sidekick/testing/apart';
import { type Load, startLoad } from './load.ts';

jest.setTimeout(300_000);

/** What any machine that runs these tests carries: more would be refused for being too much, whatever restarts. */
const carried = { perSecond: 20, atOnce: 8 };

/** One gateway asked by itself: the Host is the portal's, the connection goes to it. */
function gatewayAt(apart: Apart, k: number): Caller {
  const caller = callerAt(() => ({ url: apart.replicas.gateway[k]?.url ?? '' }));
  const host = new URL(apart.url).host;
  const open = caller.open.bind(caller);
  caller.open = (path, sent = {}) => open(path, { ...sent, headers: { host, origin: apart.url, ...sent.headers } });
  return caller;
}

async function signIn(caller: Caller, email: string): Promise<void> {
  const { status } = await caller.open('/api/v1/auth/sign-in', { method: 'POST', body: { email, password: aPassword } });
  expect(status).toBe(200);
}

describeWith(['mongo', 'amqp', 'redis'], 'two replicas of every service', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  beforeAll(async () => {
    // The pause of the drain is longer than an idle connection is kept, as it has to be everywhere (decision 11).
    const env = { all: { DRAIN_SECONDS: '5' } };
    const replicas = { content: 2, search: 2, staffing: 2, gateway: 2 };
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, replicas, env, balanced: true });
  });
  afterAll(() => apart?.close());
  const command = () => callerAt(() => apart);

  test('staffing: whoever has written reads the same head and figures from either', async () => {
    const caller = command();
    const [ana, atlas] = [newPerson('Ana Sousa'), newProject('Atlas')];
    for (let round = 0; round < 4; round += 1) {
      const commands =
        round === 0
          ? [ana, atlas]
          : [newAssignment(ana, atlas, 'lead', { hoursPerWeek: round, from: `2027-01-0${round}`, to: `2027-01-0${round}` })];
      const { status, body } = await change(caller, commands);
      expect(status).toBe(201);
      const asked = Array.from({ length: 6 }, () =>
        caller.api('get', '/timeline?from=2026-W49&to=2027-W02', { headers: { 'staffing-head': String(body.number) } }),
      );
      const answers = await Promise.all(asked);
      expect(new Set(answers.map(({ headers }) => headers['staffing-head']))).toEqual(new Set([String(body.number)]));
      expect(new Set(answers.map((answer) => JSON.stringify(answer.body))).size).toBe(1);
    }
    // Both took their turns.
    for (const { metrics } of apart.replicas.staffing)
      expect(await metrics()).toMatch(/request_seconds_count\{[^}]*operation="readTimeline"/);
  });

  test('gateways: a session counts at both, ends at both, and what is saved through one arrives on a screen at the other', async () => {
    const [first, second] = [gatewayAt(apart, 0), gatewayAt(apart, 1)];
    const made = await accept(first, await apart.command('gateway', 'first-manager'), 'helena@example.org');
    expect([made.status, made.body?.title]).toEqual([201, undefined]);
    second.cookie = first.cookie;
    expect((await second.open('/api/v1/me')).body.name).toBe('helena');

    const screen = await watch(apart.replicas.gateway[1]?.url ?? '', first.cookie, new URL(apart.url).host);
    const person = newPerson('Ben Okafor');
    const saved = await change(first, [person]);
    expect(saved.status).toBe(201);
    await until('the change on the other gateway', () => screen.seen.some(({ event }) => event.id === person.id));

    expect((await first.open('/api/v1/auth/sign-out', { method: 'POST' })).status).toBe(204);
    await until('the session to end at the other', async () => (await second.open('/api/v1/me')).status === 401);
    screen.leave();
    await signIn(second, 'helena@example.org');
  });

  test('gateways: what an account may no longer do it cannot do at the other either, by session, token or open stream', async () => {
    const first = gatewayAt(apart, 0);
    await signIn(first, 'helena@example.org');
    const { body } = await first.open('/api/v1/accounts/invitations', { method: 'POST', body: { roles: ['manager'] } });
    const [ben, there] = [gatewayAt(apart, 0), gatewayAt(apart, 1)];
    await accept(ben, body.url, 'ben@example.org');
    there.cookie = ben.cookie;
    const token = { scopes: ['read', 'system'], expiresAt: null };
    const make = (name: string) => ben.open('/api/v1/tokens', { method: 'POST', body: { name, ...token } });
    const [ci, other] = await Promise.all(['ci', 'other'].map(make));
    const asked = async (secret: string, path = '/me') =>
      (await gatewayAt(apart, 1).open(`/api/v1${path}`, { headers: { authorization: `Bearer ${secret}` } })).status;
    expect(await Promise.all([asked(ci?.body.secret), asked(other?.body.secret), asked(ci?.body.secret, '/accounts')])).toEqual([
      200, 200, 200,
    ]);

    expect((await ben.open(`/api/v1/tokens/${other?.body.id}`, { method: 'DELETE' })).status).toBe(204);
    await until('the token to end at the other', async () => (await asked(other?.body.secret)) === 401, 10);

    const screen = await watch(apart.replicas.gateway[1]?.url ?? '', ben.cookie, new URL(apart.url).host);
    const account = async () => {
      const { items } = (await first.open('/api/v1/accounts?limit=200')).body;
      return items.find(({ email }: { email: string }) => email === 'ben@example.org');
    };
    const change = async (patch: object) => {
      const { id, version } = await account();
      const sent = { method: 'PATCH', body: patch, headers: { 'if-match': `"${version}"` } };
      expect((await first.open(`/api/v1/accounts/${id}`, sent)).status).toBe(200);
    };
    await change({ roles: ['engineer'] });
    await until('the right to end at the other', async () => (await asked(ci?.body.secret, '/accounts')) === 403, 10);
    await until('the stream to end at the other', () => screen.ended(), 10);
    await until('the session to end at the other', async () => (await there.open('/api/v1/me')).status === 401, 10);
    await change({ disabled: true });
    await until('the account to end at the other', async () => (await asked(ci?.body.secret)) === 401, 10);
  });

  test('restarted one by one in every service at once, under load: no request fails, nothing acknowledged is lost, search equals content', async () => {
    const load: Load = startLoad({ url: apart.url, token: apart.token, ...carried });
    for (const k of [0, 1]) {
      // As a release does: all services roll at the same time, each replica by replica.
      const rolling = partNames.map(async (part) => {
        const replica = apart.replicas[part][k];
        expect(await replica?.stop()).toMatchObject({ code: 0 });
        await replica?.start();
        await replica?.ready();
      });
      await Promise.all(rolling);
    }
    await until('enough requests', () => load.counts().sent > 200);
    await load.stop();
    await load.settle();
    expect(load.counts().failed).toEqual({});
    expect(await load.verify()).toEqual([]);
    load.close();
  });

  test('one of each killed under load: reads go on elsewhere, and every acknowledged write stands', async () => {
    const load: Load = startLoad({ url: apart.url, token: apart.token, ...carried });
    const killed = (['content', 'staffing', 'search'] as const).map((part) => apart.replicas[part][1]);
    await until('requests under way', () => load.counts().sent > 40);
    await Promise.all(killed.map((replica) => replica?.kill()));
    const then = load.counts().sent;
    await until('requests without them', () => load.counts().sent > then + 80);
    await Promise.all(killed.map((replica) => replica?.start()));
    await Promise.all(killed.map((replica) => replica?.ready()));
    await load.stop();
    await load.settle();
    const reads = Object.keys(load.counts().failed).filter((kind) => !/create|edit|delete|change/.test(kind));
    expect(reads).toEqual([]);
    expect(await load.verify()).toEqual([]);
    load.close();
  });
});
