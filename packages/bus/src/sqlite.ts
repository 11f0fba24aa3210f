import { type Envelope, parseForPublish, type QueueName, retryDelays, type Topology, topology } from '@sidekick/contracts';
import { type Bus, type DeadLetter, NoDeadLetter, type SubscribeOptions } from './bus.ts';
import { bodyOf, type Notify, timeOf } from './delivery.ts';
import { type Queues, queuesOf } from './queues.ts';
import { type Consumer, consume } from './sqlite.consumer.ts';
import { type Deliveries, type Delivery, openDeliveries } from './sqlite.table.ts';

export interface SqliteBusOptions {
  /** A file of its own; refused while another process holds it. */
  file: string;
  /** Milliseconds between the tries of an event; the count of tries is one more. */
  retryDelays?: readonly number[];
  notify?: Notify;
  /** Who consumes what; the table of the contracts unless a test has its own. */
  topology?: Topology;
}

/** The bus of one process: a row a subscribed queue in an SQLite file, safe against `kill -9` and power loss. */
export function sqliteBus(options: SqliteBusOptions): Bus {
  const { retryDelays: delays = retryDelays, notify = () => {} } = options;
  const queues = queuesOf(options.topology ?? topology);
  const table = openDeliveries(options.file);
  table.forget(queues.names.filter(queues.isTransient));
  const consumers = new Map<QueueName, Consumer>();
  let closing: Promise<void> | undefined;

  const wake = (queue: QueueName) => consumers.get(queue)?.wake();
  const open = () => {
    if (closing) throw new Error('the bus is closed');
  };

  return {
    async publish(events) {
      open();
      const rows = events.map((event) => parseForPublish(event)).flatMap((event) => rowsOf(event, queues, consumers));
      if (rows.length === 0) return;
      await table.insert(rows);
      for (const queue of new Set(rows.map((row) => row.queue))) wake(queue);
    },
    async subscribe(queue, handler, options) {
      open();
      if ((queues.replicaOf(queue, options) ?? 0) !== 0) throw new Error('one process has one replica: 0');
      if (consumers.has(queue)) throw new Error(`${queue} has a subscription in this process`);
      const consumer = consume({ queue, transient: queues.isTransient(queue), handler, table, delays, notify });
      const end = async () => {
        await consumer.stop();
        consumers.delete(queue);
      };
      consumers.set(queue, consumer);
      const fresh = queues.isTransient(queue) || !table.known(queue);
      try {
        if (fresh && !queues.isTransient(queue)) await firstSubscription(table, queue, options);
      } catch (error) {
        await end();
        throw error;
      }
      consumer.begin();
      options?.onBound?.(fresh);
      return { fresh, oldest: () => timeOf(table.oldest(queue) ?? ''), passedOver: consumer.passedOver, end };
    },
    depth: async (queue) => table.depth(queue),
    declare: async () => open(),
    deadLetters: async (queue, limit) => table.dead(queue, limit).map(letterOf),
    deadLetterCount: async (queue) => table.deadCount(queue),
    async replay(queue, id) {
      open();
      if (!(await table.revive(queue, id))) throw new NoDeadLetter(`no dead letter ${id} in ${queue}`);
      wake(queue);
    },
    async discard(queue, id) {
      open();
      if (!(await table.discard(queue, id))) throw new NoDeadLetter(`no dead letter ${id} in ${queue}`);
    },
    close() {
      closing ??= (async () => {
        await Promise.all([...consumers.values()].map((consumer) => consumer.stop()));
        await table.close();
      })();
      return closing;
    },
    health: () => (closing ? { ok: false, reason: 'closed' } : table.health()),
  };
}

/** Noted after the consumer has noted it for itself: a crash in between makes the next subscription the first one again. */
async function firstSubscription(table: Deliveries, queue: QueueName, options: SubscribeOptions | undefined): Promise<void> {
  await options?.onMissing?.();
  await table.subscribed(queue);
}

function rowsOf(event: Envelope, queues: Queues, subscribed: ReadonlyMap<QueueName, unknown>): { queue: QueueName; body: string }[] {
  const wanting = queues.wanting(event.type).filter((queue) => !queues.isTransient(queue) || subscribed.has(queue));
  const body = JSON.stringify(event);
  return wanting.map((queue) => ({ queue, body }));
}

function letterOf(row: Delivery): DeadLetter {
  const { id, queue, body, attempts, diedAt, reason } = row;
  return { id: String(id), queue, body: bodyOf(body), attempts, reason: reason ?? '', diedAt: new Date(diedAt ?? 0).toISOString() };
}
