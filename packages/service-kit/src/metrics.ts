import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { type HealthChecks, healthOf } from './health-checks.ts';
import { statusTimeout, withTimeout } from './timeout.ts';

/** What is asked of jobs of one kind at every scrape. */
interface JobCounts {
  running: () => Promise<number>;
  waiting: () => Promise<number>;
  dead?: () => Promise<number>;
}

/** Metrics of one service; several may live in one process. */
export function createMetrics(service: string) {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  const requests = new Histogram({
    name: 'sidekick_http_request_seconds',
    help: 'Time to answer, by operation and status',
    labelNames: ['operation', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  const events = new Counter({
    name: 'sidekick_events_handled_total',
    help: 'Tries of events by queue, and whether they ended well',
    labelNames: ['queue', 'outcome'],
    registers: [registry],
  });
  processMetrics(registry);
  const { gauge, gauges } = gaugesOf(registry);
  const latest = latestTimes();
  const observeStream = (operation: string, status: number, seconds: number) =>
    requests.observe({ operation, status: String(status) }, seconds);
  return {
    registry,
    observe: (operation: string, status: number, seconds: number) => {
      // Probes and what is nowhere have no name: quick answers that nobody waits for.
      if (operation !== 'none') latest.add(seconds);
      observeStream(operation, status, seconds);
    },
    /** Of an answer that lasts as long as somebody listens: it says nothing of how fast this part is. */
    observeStream,
    /** Milliseconds within which 95 of 100 of the latest 1,000 requests were answered; null before the first. */
    slowest: () => latest.slowest(),
    counter: (name: string, help: string, labelNames: string[] = []) =>
      new Counter({ name: `sidekick_${name}`, help, labelNames, registers: [registry] }),
    gauge,
    gauges,
    /** One gauge a dependency: 1 while it is there. Asked at every scrape. */
    dependencies: (checks: HealthChecks) =>
      gauges('dependency_up', 'Whether what this part needs is there: 1, or 0', 'dependency', async () => {
        const there = await healthOf(checks);
        return [...there].map(([name, isThere]) => [name, isThere ? 1 : 0]);
      }),
    /** Events of a subscription that only a newer release knows: what that one left, or what it says while both run. */
    passedOver: (read: () => number) =>
      gauge('events_passed_over', 'Events of types that only a newer release knows, since the start', read),
    /** Jobs by kind, over all processes. What a kind does not count it leaves out. */
    jobs(kinds: Record<string, JobCounts>) {
      const counted = (count: keyof JobCounts) => async (): Promise<(readonly [string, number])[]> => {
        const asked = Object.entries(kinds).map(async ([kind, counts]) => [kind, await counts[count]?.()] as const);
        return (await Promise.all(asked)).flatMap(([kind, number]) => (number === undefined ? [] : [[kind, number] as const]));
      };
      gauges('jobs_running', 'Jobs that run, by kind', 'kind', counted('running'));
      gauges('jobs_waiting', 'Jobs that wait, by kind', 'kind', counted('waiting'));
      gauges('jobs_dead', 'Jobs that failed for good, by kind', 'kind', counted('dead'));
    },
    /** The handler, counted: every try of an event by how it ended. */
    handled<E>(queue: string, handler: (event: E) => Promise<void>) {
      return async (event: E): Promise<void> => {
        try {
          await handler(event);
          events.inc({ queue, outcome: 'done' });
        } catch (error) {
          events.inc({ queue, outcome: 'failed' });
          throw error;
        }
      };
    },
  };
}

/** Gauges of a registry that are read at every scrape. What cannot be read now, or not in time, has no number: the others are told all the same. */
function gaugesOf(registry: Registry) {
  return {
    gauge: (name: string, help: string, read: () => number | Promise<number>) =>
      new Gauge({
        name: `sidekick_${name}`,
        help,
        registers: [registry],
        async collect() {
          this.set(await withTimeout(statusTimeout, Promise.resolve().then(read)).catch(() => Number.NaN));
        },
      }),
    gauges: (name: string, help: string, label: string, read: () => Promise<(readonly [string, number])[]>) =>
      new Gauge({
        name: `sidekick_${name}`,
        help,
        labelNames: [label],
        registers: [registry],
        async collect() {
          this.reset();
          for (const [value, number] of await withTimeout(statusTimeout, read()).catch(() => [])) this.set({ [label]: value }, number);
        },
      }),
  };
}

/** The process that the part runs in: computed at a scrape, so that nothing is spent between them. */
function processMetrics(registry: Registry): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('process_resident_memory_bytes', 'Memory of the process', () => process.memoryUsage.rss());
  gauge('nodejs_heap_size_used_bytes', 'Heap in use', () => process.memoryUsage().heapUsed);
  gauge('process_start_time_seconds', 'When the process started, since 1970', () => Math.round(Date.now() / 1000 - process.uptime()));
  let last = performance.eventLoopUtilization();
  gauge('sidekick_event_loop_utilisation', 'Share of the time since the last scrape in which the process was busy, 0 to 1', () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    return utilization;
  });
  new Counter({
    name: 'process_cpu_seconds_total',
    help: 'Processor time of the process',
    registers: [registry],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1_000_000);
    },
  });
}

const kept = 1_000;

/** The latest times in seconds, in a ring. */
function latestTimes() {
  const times = new Float64Array(kept);
  let count = 0;
  return {
    add(seconds: number) {
      times[count % kept] = seconds;
      count += 1;
    },
    slowest(): number | null {
      const known = times.slice(0, Math.min(count, kept)).sort();
      const found = known[Math.ceil(known.length * 0.95) - 1];
      return found === undefined ? null : Math.round(found * 10_000) / 10;
    },
  };
}

export type Metrics = ReturnType<typeof createMetrics>;
