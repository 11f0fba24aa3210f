import { parseForPublish, type QueueName, retryDelays, type Topology, topology } from '@sidekick/contracts';
import { connect } from 'amqp-connection-manager';
import { type Bus, type Handler, QueueGone, type SubscribeOptions } from './bus.ts';
import { type Notify, reasonOf } from './delivery.ts';
import { queuesOf } from './queues.ts';
import { answered, onChannel, patience } from './rabbit.channels.ts';
import { type Consumer, consumeDurable } from './rabbit.consumer.ts';
import { findDead, listDead, queueOf } from './rabbit.dead-letters.ts';
import { publisherOf } from './rabbit.publisher.ts';
import { ownQueue } from './rabbit.replica.ts';
import { declareTopology, namesWith } from './rabbit.topology.ts';
import { consumeTransient } from './rabbit.transient.ts';

export { attemptsHeader } from './rabbit.consumer.ts';

export interface RabbitBusOptions {
  /** `amqp://user:password@host:port/vhost`. */
  url: string;
  /** Before every name on the broker. */
  prefix?: string;
  /** Milliseconds between the tries of an event; the count of tries is one more. Part of the topology. */
  retryDelays?: readonly number[];
  notify?: Notify;
  /** Who consumes what; the table of the contracts unless a test has its own. */
  topology?: Topology;
  /** How long a publish waits for a broker that is away or silent, in milliseconds. */
  publishTimeout?: number;
  reconnectSeconds?: number;
}

/**
 * The bus over RabbitMQ 4. Connects in the background and again after every loss; while the broker is away publishing
 * rejects after `publishTimeout` and subscriptions wait. `declare` must have run once on the broker.
 */
export function rabbitBus(options: RabbitBusOptions): Bus {
  const { url, prefix = '', retryDelays: delays = retryDelays, notify = () => {}, publishTimeout = 2_000, reconnectSeconds = 1 } = options;
  const names = namesWith(prefix);
  const queues = queuesOf(options.topology ?? topology);
  const { isTransient, isPerReplica } = queues;
  const manager = connect([url], {
    heartbeatIntervalInSeconds: 5,
    reconnectTimeInSeconds: reconnectSeconds,
    connectionOptions: { timeout: 2_000, noDelay: true },
  });
  let blocked: string | undefined;
  manager.on('blocked', ({ reason }) => {
    blocked = reason;
  });
  manager.on('connectFailed', ({ err }) => notify({ what: 'trouble', reason: reasonOf(err) }));
  for (const event of ['unblocked', 'disconnect']) {
    manager.on(event, () => {
      blocked = undefined;
    });
  }
  const publisher = publisherOf({ manager, notify, timeout: publishTimeout });
  const consumers = new Map<QueueName, Consumer>();
  const replicas = new Map<QueueName, number>();
  let closing: Promise<void> | undefined;
  const open = () => {
    if (closing) throw new Error('the bus is closed');
  };
  /** Name on the broker; of a queue per replica that of `replica`, else of the one subscribed here. */
  const nameOf = (queue: QueueName, replica?: number) =>
    names.queue(queue, isPerReplica(queue) ? (replica ?? replicas.get(queue) ?? 0) : null);
  const consume = (queue: QueueName, handler: Handler, options: SubscribeOptions | undefined) => {
    const replica = queues.replicaOf(queue, options);
    if (replica !== null) replicas.set(queue, replica);
    const name = nameOf(queue);
    const shared = { manager, queue, name, handler, delays, notify };
    if (isTransient(queue)) {
      const wanted = { exchange: names.events, events: queues.eventsOf(queue), onBound: options?.onBound };
      return { consumer: consumeTransient({ ...shared, ...wanted }), own: null };
    }
    const own = replica === null ? null : ownQueue({ manager, names, queues, queue, own: { ...options, replica } });
    return { consumer: consumeDurable({ ...shared, own, publisher, names }), own };
  };

  return {
    async publish(events) {
      open();
      const parsed = events.map((event) => parseForPublish(event));
      await Promise.all(
        parsed.map(async (event) => {
          const { id, type } = event;
          const body = Buffer.from(JSON.stringify(event));
          const { returned } = await publisher.send({ exchange: names.events, key: type, body, id, type });
          if (returned) notify({ what: 'returned', id, type, reason: 'no queue wants it' });
        }),
      );
    },
    async subscribe(queue, handler, options) {
      open();
      if (consumers.has(queue)) throw new Error(`${queue} has a subscription in this process`);
      const { consumer, own } = consume(queue, handler, options);
      consumers.set(queue, consumer);
      await consumer.ready(patience);
      return {
        fresh: own ? own.fresh() : isTransient(queue),
        oldest: () => consumer.oldest(),
        passedOver: () => consumer.passedOver(),
        async end() {
          await consumer.close();
          consumers.delete(queue);
        },
      };
    },
    async depth(queue, replica) {
      const isHere = replica === undefined || replica === replicas.get(queue);
      const held = isHere ? (consumers.get(queue)?.held() ?? 0) : 0;
      if (isTransient(queue)) return held;
      return held + (await onChannel(manager, (channel) => answered(channel.checkQueue(nameOf(queue, replica))))).messageCount;
    },
    async declare() {
      await onChannel(manager, (channel) => declareTopology(channel, names, queues, delays));
    },
    async deadLetters(queue, limit) {
      return isTransient(queue) ? [] : onChannel(manager, (channel) => listDead(channel, queue, names, limit));
    },
    async deadLetterCount(queue) {
      return isTransient(queue) ? 0 : (await onChannel(manager, (channel) => answered(channel.checkQueue(names.dead(queue))))).messageCount;
    },
    async replay(queue, id, replica) {
      await onChannel(manager, async (channel) => {
        const message = await findDead(channel, queue, names, { id, replica });
        const { messageId, type } = message.properties as { messageId?: string; type?: string };
        const key = queueOf(queue, names, message);
        const { returned } = await publisher.send({ exchange: '', key, body: message.content, id: messageId, type });
        if (returned) throw new QueueGone(`the queue ${key} is gone`);
        channel.ack(message);
      });
    },
    async discard(queue, id, replica) {
      await onChannel(manager, async (channel) => channel.ack(await findDead(channel, queue, names, { id, replica })));
    },
    close() {
      closing ??= (async () => {
        await Promise.all([...consumers.values()].map((consumer) => consumer.close()));
        await publisher.close();
        await manager.close();
      })();
      return closing;
    },
    health() {
      if (closing) return { ok: false, reason: 'closed' };
      if (!manager.isConnected() || !publisher.live()) return { ok: false, reason: 'the broker is away' };
      if (blocked !== undefined) return { ok: false, reason: `the broker takes nothing: ${blocked}` };
      const deaf = [...consumers].filter(([, consumer]) => !consumer.live()).map(([queue]) => queue);
      return deaf.length > 0 ? { ok: false, reason: `not subscribed: ${deaf.join(', ')}` } : { ok: true };
    },
  };
}
