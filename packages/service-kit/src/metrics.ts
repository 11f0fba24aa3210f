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
  return {
    registry,
    observe: (operation: string, status: number, seconds: number) => requests.observe({ operation, status: String(status) }, seconds),
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
export type Metrics = ReturnType<typeof createMetrics>;
