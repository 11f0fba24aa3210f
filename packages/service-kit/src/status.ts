import { readFileSync } from 'node:fs';
import type { PartDetails, PartStatus } from '@sidekick/contracts';
import type { Missing } from './health-checks.ts';
import type { Metrics } from './metrics.ts';
import { statusTimeout, withTimeout } from './timeout.ts';

export interface StatusOptions {
  name: string;
  metrics: Metrics;
  missing: () => Promise<Missing>;
  /** What only this part knows of itself; left out of the answer when it rejects or takes too long. */
  details?: () => Promise<PartDetails>;
}

/** The release that runs, as package.json of the project says. */
export const release = (JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as { version: string }).version;

/** What a part says of itself for the System screen. Never rejects. */
export function statusOf({ name, metrics, missing, details = async () => ({}) }: StatusOptions): () => Promise<PartStatus> {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  return async () => {
    const [lacks, own] = await Promise.all([
      missing().catch((): Missing => ({ vital: ['store'], other: [] })),
      withTimeout(statusTimeout, details()).catch((): PartDetails => ({})),
    ]);
    return {
      ...own,
      name,
      release,
      startedAt,
      memory: process.memoryUsage.rss(),
      slowest: metrics.slowest(),
      missing: [...lacks.vital, ...lacks.other],
    };
  };
}
