import type { EventType, QueueName, QueueRow, Topology } from '@sidekick/contracts';
import type { SubscribeOptions } from './bus.ts';

export interface Queues {
  readonly names: readonly QueueName[];
  readonly durable: readonly QueueName[];
  isTransient(queue: QueueName): boolean;
  isPerReplica(queue: QueueName): boolean;
  eventsOf(queue: QueueName): readonly EventType[];
  /** Those that want an event. */
  wanting(type: EventType): QueueName[];
  /** The replica that subscribes, 0 unless it says so; null for a queue that has none. Throws for one that makes no sense. */
  replicaOf(queue: QueueName, options: SubscribeOptions | undefined): number | null;
}

/** What a bus asks of the table of who consumes what. */
export function queuesOf(table: Topology): Queues {
  const names = Object.keys(table) as QueueName[];
  const row = (queue: QueueName): QueueRow => {
    const found = table[queue];
    if (!found) throw new Error(`${queue} is not in the topology`);
    return found;
  };
  return {
    names,
    durable: names.filter((queue) => !row(queue).transient),
    isTransient: (queue) => row(queue).transient,
    isPerReplica: (queue) => row(queue).perReplica,
    eventsOf: (queue) => row(queue).events,
    wanting: (type) => names.filter((queue) => row(queue).events.includes(type)),
    replicaOf(queue, options) {
      if (!row(queue).perReplica) {
        if (options && (options.replica !== undefined || !row(queue).transient)) throw new Error(`${queue} has no replicas`);
        return null;
      }
      const { replica = 0 } = options ?? {};
      if (!Number.isInteger(replica) || replica < 0) throw new Error(`${replica} is no number of a replica`);
      return replica;
    },
  };
}
