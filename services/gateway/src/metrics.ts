import { createMetrics, type Metrics } from '@sidekick/service-kit';
import type { GatewayDeps, Pieces } from './composition.ts';
import { lastBackupsOf } from './system/last-backup.ts';
import { durableQueues } from './system/queues.ts';

const mostCounted = 1_000;

/** What monitoring learns from the gateway: beside itself, what belongs to the portal as a whole. */
export function gatewayMetrics(
  { store, bus }: GatewayDeps,
  { streams, checks, webhooks }: Pick<Pieces, 'streams' | 'checks' | 'webhooks'>,
): Metrics {
  const metrics = createMetrics('gateway');
  const lastBackup = lastBackupsOf(store);
  metrics.dependencies(checks);
  metrics.gauge('live_streams', 'Open event streams', streams.count);
  metrics.gauges('dead_letters', 'Events given up, by the queue in which they failed; no number while the bus is away', 'queue', () =>
    Promise.all(durableQueues.map(async (queue) => [queue, await bus.deadLetterCount(queue)] as const)),
  );
  metrics.gauges('webhooks', 'Webhooks that work, that fail just now, and that were stopped by failing', 'state', async () =>
    Object.entries(await webhooks.counts()),
  );
  metrics.jobs({
    webhooks: {
      running: () => webhooks.jobs.count('running', mostCounted),
      waiting: () => webhooks.jobs.count('waiting', mostCounted),
    },
  });
  metrics.gauge(
    'last_backup_timestamp_seconds',
    'When the last good backup was begun, in seconds since 1970; 0 when none ever was',
    async () => {
      const backup = await lastBackup.read();
      return backup ? Date.parse(backup.at) / 1000 : 0;
    },
  );
  return metrics;
}

/**
 * Several parts' metrics as one text: what a name means is said once, as Prometheus asks, and its samples stand together.
 * Parts tell theirs apart by the label `service`.
 */
export function joinMetrics(texts: readonly string[]): string {
  const byName = new Map<string, { head: string[]; samples: string[] }>();
  for (const text of texts) {
    let current: { head: string[]; samples: string[] } | undefined;
    let known = false;
    for (const line of text.split('\n')) {
      const name = /^# HELP (\S+)/.exec(line)?.[1];
      if (name !== undefined) {
        known = byName.has(name);
        current = byName.get(name) ?? { head: [], samples: [] };
        byName.set(name, current);
      }
      if (!line || !current) continue;
      if (!line.startsWith('#')) current.samples.push(line);
      else if (!known) current.head.push(line);
    }
  }
  return [...byName.values()]
    .flatMap(({ head, samples }) => [...head, ...samples])
    .join('\n')
    .concat('\n');
}
