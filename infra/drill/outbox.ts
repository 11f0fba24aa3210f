import { setTimeout as pause } from 'node:timers/promises';
import { proxyTo, until } from '@sidekick/testing';
import { type Apart, startApart, unsentIn, type Witness, witnessOf } from '@sidekick/testing/apart';
import { type Counts, type Load, startLoad } from './load.ts';
import { type Arrived, arrivedOf } from './outbox/arrived.ts';

export interface Servers {
  mongoUrl: string;
  amqpUrl: string;
  redisUrl: string;
}

/** How the broker is taken away and brought back. */
export interface BrokerSwitch {
  /** What is done, for the report. */
  how: string;
  away(): Promise<void>;
  back(): Promise<void>;
}

export interface OutboxOptions {
  servers: Servers;
  /** SIGKILLs of content, and as many of staffing. */
  kills: number;
  /** How often RabbitMQ is away, and for how long. */
  outages: number;
  awaySeconds: number;
  /** The load goes on until it has sent that many. */
  requests: number;
  perSecond: number;
  /** Takes the real broker away; else the way there is cut. */
  broker?: BrokerSwitch;
  say?: (line: string) => void;
}

export interface OutboxCounts {
  /** Unsent events in the store at each kill, counted when the process was dead. */
  unsentAtKill: { content: number[]; staffing: number[] };
  /** The same at the end of each outage, of both together. */
  unsentAfterOutage: number[];
  outage: string;
  load: Counts;
  arrived: Arrived;
  /** What was acknowledged and does not stand, and how search differs. */
  wrong: string[];
}

const killed = ['content', 'staffing'] as const;

/** Kills content and staffing between the write and the publish, and takes RabbitMQ away, under load; then counts every event. */
export async function outboxDrill({ servers, say = () => {}, ...options }: OutboxOptions): Promise<OutboxCounts> {
  const ways = {
    content: await proxyTo(servers.amqpUrl),
    staffing: await proxyTo(servers.amqpUrl),
    others: await proxyTo(servers.amqpUrl),
  };
  const env = {
    content: { AMQP_URL: ways.content.url },
    staffing: { AMQP_URL: ways.staffing.url },
    search: { AMQP_URL: ways.others.url },
    gateway: { AMQP_URL: ways.others.url },
  };
  const apart = await startApart({ ...servers, env });
  let witness: Witness | undefined;
  let load: Load | undefined;
  const cut: BrokerSwitch = {
    how: 'the way to RabbitMQ cut',
    away: async () => void (await Promise.all(Object.values(ways).map((way) => way.cut()))),
    back: async () => void (await Promise.all(Object.values(ways).map((way) => way.mend()))),
  };
  const broker = options.broker ?? cut;
  try {
    witness = await witnessOf(servers.amqpUrl, apart.names.prefix);
    load = startLoad({ url: apart.url, token: apart.token, perSecond: options.perSecond });
    const counts = { unsentAtKill: { content: [] as number[], staffing: [] as number[] }, unsentAfterOutage: [] as number[] };
    for (let round = 0; round < options.kills; round += 1) {
      for (const part of killed) {
        const unsent = await killWithUnsent(apart, part, ways[part], servers.mongoUrl, round);
        counts.unsentAtKill[part].push(unsent);
        say(`kill -9 of ${part} ${round + 1}: ${unsent} unsent events`);
      }
    }
    for (let round = 0; round < options.outages; round += 1) {
      const unsent = await outage(apart, broker, servers.mongoUrl, options.awaySeconds);
      counts.unsentAfterOutage.push(unsent);
      say(`${broker.how} ${round + 1}: ${unsent} unsent events at the end of ${options.awaySeconds} s`);
    }
    await until('the wanted number of requests', () => load && load.counts().sent >= options.requests, 3_600);
    await load.stop();
    await load.settle();
    const wrong = await load.verify();
    return { ...counts, outage: broker.how, load: load.counts(), arrived: await arrivedOf(apart, witness), wrong };
  } finally {
    load?.close();
    await witness?.close();
    await apart.close();
    for (const way of Object.values(ways)) await way.close();
  }
}

const databaseOf = (apart: Apart, part: (typeof killed)[number]) => apart.names.databases[part];

/** Holds the broker back until events wait for certain, kills, counts what waits, starts again. In turns the broker is gone or silent. */
async function killWithUnsent(
  apart: Apart,
  part: (typeof killed)[number],
  way: Awaited<ReturnType<typeof proxyTo>>,
  mongoUrl: string,
  round: number,
): Promise<number> {
  const [replica] = apart.replicas[part];
  if (!replica) throw new Error(`no ${part}`);
  if (round % 2 === 0) way.pause();
  else await way.cut();
  await until(`unsent events of ${part}`, async () => (await unsentIn(mongoUrl, databaseOf(apart, part))) >= 3, 120);
  await replica.kill();
  const unsent = await unsentIn(mongoUrl, databaseOf(apart, part));
  await way.mend();
  await replica.start();
  await replica.ready();
  await allSent(apart);
  return unsent;
}

async function outage(apart: Apart, broker: BrokerSwitch, mongoUrl: string, seconds: number): Promise<number> {
  await broker.away();
  await pause(seconds * 1000);
  const unsent = await Promise.all(killed.map((part) => unsentIn(mongoUrl, databaseOf(apart, part))));
  await broker.back();
  await allSent(apart);
  return unsent.reduce((sum, count) => sum + count, 0);
}

/** The relays have caught up with the load: what still waits was written just now. */
async function allSent(apart: Apart): Promise<void> {
  for (const part of killed) {
    const oldest = async () =>
      Number(/^sidekick_oldest_unsent_event_seconds\{.*\} (.*)$/m.exec((await apart.replicas[part][0]?.metrics()) ?? '')?.[1]);
    await until(`${part} to have sent what waited`, async () => (await oldest()) < 2, 120);
  }
}
