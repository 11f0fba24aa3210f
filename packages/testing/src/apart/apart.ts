import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newSigningKey, publicHalf } from '@sidekick/service-kit';
import { ulid } from 'ulid';
import { runScript } from '../run-script.ts';
import { type Balancer, balancerAt } from './balancer.ts';
import { deleteTopology, dropDatabases } from './clean.ts';
import { freePort } from './ports.ts';
import { type Replica, replicaOf } from './replica.ts';

export const partNames = ['content', 'search', 'staffing', 'gateway'] as const;
export type PartName = (typeof partNames)[number];

export interface ApartOptions {
  mongoUrl: string;
  amqpUrl: string;
  redisUrl: string;
  /** How many of each; 1 by default. */
  replicas?: Partial<Record<PartName, number>>;
  /** More of the environment for one part or for all. */
  env?: Partial<Record<PartName | 'all', Record<string, string>>>;
  /** One address before all gateways, as a Service of Kubernetes gives; else each is told its own. */
  balanced?: boolean;
}

/** The four services as processes on real servers, under names of their own. */
export interface Apart {
  /** Of all gateways where they are balanced, else of the first. */
  readonly url: string;
  /** With every role. */
  readonly token: string;
  readonly replicas: Readonly<Record<PartName, readonly Replica[]>>;
  /** Names of the databases by part, and the prefix on the broker. */
  readonly names: { databases: Record<'content' | 'staffing' | 'gateway', string>; prefix: string };
  /** The environment that a replica of a part gets, for commands. */
  environment(part: PartName, k?: number): Record<string, string>;
  /** A command of a part, e.g. `migrate`; answers what it printed. Throws when it fails. */
  command(part: PartName, name: string): Promise<string>;
  /** Ends every process and removes every name. */
  close(): Promise<void>;
}

export async function startApart({
  mongoUrl,
  amqpUrl,
  redisUrl,
  replicas: counts = {},
  env = {},
  balanced = false,
}: ApartOptions): Promise<Apart> {
  const front = balanced ? await freePort() : 0;
  let balancer: Balancer | undefined;
  const run = `t${ulid().toLowerCase()}`;
  const folder = mkdtempSync(join(tmpdir(), 'sidekick-apart-'));
  const databases = { content: `${run}-content`, staffing: `${run}-staffing`, gateway: `${run}-gateway` };
  const prefix = `${run}.`;
  const ports = {} as Record<PartName, number[]>;
  for (const part of partNames) ports[part] = await Promise.all(Array.from({ length: counts[part] ?? 1 }, freePort));
  const urls = (part: PartName) => ports[part].map((port) => `http://127.0.0.1:${port}`).join(',');
  const [gatewayKey, searchKey] = [await newSigningKey('gateway'), await newSigningKey('search')];
  const common = {
    ...{ MONGO_URL: mongoUrl, AMQP_URL: amqpUrl, REDIS_URL: redisUrl, AMQP_PREFIX: prefix, TIME_ZONE: 'UTC', TODAY: '2026-11-30' },
    ...{ LOG_LEVEL: 'info', DRAIN_SECONDS: '0', GRACE_SECONDS: '10', CONTENT_URL: urls('content'), STAFFING_URL: urls('staffing') },
    SEARCH_URL: urls('search'),
    IDENTITY_PUBLIC_KEYS: JSON.stringify([publicHalf(gatewayKey), publicHalf(searchKey, ['ops'])]),
    ...env.all,
  };
  const environment = (part: PartName, k = 0): Record<string, string> => ({
    ...common,
    ...(part === 'search'
      ? { INDEX_FOLDER: join(folder, `index-${k}`), REPLICA: String(k), IDENTITY_PRIVATE_KEY: JSON.stringify(searchKey) }
      : { MONGO_DATABASE: databases[part] }),
    ...(part === 'gateway'
      ? { IDENTITY_PRIVATE_KEY: JSON.stringify(gatewayKey), PUBLIC_URL: `http://127.0.0.1:${front || ports.gateway[k]}` }
      : {}),
    ...env[part],
  });
  const replicas = Object.fromEntries(
    partNames.map((part) => [part, ports[part].map((port, k) => replicaOf({ part, port, env: environment(part, k) }))]),
  ) as unknown as Apart['replicas'];
  const all = partNames.flatMap((part) => replicas[part]);
  const command = async (part: PartName, name: string) => {
    const { code, out, errors } = await runScript(`services/${part}/src/main.ts`, [name], environment(part)).ended;
    if (code !== 0) throw new Error(`${part} ${name}: ${errors}`);
    return out.trim();
  };
  const close = async () => {
    await balancer?.close();
    await Promise.all(all.filter(({ pid }) => pid !== 0).map((replica) => replica.kill()));
    await dropDatabases(mongoUrl, Object.values(databases));
    await deleteTopology(amqpUrl, prefix, Math.max(...Object.values(ports).map((list) => list.length)) + 2);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    // As the Job of a release and an operator do: on a busy machine a store may be slow to take the first connection.
    const again = (part: PartName, name: string, tries = 4): Promise<string> =>
      command(part, name).catch((error: Error) => (tries > 1 ? again(part, name, tries - 1) : Promise.reject(error)));
    await Promise.all((['content', 'staffing', 'gateway'] as const).map((part) => again(part, 'migrate')));
    // Beside it may stand a line of the log.
    const token = (await again('gateway', 'token')).split('\n').find((line) => !line.startsWith('{')) ?? '';
    await Promise.all(all.map((replica) => replica.start()));
    await Promise.all(all.map((replica) => replica.ready()));
    if (balanced)
      balancer = await balancerAt(
        front,
        replicas.gateway.map((replica) => replica.url),
      );
    const url = balancer?.url ?? replicas.gateway[0]?.url ?? '';
    return { url, token, replicas, names: { databases, prefix }, environment, command, close };
  } catch (error) {
    await close();
    throw error;
  }
}
