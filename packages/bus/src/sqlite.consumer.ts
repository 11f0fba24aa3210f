import type { QueueName } from '@sidekick/contracts';
import { withOrigin } from '@sidekick/tracing';
import type { Handler } from './bus.ts';
import { bodyOf, type Notify, type Outcome, reasonOf, tellOf, tryEvent } from './delivery.ts';
import type { Deliveries, Delivery } from './sqlite.table.ts';

/** Events fetched at once; their rows stay until each is handled. */
const batch = 50;

export interface Consumer {
  /** Nothing is handled before. */
  begin(): void;
  wake(): void;
  passedOver(): number;
  /** Resolves when the handler under way has ended and its outcome is committed. */
  stop(): Promise<void>;
}

interface ConsumeOptions {
  queue: QueueName;
  /** Keeps no dead letters. */
  transient: boolean;
  handler: Handler;
  table: Deliveries;
  delays: readonly number[];
  notify: Notify;
}

/** One handler at a time, in order of arrival; an event that waits for its next try lets the others pass. */
export function consume({ queue, transient, handler, table, delays, notify }: ConsumeOptions): Consumer {
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let again = false;
  let stopped = false;
  let begun = false;
  let passed = 0;

  const settle = (row: Delivery, outcome: Outcome): Promise<void> => {
    if (outcome.do === 'pass over') passed += 1;
    if (outcome.do === 'done' || outcome.do === 'pass over') return table.remove(row.id);
    const { type, id } = (bodyOf(row.body) ?? {}) as { type?: string; id?: string };
    const about = { queue, ...(type ? { type } : {}), ...(id ? { id } : {}) };
    if (outcome.do === 'retry') {
      tellOf(notify, outcome, { what: 'retried', ...about, reason: `try ${outcome.attempts} failed` });
      return table.retry(row.id, outcome.attempts, Date.now() + outcome.delay);
    }
    tellOf(notify, outcome, { what: 'dead', ...about, reason: outcome.reason });
    return transient ? table.remove(row.id) : table.bury(row.id, outcome.attempts, outcome.reason);
  };

  async function drain(): Promise<void> {
    do {
      again = false;
      const settled: Promise<unknown>[] = [];
      for (const row of table.due(queue, batch)) {
        if (stopped) break;
        const outcome = await tryEvent(row.body, row.attempts, { queue, handler, delays, notify });
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
    passedOver: () => passed,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
