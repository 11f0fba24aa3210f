import { expect, jest, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { dependenciesDrill } from '../../../../infra/drill/dependencies.ts';

jest.setTimeout(600_000);

describeWith(['mongo', 'amqp', 'redis'], 'what the parts need', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  test('may be down at start, vanish or hang: it is named everywhere, reads go on, writes are refused in time, and all is well afterwards', async () => {
    const counts = await dependenciesDrill({ servers: { mongoUrl, amqpUrl, redisUrl }, rounds: 1 });
    expect(counts.map(({ what, how, wrong }) => [what, how, wrong])).toEqual([
      ...['down at start', 'cut', 'silent', 'hangs behind its heartbeat'].map((how) => ['store', how, []]),
      ...['bus', 'cache'].flatMap((what) => ['down at start', 'cut', 'silent'].map((how) => [what, how, []])),
      ['all but search', 'away', []],
    ]);
    expect(Math.max(...counts.map(({ refusedIn }) => refusedIn))).toBeLessThan(20_000);
  });
});
