import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { topology } from '@sidekick/contracts';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { connect } from 'amqplib';
import { busContract } from './bus.contract.ts';
import type { BusNotice } from './delivery.ts';
import { rabbitBus } from './rabbit.ts';
import { childOf } from './testing/child.ts';
import { aHolidayEvent, aProjectEvent } from './testing/events.ts';
import { inspect, rabbitSide } from './testing/rabbit.ts';

const queue = 'search.index';

describeWith('amqp', 'bus over RabbitMQ', (url) => {
  busContract(() => rabbitSide(url));

  test('counts a message that the broker returns', async () => {
    // Webhooks take every event, so that none would come back.
    const side = await rabbitSide(url, { [queue]: topology[queue] });
    const notices: BusNotice[] = [];
    const bus = await side.open({ notify: (notice) => notices.push(notice) });
    await bus.publish([aHolidayEvent(1), aProjectEvent(1)]);
    expect(notices.map(({ what, type }) => [what, type])).toEqual([['returned', 'staffing.holiday.changed.v1']]);
    await side.end();
  });

  test('ends a message that kills its process as a dead letter, by the broker’s own limit', async () => {
    const side = await rabbitSide(url);
    await (await side.open()).close();
    await side.smuggle(JSON.stringify(aProjectEvent(1)));
    let deliveries = 0;
    const dead = async () => (await inspect(url, side.names.dead)) === 1;
    while (!(await dead()) && deliveries < 30) {
      await dieWithMessage(url, side.names.queue);
      deliveries += 1;
    }
    expect(deliveries).toBeGreaterThan(3);
    expect(deliveries).toBeLessThan(15);
    const bus = await side.open();
    const [letter] = await bus.deadLetters(queue, 10);
    expect(letter).toMatchObject({ reason: 'the broker gave up: delivery_limit', body: { sequence: 1 } });
    await bus.publish([aProjectEvent(2)]);
    const got: number[] = [];
    await bus.subscribe(queue, async ({ sequence }) => void got.push(sequence));
    await until('the one behind it', () => got.length === 1);
    await bus.replay(queue, letter?.id ?? '');
    await until('the replayed one', () => got.length === 2);
    expect(got).toEqual([2, 1]);
    await side.end();
  });

  test('shares a queue between two processes, and gives one’s events to the other when it is killed', async () => {
    const side = await rabbitSide(url);
    const bus = await side.open();
    const children = [1, 2].map((n) => childOf('bus.child.ts', [...side.childArguments, String(n * 100_000)]));
    const [one, two] = children as [ReturnType<typeof childOf>, ReturnType<typeof childOf>];
    await until(
      'both at work',
      () => children.every((child) => child.numbers('published').length > 60 && child.numbers('handled').length > 20),
      20,
    );
    await one.kill();
    const published = one.numbers('published');
    await until('all of the killed one handled by either', () => {
      const handled = new Set([...one.numbers('handled'), ...two.numbers('handled')]);
      return published.every((n) => handled.has(n));
    });
    await two.kill();
    await bus.close();
    await side.end();
  }, 60_000);

  test('rejects within its time while the broker is away, and goes on by itself when it is back', async () => {
    const proxy = await proxyTo(url);
    const side = await rabbitSide(url);
    const bus = await side.open({ url: proxy.url, publishTimeout: 2_000 });
    const got: number[] = [];
    await bus.subscribe(queue, async ({ sequence }) => void got.push(sequence));
    await bus.publish([aProjectEvent(1)]);
    await until('the first', () => got.length === 1);
    expect(bus.health()).toEqual({ ok: true });

    await proxy.cut();
    await until('ill health', () => !bus.health().ok);
    expect(bus.health().reason).toBe('the broker is away');
    const began = Date.now();
    await expect(bus.publish([aProjectEvent(2)])).rejects.toThrow('did not confirm');
    expect(Date.now() - began).toBeLessThan(5_000);
    await expect(bus.depth(queue)).rejects.toThrow('the broker is away');

    const waiting = bus.publish([aProjectEvent(3)]);
    await proxy.mend();
    await waiting;
    await until('good health', () => bus.health().ok);
    await bus.publish([aProjectEvent(4)]);
    await until('the last', () => got.includes(4));
    expect(got).toEqual(expect.arrayContaining([1, 3, 4]));
    await side.end();
    await proxy.close();
  });

  test('tells whoever reads a transient queue when it is made anew, since what was published meanwhile is lost', async () => {
    const proxy = await proxyTo(url);
    const side = await rabbitSide(url);
    const [bus, other] = [await side.open({ url: proxy.url }), await side.open()];
    const seen: (number | string)[] = [];
    const onBound = (fresh: boolean) => void seen.push(fresh ? 'made' : 'found');
    await bus.subscribe('gateway.live', async ({ sequence }) => void seen.push(sequence), { onBound });
    await other.publish([aProjectEvent(1)]);
    await until('the first', () => seen.includes(1));
    await proxy.cut();
    await until('ill health', () => !bus.health().ok);
    await other.publish([aProjectEvent(2)]);
    await proxy.mend();
    await until('a new queue', () => seen.length === 3);
    await other.publish([aProjectEvent(3)]);
    await until('the third', () => seen.includes(3));
    expect(seen).toEqual(['made', 1, 'made', 3]);
    await side.end();
    await proxy.close();
  });

  test('loses nothing over ten cuts in the middle of publishing, failing and handling', async () => {
    const proxy = await proxyTo(url);
    const side = await rabbitSide(url);
    const bus = await side.open({ url: proxy.url, retryDelays: [50, 50, 50], publishTimeout: 2_000 });
    const handled = new Set<number>();
    const failed = new Set<number>();
    await bus.subscribe(queue, async ({ sequence }) => {
      await new Promise((resolve) => setImmediate(resolve));
      if (sequence % 3 === 0 && !failed.has(sequence)) {
        failed.add(sequence);
        throw new Error('once');
      }
      handled.add(sequence);
    });
    const published: number[] = [];
    let on = true;
    const publishing = (async () => {
      for (let n = 1; on; n += 1) {
        await bus.publish([aProjectEvent(n)]).then(
          () => published.push(n),
          () => {},
        );
      }
    })();
    for (let cut = 0; cut < 10; cut += 1) {
      const before = published.length;
      await until('more published', () => published.length > before + 15, 15);
      await proxy.cut();
      await proxy.mend();
    }
    on = false;
    await publishing;
    await until('every published one handled', () => published.every((n) => handled.has(n)), 15);
    expect(await bus.deadLetters(queue, 10)).toEqual([]);
    await side.end();
    await proxy.close();
  }, 60_000);

  test('starts while the broker is away', async () => {
    const proxy = await proxyTo(url);
    await proxy.cut();
    const side = await rabbitSide(url);
    await (await side.open()).close();
    const bus = rabbitBus({ url: proxy.url, prefix: side.prefix, reconnectSeconds: 0.1 });
    const got: number[] = [];
    await bus.subscribe(queue, async ({ sequence }) => void got.push(sequence));
    expect(bus.health().ok).toBe(false);
    await proxy.mend();
    await until('good health', () => bus.health().ok);
    await bus.publish([aProjectEvent(1)]);
    await until('the event', () => got.length === 1);
    await bus.close();
    await side.end();
    await proxy.close();
  });
});

/** Takes one message and loses the connection, as a process does that dies of it. */
async function dieWithMessage(url: string, name: string): Promise<void> {
  const proxy = await proxyTo(url);
  const connection = await connect(proxy.url);
  connection.on('error', () => {});
  const channel = await connection.createChannel();
  const delivered = new Promise((resolve) => void channel.consume(name, resolve));
  await Promise.race([delivered, pause(500)]);
  const closed = new Promise((resolve) => connection.once('close', resolve));
  await proxy.close();
  await closed;
}
