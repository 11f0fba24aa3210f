import { parseForPublish, type QueueName, retryDelays } from '@sidekick/contracts';
import { connect } from 'amqp-connection-manager';
import type { Bus, Handler } from './bus.ts';
import { eventsOf, isTransient, type Notify, reasonOf } from './delivery.ts';
import { onChannel, patience } from './rabbit.channels.ts';
import { type Consumer, consumeDurable } from './rabbit.consumer.ts';
import { findDead, listDead } from './rabbit.dead-letters.ts';
import { publisherOf } from './rabbit.publisher.ts';
import { declareTopology, namesWith } from './rabbit.topology.ts';
import { consumeTransient } from './rabbit.transient.ts';

export interface RabbitBusOptions {
  /** `amqp://user:password@host:port/vhost`. */
  url: string;
  /** Before every name on the broker. */
  prefix?: string;
  /** Milliseconds between the tries of an event; the count of tries is one more. Part of the topology. */
  retryDelays?: readonly number[];
  notify?: Notify;
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
  let closing: Promise<void> | undefined;
  const open = () => {
    if (closing) throw new Error('the bus is closed');
  };
  const consumerOf = (queue: QueueName, handler: Handler): Consumer => {
    const shared = { manager, queue, handler, delays, notify };
    return isTransient(queue)
      ? consumeTransient({ ...shared, name: names.queue(queue), exchange: names.events, events: eventsOf(queue) })
      : consumeDurable({ ...shared, publisher, names });
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
    async subscribe(queue, handler) {
      open();
      if (consumers.has(queue)) throw new Error(`${queue} has a subscription in this process`);
      const consumer = consumerOf(queue, handler);
      consumers.set(queue, consumer);
      await consumer.ready(patience);
    },
    async depth(queue) {
      const held = consumers.get(queue)?.held() ?? 0;
      if (isTransient(queue)) return held;
      return held + (await onChannel(manager, (channel) => channel.checkQueue(names.queue(queue)))).messageCount;
    },
    async declare() {
      await onChannel(manager, (channel) => declareTopology(channel, names, delays));
    },
    async deadLetters(queue, limit) {
      return isTransient(queue) ? [] : onChannel(manager, (channel) => listDead(channel, queue, names.dead(queue), limit));
    },
    async replay(queue, id) {
      await onChannel(manager, async (channel) => {
        const message = await findDead(channel, queue, names.dead(queue), id);
        const { messageId, type } = message.properties as { messageId?: string; type?: string };
        const { returned } = await publisher.send({ exchange: '', key: names.queue(queue), body: message.content, id: messageId, type });
        if (returned) throw new Error(`no queue ${queue}: declare the topology`);
        channel.ack(message);
      });
    },
    async discard(queue, id) {
      await onChannel(manager, async (channel) => channel.ack(await findDead(channel, queue, names.dead(queue), id)));
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
