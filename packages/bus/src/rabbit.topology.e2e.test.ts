import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { type EventType, events, type QueueName, replicaQueueExpiry, retryDelays, topology } from '@sidekick/contracts';
import { describeWith } from '@sidekick/testing';
import type { Channel } from 'amqplib';
import { rabbitSide, withChannel } from './testing/rabbit.ts';

/** What the table of the contracts asks of the broker, said once more by hand. */
const safe = { 'x-queue-type': 'quorum', 'x-dead-letter-strategy': 'at-least-once', 'x-overflow': 'reject-publish' };
const deadQueue = { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 };
const eventQueue = (dead: string) => ({
  ...safe,
  'x-delivery-limit': 10,
  'x-dead-letter-exchange': '',
  'x-dead-letter-routing-key': dead,
});

describeWith('amqp', 'topology on RabbitMQ', (url) => {
  /** The broker refuses a queue that is there with other arguments; one that is not there would be made, so it is looked for first. */
  const isDeclared = (name: string, args: object) =>
    withChannel(url, async (channel) => {
      await channel.checkQueue(name);
      await channel.assertQueue(name, { durable: true, arguments: args });
      return true;
    });
  const refuses = (name: string, args: object) => expect(isDeclared(name, args)).rejects.toThrow(/PRECONDITION|406/);

  test('is what the table says, however often it is declared: queues, arguments, bindings, retries, dead letters', async () => {
    const side = await rabbitSide(url);
    const bus = await side.open({ bare: true });
    await bus.declare();
    await bus.subscribe('search.index', async () => {}, { replica: 0 });
    await bus.declare();
    for (const [queue, { transient, perReplica }] of Object.entries(topology)) {
      if (transient) continue;
      const dead = `${side.prefix}${queue}.dead`;
      await isDeclared(dead, deadQueue);
      await refuses(dead, { 'x-queue-type': 'quorum', 'x-delivery-limit': 5 });
      const expires = perReplica ? { 'x-expires': replicaQueueExpiry } : {};
      const name = `${side.prefix}${queue}${perReplica ? '.0' : ''}`;
      await isDeclared(name, { ...eventQueue(dead), ...expires });
      for (const other of [{ 'x-delivery-limit': 11 }, { 'x-expires': 1_000 }, { 'x-overflow': 'drop-head' }])
        await refuses(name, { ...eventQueue(dead), ...expires, ...other });
    }
    expect(retryDelays).toHaveLength(3);
    for (const delay of retryDelays) {
      const wait = { ...safe, 'x-message-ttl': delay, 'x-dead-letter-exchange': '' };
      await isDeclared(`${side.prefix}retry.${delay}ms`, wait);
      await refuses(`${side.prefix}retry.${delay}ms`, { ...wait, 'x-message-ttl': delay + 1 });
    }
    await side.end();
  });

  test('binds each queue to the events of its row and to no others', async () => {
    const side = await rabbitSide(url);
    const bus = await side.open({ bare: true });
    await bus.subscribe('search.index', async () => {}, { replica: 0 });
    await bus.close();
    const wanted = (queue: QueueName) => (topology[queue].events as readonly EventType[]).slice().sort();
    const got: string[] = [];
    await withChannel(url, async (channel) => {
      const keys = [...Object.keys(events), 'content.page.changed.v2', 'staffing.never.changed.v1'];
      for (const key of keys) channel.publish(`${side.prefix}portal.events`, key, Buffer.from('{}'), { type: key });
      const last = wanted('search.index').length;
      while (got.length < last) got.push(...(await all(channel, side.names.queue)));
    });
    expect(got.sort()).toEqual(wanted('search.index'));
    await side.end();
  });

  test('nothing asks the broker to put a message back, which RabbitMQ 4.3 does without counting', () => {
    const folder = new URL('.', import.meta.url);
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.includes('.test.'));
    expect(sources.length).toBeGreaterThan(10);
    const calls = sources.flatMap(
      (name) => readFileSync(new URL(name, folder), 'utf8').match(/(?<!Promise)\.(nack|nackAll|reject|recover)\(/g) ?? [],
    );
    expect(calls).toEqual([]);
  });
});

async function all(channel: Channel, name: string): Promise<string[]> {
  const types: string[] = [];
  for (;;) {
    const message = await channel.get(name, { noAck: true });
    if (!message) return types;
    types.push(String(message.properties.type));
  }
}
