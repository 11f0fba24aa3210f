import type { EventType, QueueName } from '@sidekick/contracts';
import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { ConsumeMessage } from 'amqplib';
import { ulid } from 'ulid';
import type { Handler, TransientOptions } from './bus.ts';
import { type Notify, tellOf, tryEvent } from './delivery.ts';
import { keepChannel } from './rabbit.channels.ts';
import { type Consumer, earliest, oneAtATime, timeOfMessage } from './rabbit.consumer.ts';
import { bindEvents } from './rabbit.topology.ts';

interface ConsumeOptions {
  manager: AmqpConnectionManager;
  queue: QueueName;
  /** Prefix of the queue's name on the broker; a ULID follows. */
  name: string;
  exchange: string;
  events: readonly EventType[];
  handler: Handler;
  onBound: TransientOptions['onBound'];
  delays: readonly number[];
  notify: Notify;
}

/**
 * A queue of this process alone: it dies with the connection, and a new one begins empty. Retries wait in this process,
 * since nothing on the broker could lead back to a queue that may be gone; what fails for good is told and dropped.
 */
export function consumeTransient(options: ConsumeOptions): Consumer {
  const { manager, queue, name, exchange, events, handler, onBound, delays, notify } = options;
  const timers = new Map<NodeJS.Timeout, ConsumeMessage>();
  let passed = 0;
  const line = oneAtATime((message: ConsumeMessage, failed: number) => handle(message, failed));
  const kept = keepChannel({
    manager,
    notify,
    setup: async (channel) => {
      const { queue: own } = await channel.assertQueue(`${name}.${ulid()}`, { durable: false, exclusive: true, autoDelete: true });
      await bindEvents(channel, own, exchange, events);
      await channel.consume(own, (message) => (message ? line.add(message, 0) : kept.renewSoon()), { noAck: true });
      onBound?.(true);
    },
  });

  async function handle(message: ConsumeMessage, failed: number): Promise<void> {
    const outcome = await tryEvent(message.content.toString(), failed, { queue, handler, delays, notify });
    if (outcome.do === 'pass over') passed += 1;
    if (outcome.do === 'done' || outcome.do === 'pass over') return;
    const { messageId: id, type } = message.properties as { messageId?: string; type?: string };
    const about = { queue, ...(id ? { id } : {}), ...(type ? { type } : {}) };
    if (outcome.do === 'dead') return tellOf(notify, outcome, { what: 'dead', ...about, reason: outcome.reason });
    tellOf(notify, outcome, { what: 'retried', ...about, reason: `try ${outcome.attempts} failed` });
    const timer = setTimeout(() => {
      timers.delete(timer);
      line.add(message, outcome.attempts);
    }, outcome.delay);
    timers.set(timer, message);
  }

  return {
    held: () => line.size() + timers.size,
    oldest: () => earliest([...line.messages(), ...timers.values()].map(timeOfMessage)),
    passedOver: () => passed,
    ready: (milliseconds) => kept.ready(milliseconds),
    live: () => kept.live() !== undefined,
    async close() {
      for (const timer of timers.keys()) clearTimeout(timer);
      await line.stop();
      await kept.close();
    },
  };
}
