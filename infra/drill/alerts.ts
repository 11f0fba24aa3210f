import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { servers } from '@sidekick/testing';
import { alertsApart } from './alerts/apart.ts';
import { alertsInOne } from './alerts/one.ts';
import { type Fired, shippedAlerts } from './alerts/prometheus.ts';

/**
 * `npm run drill -- alerts [one] [apart]`: makes every shipped alert fire in a Prometheus of its own, by what it is there for. Needs
 * Prometheus (`apt-get install prometheus`, or its path in PROMETHEUS) and root, for small disks to fill. About 7 minutes each.
 */
export async function alertsDrill(args: string[]): Promise<number> {
  const { positionals } = parseArgs({ args, allowPositionals: true });
  const ways = positionals.length > 0 ? positionals : ['one', 'apart'];
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-alerts-'));
  let missing = 0;
  try {
    for (const way of ways) {
      console.log(`\n${way === 'one' ? 'in one process' : 'apart'}`);
      const fired = way === 'one' ? await alertsInOne(join(folder, 'one')) : await apart(join(folder, 'apart'));
      const not = shippedAlerts().filter((alert) => !fired.some((one) => one.alert === alert));
      for (const alert of not) console.log(`  ${alert}: did NOT fire`);
      missing += not.length;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return missing > 0 ? 1 : 0;
}

async function apart(folder: string): Promise<Fired[]> {
  const [mongoUrl, amqpUrl, redisUrl] = await Promise.all([servers.mongoUrl(), servers.amqpUrl(), servers.redisUrl()]);
  if (!mongoUrl || !amqpUrl || !redisUrl) throw new Error('apart needs MONGO_URL, AMQP_URL and REDIS_URL, or Docker, or Debian as root');
  return alertsApart({ mongoUrl, amqpUrl, redisUrl }, folder);
}
