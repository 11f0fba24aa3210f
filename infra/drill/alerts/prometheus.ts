import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort, until } from '@sidekick/testing';
import { parse } from 'yaml';

/** An alert that was made to fire: by what, and after how many seconds it did. */
export interface Fired {
  alert: string;
  cause: string;
  seconds: number;
}

const rules = fileURLToPath(new URL('../../observability/alerts.yaml', import.meta.url));

export const shippedAlerts = (): string[] =>
  (parse(readFileSync(rules, 'utf8')) as { groups: { rules: { alert: string }[] }[] }).groups.flatMap((group) =>
    group.rules.map(({ alert }) => alert),
  );

export interface Target {
  job: string;
  /** `http://host:port`. */
  url: string;
  token?: string;
}

export interface Prometheus {
  /** Does something that an alert is there for, and waits until it fires. */
  fires(alert: string, cause: string, doing?: () => Promise<unknown> | unknown): Promise<Fired>;
  close(): Promise<void>;
}

/** A Prometheus with the shipped rules as they are, that looks every 2 s. */
export async function prometheusOf(targets: readonly Target[], folder: string): Promise<Prometheus> {
  mkdirSync(folder, { recursive: true });
  const jobs = targets.map(({ job, url, token }) => ({
    job_name: job,
    static_configs: [{ targets: [new URL(url).host] }],
    ...(token ? { authorization: { credentials: token } } : {}),
  }));
  const global = { scrape_interval: '2s', evaluation_interval: '2s' };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({ global, rule_files: [rules], scrape_configs: jobs }));
  const port = await freePort();
  const words = [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${port}`];
  const child = spawn(process.env['PROMETHEUS'] ?? 'prometheus', words, { stdio: ['ignore', 'ignore', 'ignore'] });
  let failed: Error | undefined;
  child.once('error', (error) => {
    failed = new Error(`Prometheus does not start (${error.message}): apt-get install prometheus, or name its path in PROMETHEUS`);
  });
  const asked = async () => {
    if (failed) throw failed;
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/alerts`).catch(() => null);
    return answer?.ok ? ((await answer.json()) as Answer).data.alerts : null;
  };
  await until('Prometheus', asked, 60);
  return {
    async fires(alert, cause, doing) {
      const began = performance.now();
      await doing?.();
      await until(
        `${alert} to fire`,
        async () => (await asked())?.some((one) => one.labels.alertname === alert && one.state === 'firing'),
        600,
      );
      const seconds = Math.round((performance.now() - began) / 1000);
      console.log(`  ${alert} after ${seconds} s: ${cause}`);
      return { alert, cause, seconds };
    },
    async close() {
      if (failed) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

interface Answer {
  data: { alerts: { labels: { alertname: string }; state: string }[] };
}

/** Fills a disk until less than that share of it is left; 0 fills it to its end. */
export function fill(folder: string, left: number): void {
  const room = () => {
    const { bavail, blocks } = statfsSync(folder);
    return bavail / blocks;
  };
  try {
    while (room() > left) appendFileSync(join(folder, 'filler'), Buffer.alloc(262_144));
  } catch {
    // No room: it is full.
  }
}
