import { expect, jest, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { dependenciesDrill, type Outage } from './dependencies.ts';

jest.setTimeout(600_000);

/** Each by itself in every way is the drill's: it takes four times as long. Silent servers are those of `hang.e2e` in services/portal. */
const outages: readonly Outage[] = [
  { what: ['store'], how: 'down at start' },
  { what: ['bus', 'cache'], how: 'down at start' },
  { what: ['store'], how: 'cut' },
  { what: ['store'], how: 'hangs behind its heartbeat' },
  { what: ['bus', 'cache'], how: 'cut' },
];

describeWith(['mongo', 'amqp', 'redis'], 'what the parts need', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  test('may be down at start, vanish or hang: it is named everywhere, reads go on, writes are refused in time, and all is well afterwards', async () => {
    const counts = await dependenciesDrill({ servers: { mongoUrl, amqpUrl, redisUrl }, outages, rounds: 1 });
    expect(counts.map(({ what, how, wrong }) => [what, how, wrong])).toEqual([
      ...outages.map(({ what, how }) => [what.join(' and '), how, []]),
      ['all but search', 'away', []],
    ]);
    expect(Math.max(...counts.map(({ refusedIn }) => refusedIn))).toBeLessThan(20_000);
  });
});
