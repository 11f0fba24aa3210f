import { expect, jest, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { nextReleaseDrill } from './next-release.ts';

jest.setTimeout(600_000);

describeWith(['mongo', 'amqp', 'redis'], 'the next release', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  test('runs beside this one, takes its place and makes way again, and nothing is lost', async () => {
    const servers = { mongoUrl, amqpUrl, redisUrl };
    const drilled = await nextReleaseDrill({ servers, requests: 300, perSecond: 20, atOnce: 8, drainSeconds: 5 });
    const [old, next] = ['0.1.0', '0.2.0'];
    expect(drilled.steps.map(({ releases }) => releases)).toEqual([
      [`content ${old}`, `content ${next}`, `search ${old}`, `search ${next}`],
      [`content ${next}`, `content ${next}`, `search ${next}`, `search ${next}`],
      [`content ${old}`, `content ${old}`, `search ${old}`, `search ${old}`],
    ]);
    expect(drilled.withField.before).toBeGreaterThan(0);
    expect(drilled.wrong).toEqual([]);
    expect(drilled.load).toMatchObject({ failed: {}, writes: { open: 0 } });
  });
});
