import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createApp, createMetrics, type Route, systemClock } from '@sidekick/service-kit';
import { quietLog, testKeys, until } from '@sidekick/testing';
import { inProcess } from '../forward/in-process.ts';
import { aPortal, type Browser, type Portal, signInFirstManager, signInInvited } from '../testing/browser.ts';
import { deadLetterAuditOf } from './dead-letter-audit.ts';
import { deadLettersOf } from './dead-letters.ts';
import { overview } from './overview.ts';

jest.setTimeout(60_000);

let portal: Portal;
let ops: Browser;
let manager: Browser;
beforeAll(async () => {
  portal = await aPortal({ parts: { content: [], staffing: [] } });
  const first = await signInFirstManager(portal);
  ops = await signInInvited(portal, first, ['ops'], 'ivo@example.org');
  manager = await signInInvited(portal, first, ['manager'], 'marta@example.org');
});
afterAll(() => portal.close());

const letters = '/system/dead-letters';
const queue = 'search.index';
const list = async () => (await ops.api('get', `${letters}?queue=${queue}`)).body.items as { id: string; diedAt: string; reason: string }[];

/** Handles nothing while `broken`; what fails is dead at once. */
let broken = true;
const handled: string[] = [];
describe('dead letters', () => {
  beforeAll(async () => {
    const { Unprocessable } = await import('@sidekick/bus');
    await portal.bus.subscribe(queue, async ({ subject }) => {
      if (broken) throw new Unprocessable('the index is read-only');
      handled.push(subject);
    });
  });
  afterEach(async () => {
    broken = false;
    await ops.api('post', `${letters}/${queue}/replay`);
    await until('an empty queue', async () => (await list()).length === 0);
    handled.length = 0;
    broken = true;
  });

  const dies = async (...subjects: string[]) => {
    const before = (await list()).length;
    await portal.bus.publish(subjects.map((subject, n) => anEvent(subject, n + 1)));
    return until('dead letters', async () => {
      const now = await list();
      return now.length === before + subjects.length ? now : null;
    });
  };

  test('are listed without what they say, and read one by one', async () => {
    const [letter] = (await dies('project-1')) as { id: string }[] as [{ id: string }];
    expect(letter).toMatchObject({
      queue,
      reason: 'Error: the index is read-only',
      attempts: 1,
      event: { subject: 'project-1', sequence: 1 },
    });
    expect(letter).not.toHaveProperty('body');
    const { body } = await ops.api('get', `${letters}/${queue}/${letter.id}`);
    expect(JSON.parse(body.body)).toMatchObject({ type: 'staffing.project.changed.v1', subject: 'project-1' });
    expect(body.cut).toBe(false);
    expect((await ops.api('get', '/system')).body.dead[0]).toEqual({ queue, count: 1 });
  });

  test('come page by page', async () => {
    await dies('a', 'b', 'c');
    const { body: first } = await ops.api('get', `${letters}?limit=2`);
    const { body: rest } = await ops.api('get', `${letters}?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ event }) => event.subject)).toEqual(['a', 'b', 'c']);
    expect(rest.nextCursor).toBeNull();
    expect((await ops.api('get', `${letters}?cursor=x`)).status).toBe(400);
  });

  test('are replayed: taken once the reason is gone, dead again while it is not; who did it is kept', async () => {
    const [letter] = (await dies('project-2')) as object[] as [{ id: string; diedAt: string }];
    expect((await ops.api('post', `${letters}/${queue}/${letter.id}/replay`)).status).toBe(204);
    await until('it dead again', async () => {
      const [again] = await list();
      return again !== undefined && again.diedAt >= letter.diedAt && handled.length === 0;
    });
    broken = false;
    const [again] = (await until('it there', async () => ((await list()).length === 1 ? list() : null))) as { id: string }[] as [
      { id: string },
    ];
    await ops.api('post', `${letters}/${queue}/${again.id}/replay`);
    await until('it handled', () => handled.includes('project-2'));
    const { body } = await ops.api('get', '/system/deeds?limit=1');
    expect(body.items[0]).toMatchObject({ did: 'replayed', by: 'ivo', queue, letter: again.id, type: 'staffing.project.changed.v1' });
    expect((await ops.api('post', `${letters}/${queue}/${again.id}/replay`)).body.type).toBe('urn:sidekick:problem:no-dead-letter');
  });

  test('of a queue are replayed together, each once though they die again', async () => {
    await dies('x', 'y', 'z');
    expect((await ops.api('post', `${letters}/${queue}/replay`)).body).toEqual({ replayed: 3 });
    await until('all dead again', async () => (await list()).length === 3);
  });

  test('are discarded with a reason, which is kept, and never without', async () => {
    const [letter] = (await dies('project-3')) as { id: string }[] as [{ id: string }];
    const address = `${letters}/${queue}/${letter.id}/discard`;
    expect((await ops.api('post', address, { body: { reason: ' ' } })).status).toBe(400);
    expect(await list()).toHaveLength(1);
    expect((await ops.api('post', address, { body: { reason: 'The project is gone' } })).status).toBe(204);
    expect(await list()).toEqual([]);
    expect((await ops.api('post', address, { body: { reason: 'The project is gone' } })).status).toBe(404);
    const { body } = await ops.api('get', '/system/deeds');
    expect(body.items[0]).toMatchObject({ did: 'discarded', by: 'ivo', letter: letter.id, reason: 'The project is gone' });
    expect(body.items.filter(({ did }: { did: string }) => did === 'discarded')).toHaveLength(1);
  });

  test('are given up after 90 days, and that is kept too', async () => {
    await dies('old');
    const at = (days: number) => {
      const now = () => new Date(Date.now() + days * 86_400_000);
      return deadLettersOf({ bus: portal.bus, deadLetterAudit: deadLetterAuditOf({ store: portal.store, now }), now });
    };
    expect(await at(89).sweep()).toBe(0);
    expect(await at(91).sweep()).toBe(1);
    expect(await list()).toEqual([]);
    expect((await ops.api('get', '/system/deeds')).body.items[0]).toMatchObject({ did: 'expired', by: null });
  });

  test('are for ops alone', async () => {
    expect((await manager.api('get', letters)).status).toBe(403);
    expect((await manager.api('get', '/system')).status).toBe(200);
    expect((await manager.api('post', `${letters}/${queue}/replay`)).status).toBe(403);
    expect((await ops.api('get', `${letters}?queue=gateway.live`)).status).toBe(400);
  });
});

describe('the system', () => {
  const missingNothing = async () => ({ vital: [], other: [] });
  const lastBackup = async () => null;

  test('shows each part with its replica: ready, degraded, down, or silent, and answers within two seconds', async () => {
    const { verify } = await testKeys();
    const part = (name: string, missing: () => Promise<{ vital: string[]; other: string[] }>, routes: Route[] = []) => ({
      app: createApp({ name, routes, verify, log: quietLog, metrics: createMetrics(name), missing, details: async () => ({ head: 7 }) }),
    });
    const forward = inProcess({
      content: part('content', missingNothing),
      search: part('search', async () => ({ vital: [], other: ['bus'] })),
      staffing: part('staffing', async () => ({ vital: ['store'], other: [] })),
      silent: part('silent', () => new Promise(() => undefined)),
    });
    const bus = { deadLetterCount: () => new Promise<number>(() => undefined), health: () => ({ ok: true }) };
    const status = () => Promise.reject(new Error('not now'));
    const began = Date.now();
    const parts = ['content', 'search', 'staffing', 'silent'];
    const view = await overview({ forward, parts, bus, missing: missingNothing, status, lastBackup }, 'request-1');
    expect(view.parts.map(({ name, state, ready, missing }) => ({ name, state, ready, missing }))).toEqual([
      { name: 'gateway', state: 'ready', ready: true, missing: [] },
      { name: 'content', state: 'ready', ready: true, missing: [] },
      { name: 'search', state: 'degraded', ready: true, missing: ['bus'] },
      { name: 'staffing', state: 'down', ready: false, missing: ['store'] },
      { name: 'silent', state: 'down', ready: false, missing: ['answer'] },
    ]);
    expect(view.parts[1]?.replicas[0]?.status).toMatchObject({ name: 'content', head: 7, missing: [], slowest: null });
    expect(view.dead[0]).toEqual({ queue, count: null });
    // Silence is waited for once, whatever how many are silent: 1.7 s here, and a slow machine's own time.
    expect(Date.now() - began).toBeLessThan(20_000);
  });

  test('calls a part degraded when one of its replicas is down', async () => {
    const answer = { status: 200, headers: {}, body: '{"missing":[]}' };
    const forward = {
      askAll: async () => [
        { address: 'a', answer },
        { address: 'b', answer: null },
      ],
    };
    const bus = { deadLetterCount: async () => 0, health: () => ({ ok: false }) };
    const deps = { forward, parts: ['content'], bus, missing: missingNothing, status: async () => Promise.reject(new Error()), lastBackup };
    const content = (await overview(deps, 'request-2')).parts[1];
    expect(content).toMatchObject({ state: 'degraded', ready: true, missing: ['answer'] });
    expect(content?.replicas.map(({ address, state }) => `${address} ${state}`)).toEqual(['a ready', 'b down']);
  });
});

const epoch = '01K0000000000000000000000A';
const anEvent = (subject: string, sequence: number) => {
  const time = systemClock({ timeZone: 'UTC' }).now().toISOString();
  const data = { reason: 'test', deleted: true, state: null };
  return {
    ...{
      specversion: '1.0' as const,
      id: `${subject}-${sequence}`,
      source: 'staffing' as const,
      type: 'staffing.project.changed.v1' as const,
    },
    ...{ time, subject, sequence, epoch, data },
  };
};
