import type { RequestListener } from 'node:http';
import type { Logger } from './log.ts';
import { type Served, serve } from './serve.ts';
import type { Service } from './service.ts';
import { sleep } from './sleep.ts';
import { traces } from './traces.ts';

export interface RunOptions {
  settings: {
    host: string;
    port: number;
    drainSeconds: number;
    graceSeconds: number;
    otelExporterOtlpEndpoint?: string | undefined;
  };
  log: Logger;
  service: Service;
  /** Closes what the service was made of; after its last answer. */
  close(): Promise<void>;
}

/** On an answer of a part that did nothing with the request: whoever sent it may send it to another address, whatever it asks for. */
export const notTakenHeader = 'sidekick-not-taken';

const retryAfterStart = [200, 500, 1_000, 2_000] as const;
const open = new Set(['/livez', '/metrics', '/status']);

/**
 * Runs one service as a process: listens at once, starts it as soon as what it needs is there, and on SIGTERM or SIGINT
 * lets requests under way end (decision 11). Rejects when the port cannot be had.
 */
export async function runService({ settings, log, service, close }: RunOptions): Promise<void> {
  let phase: 'starting' | 'running' | 'draining' = 'starting';
  const app: RequestListener = (req, res) => {
    const path = req.url ?? '/';
    if (phase === 'running' || open.has(path)) return service.app(req, res);
    if (path === '/readyz') return void answerNotReady();
    if (phase === 'draining') return service.app(req, res);
    const problem = { type: 'urn:sidekick:problem:starting', title: 'This part is starting', status: 503 };
    return json(503, problem, { 'retry-after': '2', [notTakenHeader]: 'starting' });

    function json(status: number, body: object, headers: Record<string, string> = {}): void {
      const type = status === 503 && 'type' in body ? 'application/problem+json' : 'application/json';
      res.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', ...headers }).end(JSON.stringify(body));
    }
    async function answerNotReady(): Promise<void> {
      const { vital, other } = await service.missing().catch(() => ({ vital: ['store'], other: [] }));
      json(503, {
        status: phase,
        missing: phase === 'draining' ? ['drained'] : [...vital, ...other, ...(vital.length > 0 ? [] : ['start'])],
      });
    }
  };
  const served = await serve(app, settings);
  const collected = await traces(settings.otelExporterOtlpEndpoint, service.name, log);
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop.abort());
  log.info({ url: served.url, service: service.name }, 'listening');
  process.send?.({ listening: served.url });

  if (await startWhenPossible(service, log, stop.signal)) {
    phase = 'running';
    log.info({ service: service.name }, 'started');
  }
  await aborted(stop.signal);
  phase = 'draining';
  log.info({ service: service.name }, 'draining');
  await endOf(served, service, settings);
  await close();
  await collected.end();
  log.info({ service: service.name }, 'stopped');
}

/** Tries until it starts; false when it is told to stop before. */
async function startWhenPossible(service: Service, log: Logger, signal: AbortSignal): Promise<boolean> {
  for (let attempt = 0; !signal.aborted; attempt += 1) {
    try {
      await service.start();
      return true;
    } catch (err) {
      log.warn({ err, service: service.name }, 'cannot start yet');
      await sleep(retryAfterStart[Math.min(attempt, retryAfterStart.length - 1)] ?? 2_000, signal);
    }
  }
  return false;
}

async function endOf(served: Served, service: Service, { drainSeconds, graceSeconds }: RunOptions['settings']): Promise<void> {
  const streams = setTimeout(() => service.endStreams?.(), drainSeconds * 1000);
  await served.close({ drainSeconds, graceSeconds });
  clearTimeout(streams);
  await service.stop();
}

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener('abort', () => resolve(), { once: true })));
