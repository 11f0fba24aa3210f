import { expect, jest, test } from '@jest/globals';
import { describeWith, proxyTo, until } from '@sidekick/testing';
import { type Bus, NoDeadLetter, QueueGone } from './index.ts';
import { rabbitBus } from './rabbit.ts';
import { aProjectEvent } from './testing/events.ts';
import { type RabbitSide, rabbitSide, withChannel } from './testing/rabbit.ts';

jest.setTimeout(60_000);

const queue = 'search.index';

/** Subscribes a replica and keeps what happens to it. */
async function replicaOn(bus: Bus, replica: number, handle: (sequence: number) => void = () => {}) {
  const seen: (number | string)[] = [];
  const { fresh } = await bus.subscribe(
    queue,
    async ({ sequence }) => {
      handle(sequence);
      seen.push(sequence);
    },
    { replica, onMissing: () => void seen.push('missing'), onBound: (made) => void seen.push(made ? 'made' : 'found') },
  );
  return { seen, fresh };
}

describeWith('amqp', 'queues of replicas over RabbitMQ', (url) => {
  const withSide = (title: string, body: (side: RabbitSide) => Promise<void>) =>
    test(title, async () => {
      const side = await rabbitSide(url);
      try {
        await body(side);
      } finally {
        await side.end();
      }
    });
  const queueOf = (side: RabbitSide, replica: number) => `${side.prefix}${queue}.${replica}`;
  const remove = (name: string) => withChannel(url, (channel) => channel.deleteQueue(name));

  withSide('gives each replica every event, and a failed one back to the replica that failed', async ({ open }) => {
    const [one, two] = [await open({ bare: true, retryDelays: [100] }), await open({ bare: true, retryDelays: [100] })];
    let failures = 0;
    const first = await replicaOn(one, 1, (sequence) => {
      if (sequence === 2 && failures === 0) {
        failures += 1;
        throw new Error('once');
      }
    });
    const second = await replicaOn(two, 2);
    expect([first.fresh, second.fresh]).toEqual([true, true]);
    await one.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    await until('all three at both', () => first.seen.length === 5 && second.seen.length === 5);
    await until('empty queues', async () => (await one.depth(queue)) + (await two.depth(queue)) === 0);
    expect(failures).toBe(1);
    expect(first.seen.slice(0, 2)).toEqual(['missing', 'made']);
    // The second try may come before the third event where the machine is busy.
    expect(first.seen.slice(2).sort()).toEqual([1, 2, 3]);
    expect(second.seen).toEqual(['missing', 'made', 1, 2, 3]);
    expect(await two.depth(queue, 1)).toBe(0);
  });

  withSide('tells the letters of one event at two replicas apart', async (side) => {
    const [one, two] = [await side.open({ bare: true, retryDelays: [] }), await side.open({ bare: true, retryDelays: [] })];
    let broken = true;
    const fail = () => {
      if (broken) throw new Error('broken');
    };
    const first = await replicaOn(one, 1, fail);
    const second = await replicaOn(two, 2, fail);
    await one.publish([aProjectEvent(1)]);
    const letters = await until('a dead letter of each', async () => {
      const found = await two.deadLetters(queue, 10);
      return found.length === 2 ? found : null;
    });
    expect(new Set(letters.map(({ id }) => id)).size).toBe(1);
    broken = false;
    const last = letters.at(-1);
    await one.replay(queue, last?.id ?? '', last?.replica);
    const replayed = last?.replica === 1 ? first : second;
    await until('the one that was meant to have it', () => replayed.seen.at(-1) === 1);
    expect((last?.replica === 1 ? second : first).seen).toEqual(['missing', 'made']);
    await expect(one.discard(queue, last?.id ?? '', last?.replica)).rejects.toBeInstanceOf(NoDeadLetter);
    await one.discard(queue, last?.id ?? '', letters[0]?.replica);
    await until('none left', async () => (await one.deadLetterCount(queue)) === 0);
  });

  withSide('replays a dead letter to the replica that failed alone, and says when that one is gone', async (side) => {
    const [one, two] = [await side.open({ bare: true, retryDelays: [] }), await side.open({ bare: true, retryDelays: [] })];
    let broken = true;
    const first = await replicaOn(one, 1, (sequence) => {
      if (broken && sequence < 3) throw new Error('broken');
    });
    const second = await replicaOn(two, 2);
    await one.publish([1, 2, 3].map((sequence) => aProjectEvent(sequence)));
    const letters = await until('two dead letters', async () => {
      const found = await two.deadLetters(queue, 10);
      return found.length === 2 ? found : null;
    });
    expect(letters.map(({ replica, attempts }) => [replica, attempts])).toEqual([
      [1, 1],
      [1, 1],
    ]);
    broken = false;
    await two.replay(queue, letters[0]?.id ?? '');
    await until('the replayed one', () => first.seen.length === 4);
    await until('all at the other', () => second.seen.length === 5);
    expect(first.seen.slice(2)).toEqual([3, 1]);
    await one.close();
    await remove(queueOf(side, 1));
    await expect(two.replay(queue, letters[1]?.id ?? '')).rejects.toThrow(QueueGone);
    expect(await two.deadLetters(queue, 10)).toMatchObject([{ id: letters[1]?.id }]);
    await two.discard(queue, letters[1]?.id ?? '');
    expect(second.seen).toEqual(['missing', 'made', 1, 2, 3]);
  });

  withSide('makes its queue anew when it vanishes under a living replica, and tells', async (side) => {
    const bus = await side.open({ bare: true });
    const { seen } = await replicaOn(bus, 1);
    await remove(queueOf(side, 1));
    await until('a new queue', () => seen.length >= 4);
    await bus.publish([aProjectEvent(1)]);
    await until('the event', () => seen.includes(1));
    expect(seen).toEqual(['missing', 'made', 'missing', 'made', 1]);
    await until('good health', () => bus.health().ok);
  });

  withSide('learns that its queue is gone when it was cut off meanwhile', async (side) => {
    await (await side.open({ bare: true })).close();
    const proxy = await proxyTo(url);
    const bus = rabbitBus({ url: proxy.url, prefix: side.prefix, reconnectSeconds: 0.1 });
    const { seen, fresh } = await replicaOn(bus, 1);
    expect(fresh).toBe(true);
    await proxy.cut();
    await until('ill health', () => !bus.health().ok);
    await remove(queueOf(side, 1));
    await proxy.mend();
    await until('a new queue', () => seen.length === 4);
    expect(seen).toEqual(['missing', 'made', 'missing', 'made']);
    await bus.close();
    await proxy.close();
  });

  withSide('does not know while the broker is away, and tells when it is back', async (side) => {
    await (await side.open({ bare: true })).close();
    const proxy = await proxyTo(url);
    await proxy.cut();
    const bus = rabbitBus({ url: proxy.url, prefix: side.prefix, reconnectSeconds: 0.1 });
    const { seen, fresh } = await replicaOn(bus, 1);
    expect(fresh).toBeNull();
    await proxy.mend();
    await until('its queue', () => seen.length === 2);
    expect(seen).toEqual(['missing', 'made']);
    await bus.close();
    await proxy.close();
  });

  withSide('makes no queue before its consumer has noted that it was missing', async (side) => {
    const bus = await side.open({ bare: true });
    let asked = 0;
    let bound = false;
    await bus.subscribe(queue, async () => {}, {
      replica: 1,
      async onMissing() {
        asked += 1;
        if (asked === 1) throw new Error('disk full');
      },
      onBound: (made) => {
        bound = made;
      },
    });
    await until('the second asking', () => bound);
    expect(asked).toBe(2);
  });
});
