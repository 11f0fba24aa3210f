import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BrokerSwitch } from './outbox.ts';

const run = promisify(execFile);

/** The RabbitMQ that servers.sh started at this address, to be killed and started again; null where it is somebody else's. */
export function ownBroker(amqpUrl: string): BrokerSwitch | null {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const data = join(process.env['SIDEKICK_SERVERS'] ?? join(cache, 'sidekick/servers'), 'data');
  const [settings, pid] = [join(data, 'mq/rabbit.conf'), join(data, 'mq.pid')];
  if (!existsSync(pid) || !existsSync(settings)) return null;
  const isThere = readFileSync(settings, 'utf8').includes(`127.0.0.1:${new URL(amqpUrl).port}\n`);
  if (!isThere) return null;
  return {
    how: 'kill -9 of RabbitMQ',
    // Its whole process group: the program is a child of the script that started it.
    away: async () => void process.kill(-Number(readFileSync(pid, 'utf8')), 'SIGKILL'),
    back: async () => void (await run('bash', [fileURLToPath(new URL('../scripts/servers.sh', import.meta.url))], { timeout: 300_000 })),
  };
}
