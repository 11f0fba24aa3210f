import { startTracing } from '@sidekick/tracing';
import type { Logger } from './log.ts';
import { release } from './status.ts';

/** Begins to send traces where a collector is named; `end` sends the last ones. Without one nothing is loaded. */
export async function traces(endpoint: string | undefined, service: string, log: Logger): Promise<{ end(): Promise<void> }> {
  if (!endpoint) return { end: async () => {} };
  const warn = (reason: string) => log.warn({ endpoint, reason }, 'traces do not arrive');
  const tracing = await startTracing({ service: `sidekick-${service}`, version: release, endpoint, warn });
  return { end: tracing.stop };
}
