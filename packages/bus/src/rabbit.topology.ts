import { type EventType, type QueueName, replicaQueueExpiry } from '@sidekick/contracts';
import type { Channel } from 'amqplib';
import type { Queues } from './queues.ts';

/** Names on the broker. A prefix keeps installations and tests that share one apart. */
export interface Names {
  events: string;
  queue(queue: QueueName, replica?: number | null): string;
  dead(queue: QueueName): string;
  /** Exchange and queue in which an event waits that many milliseconds. */
  retry(delay: number): string;
}

export const namesWith = (prefix: string): Names => ({
  events: `${prefix}portal.events`,
  queue: (queue, replica = null) => `${prefix}${queue}${replica === null ? '' : `.${replica}`}`,
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

/** What a queue of events is declared with; one of a replica is forgotten a while after nobody reads it any more. */
export const queueArguments = (names: Names, queues: Queues, queue: QueueName) => ({
  ...safe,
  'x-delivery-limit': deliveryLimit,
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': names.dead(queue),
  ...(queues.isPerReplica(queue) ? { 'x-expires': replicaQueueExpiry } : {}),
});
/** Looking at dead letters returns them, which counts as a delivery: no limit there. */
const deadArguments = { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 };
/** The routing key, which is the consumer's queue, survives the wait: the default exchange leads back there. */
const retryArguments = (delay: number) => ({ ...safe, 'x-message-ttl': delay, 'x-dead-letter-exchange': '' });

/** Declares exchanges, queues and bindings of the durable part, replicas' own queues aside; idempotent, and fails on a queue declared otherwise. */
export async function declareTopology(channel: Channel, names: Names, queues: Queues, delays: readonly number[]): Promise<void> {
  await channel.assertExchange(names.events, 'topic', { durable: true });
  for (const delay of delays) {
    const name = names.retry(delay);
    await channel.assertExchange(name, 'fanout', { durable: true });
    await channel.assertQueue(name, { durable: true, arguments: retryArguments(delay) });
    await channel.bindQueue(name, name, '');
  }
  for (const queue of queues.durable) {
    await channel.assertQueue(names.dead(queue), { durable: true, arguments: deadArguments });
    if (queues.isPerReplica(queue)) continue;
    await channel.assertQueue(names.queue(queue), { durable: true, arguments: queueArguments(names, queues, queue) });
    await bindEvents(channel, names.queue(queue), names.events, queues.eventsOf(queue));
  }
}

export async function bindEvents(channel: Channel, queue: string, exchange: string, types: readonly EventType[]): Promise<void> {
  for (const type of types) await channel.bindQueue(queue, exchange, type);
}
