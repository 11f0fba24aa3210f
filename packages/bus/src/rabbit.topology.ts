import type { EventType, QueueName } from '@sidekick/contracts';
import type { Channel } from 'amqplib';
import { durableQueues, eventsOf } from './delivery.ts';

/** Names on the broker. A prefix keeps installations and tests that share one apart. */
export interface Names {
  events: string;
  queue(queue: QueueName): string;
  dead(queue: QueueName): string;
  /** Exchange and queue in which an event waits that many milliseconds. */
  retry(delay: number): string;
}

export const namesWith = (prefix: string): Names => ({
  events: `${prefix}portal.events`,
  queue: (queue) => `${prefix}${queue}`,
  dead: (queue) => `${prefix}${queue}.dead`,
  retry: (delay) => `${prefix}retry.${delay}ms`,
});

/**
 * Deliveries that ended with a lost connection, e.g. because the handler kills its process, before the broker itself
 * makes a dead letter. Failed tries are counted in our own header: RabbitMQ 4.3 counts neither `nack` nor `recover`.
 */
const deliveryLimit = 10;

/** Safe on a majority of brokers; what leaves by dead-lettering is first confirmed where it goes. */
const safe = { 'x-queue-type': 'quorum', 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };

/** Declares exchanges, queues and bindings of the durable part; idempotent, and fails on a queue declared otherwise. */
export async function declareTopology(channel: Channel, names: Names, delays: readonly number[]): Promise<void> {
  await channel.assertExchange(names.events, 'topic', { durable: true });
  for (const delay of delays) {
    const name = names.retry(delay);
    await channel.assertExchange(name, 'fanout', { durable: true });
    // The routing key, which is the consumer's queue, survives the wait: the default exchange leads back there.
    const back = { 'x-message-ttl': delay, 'x-dead-letter-exchange': '' };
    await channel.assertQueue(name, { durable: true, arguments: { ...safe, ...back } });
    await channel.bindQueue(name, name, '');
  }
  for (const queue of durableQueues) {
    const [name, dead] = [names.queue(queue), names.dead(queue)];
    // Looking at dead letters returns them, which counts as a delivery: no limit there.
    await channel.assertQueue(dead, { durable: true, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 } });
    const letters = { 'x-delivery-limit': deliveryLimit, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': dead };
    await channel.assertQueue(name, { durable: true, arguments: { ...safe, ...letters } });
    await bindEvents(channel, name, names.events, eventsOf(queue));
  }
}

export async function bindEvents(channel: Channel, queue: string, exchange: string, types: readonly EventType[]): Promise<void> {
  for (const type of types) await channel.bindQueue(queue, exchange, type);
}
