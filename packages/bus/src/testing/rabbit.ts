import { type QueueName, type Topology, topology } from '@sidekick/contracts';
import { connect } from 'amqplib';
import { ulid } from 'ulid';
import type { Bus } from '../index.ts';
import { queuesOf } from '../queues.ts';
import { bindEvents, type Names, namesWith, queueArguments } from '../rabbit.topology.ts';
import { rabbitBus } from '../rabbit.ts';
import { type BusSide, queue } from './side.ts';

export type RabbitSide = Omit<BusSide, 'open'> & {
  prefix: string;
  /** Names on the broker of replica 0's queue and of the dead letters. */
  names: { queue: string; dead: string };
  open(options?: Parameters<BusSide['open']>[0] & { url?: string; publishTimeout?: number }): Promise<Bus>;
};

export async function rabbitSide(url: string, table: Topology = topology): Promise<RabbitSide> {
  const prefix = `test.${ulid()}.`;
  const opened: Bus[] = [];
  const delays = new Set<number>([1_000, 10_000, 60_000]);
  const wire = namesWith(prefix);
  const queues = queuesOf(table);
  const names = { queue: wire.queue(queue, 0), dead: wire.dead(queue) };
  /** As a replica's first subscription leaves it. */
  const makeQueue = () =>
    withChannel(url, async (channel) => {
      await channel.assertQueue(names.queue, { durable: true, arguments: queueArguments(wire, queues, queue) });
      await bindEvents(channel, names.queue, wire.events, queues.eventsOf(queue));
    });
  return {
    prefix,
    names,
    childArguments: ['rabbit', url, prefix],
    async open({ bare, ...options } = {}) {
      const bus = rabbitBus({ url, prefix, topology: table, reconnectSeconds: 0.1, publishTimeout: 15_000, ...options });
      opened.push(bus);
      for (const delay of options.retryDelays ?? []) delays.add(delay);
      await bus.declare();
      if (!bare) await makeQueue();
      return bus;
    },
    smuggle: (text) => withChannel(url, async (channel) => void channel.sendToQueue(names.queue, Buffer.from(text), { persistent: true })),
    async end() {
      await Promise.all(opened.map((bus) => bus.close()));
      await removeDeclared(url, wire, queues.durable, delays);
    },
  };
}

/** Removes what buses declared, queues of three replicas too. */
export const removeDeclared = (url: string, names: Names, queues: readonly QueueName[], delays: Iterable<number>) =>
  withChannel(url, async (channel) => {
    for (const delay of delays) {
      await channel.deleteQueue(names.retry(delay));
      await channel.deleteExchange(names.retry(delay));
    }
    for (const one of queues) {
      for (const replica of [null, 0, 1, 2]) await channel.deleteQueue(names.queue(one, replica));
      await channel.deleteQueue(names.dead(one));
    }
    await channel.deleteExchange(names.events);
  });

export async function withChannel<T>(
  url: string,
  work: (channel: Awaited<ReturnType<Connection['createChannel']>>) => Promise<T>,
): Promise<T> {
  const connection = await connect(url);
  try {
    const channel = await connection.createChannel();
    // Without a listener the broker's refusal would fail the test a second time.
    channel.on('error', () => {});
    const result = await work(channel);
    await channel.close();
    return result;
  } finally {
    await connection.close();
  }
}
type Connection = Awaited<ReturnType<typeof connect>>;

/** Messages in a queue, by its name on the broker. */
export const inspect = async (url: string, name: string) =>
  withChannel(url, async (channel) => (await channel.checkQueue(name)).messageCount);
