import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import type { Cache, MakeLimiter } from './cache.ts';
import { limiterOver } from './limiter.ts';
import { singleFlight } from './single-flight.ts';

export interface RedisOptions {
  /** `redis://user:password@host:port/database`. */
  url: string;
  /** Before every key: keeps installations that share a server apart. */
  prefix?: string;
}

/** A reply that takes longer counts as none, in milliseconds: computing is an answer too, a limit is asked seldom and should hold. */
const patience = { cache: 100, limiter: 500 };

/** After a failure the server is left alone for so long, in milliseconds: else each request would wait for it. */
const rest = 1_000;

/** A cache that several processes share. Slow or gone, it is passed by: then every answer is computed. */
export function redisCache(options: RedisOptions): Cache {
  const { url, prefix = '' } = options;
  const client = connected(url, patience.cache);
  const pulse = pulseOf(client);
  const flight = singleFlight<string>();
  let restUntil = 0;

  const tryTo = async <T>(work: () => Promise<T>): Promise<T | null> => {
    if (client.status !== 'ready' || Date.now() < restUntil) return null;
    try {
      return await work();
    } catch {
      restUntil = Date.now() + rest;
      return null;
    }
  };
  return {
    through: (key, ttlSeconds, compute) =>
      flight(key, async () => {
        const found = await tryTo(() => client.get(prefix + key));
        if (found !== null) return found;
        const value = await compute();
        void tryTo(() => client.set(prefix + key, value, 'PX', Math.max(1, Math.round(ttlSeconds * 1000))));
        return value;
      }),
    async stamp(name) {
      await tryTo(() => client.set(`${prefix}stamp:${name}`, randomUUID()));
    },
    stampOf: (name) => tryTo(async () => (await client.get(`${prefix}stamp:${name}`)) ?? ''),
    async close() {
      pulse.stop();
      client.disconnect();
    },
    health() {
      if (client.status !== 'ready') return { ok: false, reason: `the cache is away (${client.status})` };
      return pulse.silent() || Date.now() < restUntil ? { ok: false, reason: 'the cache is slow' } : { ok: true };
    },
  };
}

/** Limiters that count in one place for several processes. */
export interface SharedLimiters {
  makeLimiter: MakeLimiter;
  /** While it is not ok everybody is let through. */
  health(): { ok: boolean; reason?: string };
  close(): Promise<void>;
}

export function redisLimiter(options: RedisOptions): SharedLimiters {
  const { url, prefix = '' } = options;
  const client = connected(url, patience.limiter);
  const pulse = pulseOf(client);
  return {
    makeLimiter: ({ name, points, seconds }) =>
      limiterOver(
        new RateLimiterRedis({
          storeClient: client,
          keyPrefix: `${prefix}limit:${name}`,
          points,
          duration: seconds,
          rejectIfRedisNotReady: true,
        }),
      ),
    health() {
      if (client.status !== 'ready') return { ok: false, reason: `the limits are away (${client.status})` };
      return pulse.silent() ? { ok: false, reason: 'the limits are silent' } : { ok: true };
    },
    async close() {
      pulse.stop();
      client.disconnect();
    },
  };
}

/** Milliseconds between looks whether the server still answers: a connection to one that hangs stays open. */
const pulseEvery = 1_000;

/** Silent after two looks in a row without an answer: one may be late on a busy machine. */
function pulseOf(client: Redis): { silent(): boolean; stop(): void } {
  let unanswered = 0;
  const look = async () => {
    if (client.status !== 'ready') return;
    await client.ping().then(
      () => {
        unanswered = 0;
      },
      () => {
        unanswered += 1;
      },
    );
  };
  const timer = setInterval(() => void look(), pulseEvery).unref();
  return { silent: () => unanswered >= 2, stop: () => clearInterval(timer) };
}

function connected(url: string, commandTimeout: number): Redis {
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout,
    connectTimeout: 2_000,
    retryStrategy: (attempt) => Math.min(2_000, 50 * 2 ** Math.min(attempt, 10)),
  });
  // Its state is told by `health`; without a listener ioredis prints every failed attempt.
  client.on('error', () => {});
  return client;
}
