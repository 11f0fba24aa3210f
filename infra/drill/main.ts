// npm run drill -- [outbox] [dependencies] [next-release] [all]: takes things away under load and counts what was lost.
// --kills N of each kind (20), --requests N over all drills (50000), --rate N a second (40), --away N seconds of an outage (10),
// --only store,bus,cache of the dependencies (all). On the servers that MONGO_URL, AMQP_URL and REDIS_URL name, else on those of
// `npm run servers`, whose RabbitMQ is then really killed (also where SIDEKICK_SERVERS names their folder).
import { parseArgs } from 'node:util';
import { servers as found } from '@sidekick/testing';
import { ownBroker } from './broker.ts';
import { dependenciesDrill, everyOutage } from './dependencies.ts';
import { nextReleaseDrill } from './next-release.ts';
import { outboxDrill, type Servers } from './outbox.ts';
import { show } from './show.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '20' },
    requests: { type: 'string', default: '50000' },
    rate: { type: 'string', default: '40' },
    away: { type: 'string', default: '10' },
    only: { type: 'string' },
  },
});
const [kills, requests, perSecond, awaySeconds] = [values.kills, values.requests, values.rate, values.away].map(Number) as [
  number,
  number,
  number,
  number,
];
const [mongoUrl, amqpUrl, redisUrl] = await Promise.all([found.mongoUrl(), found.amqpUrl(), found.redisUrl()]);
if (!mongoUrl || !amqpUrl || !redisUrl) throw new Error('the drill needs MONGO_URL, AMQP_URL and REDIS_URL, or Docker, or Debian as root');
const servers: Servers = { mongoUrl, amqpUrl, redisUrl };
const say = (line: string) => console.log(`  ${line}`);

/** Each prints its counts and answers what was not as it should be. */
const drills = new Map<string, (share: number) => Promise<string[]>>([
  [
    'outbox',
    async (share) => {
      // A server that somebody names may be others' too, unless its folder is named as well.
      const isOurs = !process.env['AMQP_URL'] || process.env['SIDEKICK_SERVERS'];
      const broker = isOurs ? ownBroker(amqpUrl) : null;
      const load = { requests: requests * share, perSecond };
      return show.outbox(await outboxDrill({ servers, kills, outages: kills, awaySeconds, ...load, ...(broker && { broker }), say }));
    },
  ],
  [
    'dependencies',
    async () => {
      const rounds = Math.max(1, Math.round(kills / 10));
      return show.dependencies(
        await dependenciesDrill({ servers, outages: everyOutage(values.only?.split(',')), rounds, awaySeconds, say }),
      );
    },
  ],
  [
    'next-release',
    async (share) => show.nextRelease(await nextReleaseDrill({ servers, requests: requests * share, perSecond, drainSeconds: 5, say })),
  ],
]);

const wanted = positionals.length === 0 || positionals.includes('all') ? [...drills.keys()] : positionals;
/** Most of the load where most is killed. */
const shares = new Map([
  ['outbox', 0.8],
  ['next-release', 0.2],
]);
const wrong: string[] = [];
for (const name of wanted) {
  const drill = drills.get(name);
  if (!drill) throw new Error(`no drill ${name}: ${[...drills.keys()].join(', ')}, all`);
  console.log(`\n${name}`);
  wrong.push(...(await drill(wanted.length === 1 ? 1 : (shares.get(name) ?? 0))));
}
for (const line of wrong) console.error(line);
console.log(wrong.length === 0 ? '\nnothing lost' : `\n${wrong.length} things are wrong`);
process.exit(wrong.length === 0 ? 0 : 1);
