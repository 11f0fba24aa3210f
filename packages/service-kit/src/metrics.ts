import { Counter, Gauge, Histogram, Registry } from 'prom-client';

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
    /** `read` is asked at every scrape. */
    gauge: (name: string, help: string, read: () => number | Promise<number>) =>
      new Gauge({
        name: `sidekick_${name}`,
        help,
        registers: [registry],
        async collect() {
          this.set(await read());
        },
      }),
  };
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
