import { expect, jest, test } from '@jest/globals';
import { describeWith } from '@sidekick/testing';
import { outboxDrill } from './outbox.ts';

jest.setTimeout(300_000);

describeWith(['mongo', 'amqp', 'redis'], 'the outbox under load', (mongoUrl = '', amqpUrl = '', redisUrl = '') => {
  test('loses no event to SIGKILLs of content and staffing before the publish, nor to RabbitMQ being away', async () => {
    const servers = { mongoUrl, amqpUrl, redisUrl };
    const drilled = await outboxDrill({ servers, kills: 1, outages: 1, awaySeconds: 10, requests: 600, perSecond: 30 });
    for (const unsent of Object.values(drilled.unsentAtKill)) {
      expect(unsent).toHaveLength(1);
      expect(Math.min(...unsent)).toBeGreaterThan(0);
    }
    expect(Math.min(...drilled.unsentAfterOutage)).toBeGreaterThan(0);
    expect(drilled.arrived.missing).toEqual([]);
    expect(drilled.arrived.due).toBeGreaterThan(0);
    expect(drilled.wrong).toEqual([]);
    expect(drilled.load.writes.open).toBe(0);
    expect(drilled.load.sent).toBeGreaterThanOrEqual(600);
  });
});
