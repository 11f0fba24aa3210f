import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { DeadLetterView, PartView, SystemView } from '@sidekick/contracts';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { type Apart, smuggle, startApart } from '@sidekick/testing/apart';
import { type Caller, callerAt } from '../testing/caller.ts';

jest.setTimeout(300_000);

describeWith(['mongo', 'amqp', 'redis'], 'the system of parts that run apart', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  let apart: Apart;
  let ops: Caller;
  let broker: Awaited<ReturnType<typeof proxyTo>>;
  beforeAll(async () => {
    broker = await proxyTo(amqpUrl);
    const cuttable = { AMQP_URL: broker.url };
    apart = await startApart({ mongoUrl, amqpUrl, redisUrl, replicas: { search: 2 }, env: { search: cuttable, content: cuttable } });
    ops = callerAt(() => ({ url: apart.url, token: apart.token }));
  });
  afterAll(async () => {
    await apart?.close();
    await broker?.close();
  });

  const system = async (): Promise<SystemView> => (await ops.api('get', '/system')).body;
  const part = async (name: string): Promise<PartView | undefined> => (await system()).parts.find((one) => one.name === name);
  /** Answers have to come within the gateway's patience: on a busy machine that takes more than one look. */
  const patience = 90;
  const allWell = () => until('every part well', async () => (await system()).parts.every(({ state }) => state === 'ready'), patience);

  test('names every replica, and what one of them misses, until it has it back', async () => {
    await allWell();
    const search = await until(
      'both replicas to tell of their queues',
      async () => {
        const now = await part('search');
        return now?.replicas.every(({ status }) => status?.queues) ? now : null;
      },
      patience,
    );
    expect(search.replicas.map(({ address }) => address)).toEqual(apart.replicas.search.map(({ url }) => url));
    expect(search.replicas.map(({ status }) => status?.queues?.[0]?.name)).toEqual(['search.index.0', 'search.index.1']);
    const replica = apart.replicas.content[0];
    const content = await until('content to say how it is', async () => (await part('content'))?.replicas[0]?.status, patience);
    expect(content).toMatchObject({ name: 'content', oldestUnsent: expect.any(Number) });

    await broker.cut();
    for (const name of ['search', 'content']) {
      const cut = await until(
        `${name} degraded`,
        async () => {
          const now = await part(name);
          return now?.state === 'degraded' && now.replicas.every(({ missing }) => missing.includes('bus')) ? now : null;
        },
        patience,
      );
      expect(cut.ready).toBe(true);
    }
    await until('the gateway well', async () => (await part('gateway'))?.state === 'ready', patience);
    const pid = replica?.pid;
    await broker.mend();
    await allWell();
    expect(replica?.pid).toBe(pid);
  });

  test('calls a part down that hangs, or is gone, and answers all the same', async () => {
    const staffing = apart.replicas.staffing[0];
    process.kill(staffing?.pid ?? 0, 'SIGSTOP');
    try {
      const parts = await until(
        'staffing alone down',
        async () => {
          const now = (await system()).parts;
          return now.every(({ name, state }) => state === (name === 'staffing' ? 'down' : 'ready')) ? now : null;
        },
        patience,
      );
      expect(parts.find(({ name }) => name === 'staffing')).toMatchObject({ ready: false, missing: ['answer'] });
    } finally {
      process.kill(staffing?.pid ?? 0, 'SIGCONT');
    }
    await allWell();
    await apart.replicas.search[1]?.kill();
    await until(
      'one replica of search down',
      async () => {
        const now = await part('search');
        return now?.state === 'degraded' && now.replicas.map(({ state }) => state).join() === 'ready,down';
      },
      patience,
    );
    await apart.replicas.search[1]?.start();
    await allWell();
  });

  test('shows a poison message of one replica, sends it back to it, and gives it up with a reason', async () => {
    const letters = async (): Promise<DeadLetterView[]> => (await ops.api('get', '/system/dead-letters')).body.items;
    const dead = (when: (letter: DeadLetterView) => boolean) => until('a dead letter', async () => (await letters()).find(when), patience);
    await smuggle(amqpUrl, `${apart.names.prefix}search.index.1`, '{ this is no JSON');
    const letter = await dead(() => true);
    expect(letter).toMatchObject({ queue: 'search.index', replica: 1, event: null, attempts: 1 });
    await until('it counted', async () => (await system()).dead[0]?.count === 1, patience);

    const address = `/system/dead-letters/search.index/${encodeURIComponent(letter.id)}`;
    expect((await ops.api('get', address)).body).toMatchObject({ body: '{ this is no JSON', cut: false });
    expect((await ops.api('post', `${address}/replay`)).status).toBe(204);
    const again = await dead(({ diedAt }) => diedAt !== letter.diedAt);
    expect(again).toMatchObject({ id: letter.id, replica: 1 });

    expect((await ops.api('post', `${address}/discard`, { body: { reason: 'Made by a test' } })).status).toBe(204);
    await until('none left', async () => (await letters()).length === 0);
    const { items } = (await ops.api('get', '/system/deeds')).body;
    expect(items.map(({ did, letter: id }: { did: string; letter: string }) => [did, id])).toEqual([
      ['discarded', letter.id],
      ['replayed', letter.id],
    ]);
  });
});
