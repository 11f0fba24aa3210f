import type { QueueName } from '@sidekick/contracts';
import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { Channel } from 'amqplib';
import type { ReplicaOptions } from './bus.ts';
import type { Queues } from './queues.ts';
import { answered, onChannel } from './rabbit.channels.ts';
import { bindEvents, type Names, queueArguments } from './rabbit.topology.ts';

export interface OwnQueue {
  /** Makes the queue where it is missing and binds it; for the set-up of each channel that will read it. */
  open(channel: Channel): Promise<void>;
  /** It is read now. */
  read(): void;
  /** Whether it had to be made before it was first read; null before that. */
  fresh(): boolean | null;
}

/**
 * The queue of one replica, made by the replica itself. Who finds it there only binds it: should it vanish in that moment
 * the binding fails, so that no queue is ever made without `onMissing` before.
 */
export function ownQueue(options: {
  manager: AmqpConnectionManager;
  names: Names;
  queues: Queues;
  queue: QueueName;
  own: ReplicaOptions;
}): OwnQueue {
  const { manager, names, queues, queue, own } = options;
  const name = names.queue(queue, own.replica);
  let first: boolean | null = null;
  let made = false;
  return {
    async open(channel) {
      if (await isMissing(manager, name)) {
        made = true;
        await own.onMissing?.();
        await channel.assertQueue(name, { durable: true, arguments: queueArguments(names, queues, queue) });
      }
      await bindEvents(channel, name, names.events, queues.eventsOf(queue));
    },
    read() {
      first ??= made;
      own.onBound?.(made);
      made = false;
    },
    fresh: () => first,
  };
}

/** Asked on a channel of its own, which the broker closes when the answer is no. */
const isMissing = (manager: AmqpConnectionManager, name: string): Promise<boolean> =>
  onChannel(manager, (channel) => answered(channel.checkQueue(name))).then(
    () => false,
    (error: Error & { code?: number }) => {
      if (error.code === notFound) return true;
      throw error;
    },
  );
const notFound = 404;
