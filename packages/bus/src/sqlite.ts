import { type Envelope, parseForPublish, type QueueName, retryDelays } from '@sidekick/contracts';
import { withOrigin } from '@sidekick/tracing';
import { type Bus, type DeadLetter, type Handler, NoDeadLetter, type ReplicaOptions } from './bus.ts';
import {
  bodyOf,
  isTransient,
  type Notify,
  type Outcome,
  queueNames,
  queuesOf,
  reasonOf,
  replicaOf,
  tellOf,
  timeOf,
  tryEvent,
} from './delivery.ts';
import { type Deliveries, type Delivery, openDeliveries } from './sqlite.table.ts';

export interface SqliteBusOptions {
  /** A file of its own; refused while another process holds it. */
  file: string;
  /** Milliseconds between the tries of an event; the count of tries is one more. */
  retryDelays?: readonly number[];
  notify?: Notify;
}

/** Events fetched at once; their rows stay until each is handled. */
const batch = 50;

/** The bus of one process: a row a subscribed queue in an SQLite file, safe against `kill -9` and power loss. */
export function sqliteBus(options: SqliteBusOptions): Bus {
  const { retryDelays: delays = retryDelays, notify = () => {} } = options;
  const table = openDeliveries(options.file);
  table.forget(queueNames.filter(isTransient));
  const consumers = new Map<QueueName, Consumer>();
  let closing: Promise<void> | undefined;

  const wake = (queue: QueueName) => consumers.get(queue)?.wake();
  const open = () => {
    if (closing) throw new Error('the bus is closed');
  };

  return {
    async publish(events) {
      open();
      const rows = events.map((event) => parseForPublish(event)).flatMap((event) => rowsOf(event, consumers));
      if (rows.length === 0) return;
      await table.insert(rows);
      for (const queue of new Set(rows.map((row) => row.queue))) wake(queue);
    },
    async subscribe(queue, handler, options) {
      open();
      if ((replicaOf(queue, options) ?? 0) !== 0) throw new Error('one process has one replica: 0');
      if (consumers.has(queue)) throw new Error(`${queue} has a subscription in this process`);
      const consumer = consume({ queue, handler, table, delays, notify });
      const end = async () => {
        await consumer.stop();
        consumers.delete(queue);
      };
      consumers.set(queue, consumer);
      const fresh = isTransient(queue) || !table.known(queue);
      try {
        if (fresh && !isTransient(queue)) await firstSubscription(table, queue, options);
      } catch (error) {
        await end();
        throw error;
      }
      consumer.begin();
      options?.onBound?.(fresh);
      return { fresh, oldest: () => timeOf(table.oldest(queue) ?? ''), end };
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
async function firstSubscription(table: Deliveries, queue: QueueName, options: ReplicaOptions | undefined): Promise<void> {
  await options?.onMissing?.();
  await table.subscribed(queue);
}

function rowsOf(event: Envelope, subscribed: ReadonlyMap<QueueName, unknown>): { queue: QueueName; body: string }[] {
  const queues = queuesOf(event.type).filter((queue) => !isTransient(queue) || subscribed.has(queue));
  const body = JSON.stringify(event);
  return queues.map((queue) => ({ queue, body }));
}

function letterOf(row: Delivery): DeadLetter {
  const { id, queue, body, attempts, diedAt, reason } = row;
  return { id: String(id), queue, body: bodyOf(body), attempts, reason: reason ?? '', diedAt: new Date(diedAt ?? 0).toISOString() };
}

interface Consumer {
  /** Nothing is handled before. */
  begin(): void;
  wake(): void;
  /** Resolves when the handler under way has ended and its outcome is committed. */
  stop(): Promise<void>;
}

interface ConsumeOptions {
  queue: QueueName;
  handler: Handler;
  table: Deliveries;
  delays: readonly number[];
  notify: Notify;
}

/** One handler at a time, in order of arrival; an event that waits for its next try lets the others pass. */
function consume({ queue, handler, table, delays, notify }: ConsumeOptions): Consumer {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let stopped = false;
  let begun = false;

  const settle = (row: Delivery, outcome: Outcome): Promise<void> => {
    if (outcome.do === 'done') return table.remove(row.id);
    const { type, id } = (bodyOf(row.body) ?? {}) as { type?: string; id?: string };
    const about = { queue, ...(type ? { type } : {}), ...(id ? { id } : {}) };
    if (outcome.do === 'retry') {
      tellOf(notify, outcome, { what: 'retried', ...about, reason: `try ${outcome.attempts} failed` });
      return table.retry(row.id, outcome.attempts, Date.now() + outcome.delay);
    }
    tellOf(notify, outcome, { what: 'dead', ...about, reason: outcome.reason });
    return isTransient(queue) ? table.remove(row.id) : table.bury(row.id, outcome.attempts, outcome.reason);
  };

  async function drain(): Promise<void> {
    do {
      again = false;
      const settled: Promise<unknown>[] = [];
      for (const row of table.due(queue, batch)) {
        if (stopped) break;
        const outcome = await tryEvent(row.body, row.attempts, { queue, handler, delays });
        settled.push(settle(row, outcome).catch((error: unknown) => ({ error })));
        again = true;
      }
      for (const failure of await Promise.all(settled)) if (failure) throw (failure as { error: unknown }).error;
    } while (again && !stopped);
  }

  const pause = (milliseconds: number) => {
    clearTimeout(timer);
    timer = setTimeout(wake, milliseconds);
    timer.unref();
  };

  /** For nobody: whoever wakes it, what it does then is for the requests that made the events. */
  function wake(): void {
    again = true;
    if (!running && !stopped && begun) withOrigin(null, run);
  }
  function run(): void {
    running = new Promise<void>((resolve) => setImmediate(resolve))
      .then(drain)
      .catch((error: unknown) => {
        notify({ what: 'trouble', queue, reason: reasonOf(error) });
        if (!stopped) pause(1000);
        return 'trouble' as const;
      })
      .then((ended) => {
        running = undefined;
        if (stopped || ended === 'trouble') return;
        if (again) return wake();
        const due = table.nextDue(queue);
        if (due !== null) pause(Math.max(1, due - Date.now()));
      });
  }

  return {
    begin() {
      begun = true;
      wake();
    },
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
