import { expect, test } from '@jest/globals';
import type { Store } from '@sidekick/store';
import { describeWith } from '@sidekick/testing';
import { dropDatabases } from '@sidekick/testing/apart';
import { ulid } from 'ulid';
import { type Bus, reactionsOf } from './index.ts';
import { namesWith } from './rabbit.topology.ts';
import { type ReactionSide, reactionContract } from './reaction.contract.ts';
import { removeDeclared, withChannel } from './testing/rabbit.ts';
import { busAt, effects, storeAt } from './testing/replica.ts';
import { told } from './testing/told.ts';

describeWith(['amqp', 'mongo'], "reactions over RabbitMQ and MongoDB's protocol", (amqpUrl, mongoUrl) => {
  const newSide = async (): Promise<ReactionSide> => {
    const name = ulid();
    const prefix = `test.${name}.`;
    const database = `reactions-test-${name.slice(-8).toLowerCase()}`;
    const address = ['rabbit', amqpUrl, prefix, mongoUrl, database];
    const opened: { bus: Bus; store: Store }[] = [];
    const delays = new Set<number>([1_000, 10_000, 60_000]);
    return {
      childArguments: address,
      async open(options = {}) {
        const replica = { bus: busAt(address, options), store: storeAt(address) };
        opened.push(replica);
        for (const delay of options.retryDelays ?? []) delays.add(delay);
        replica.store.collection(effects);
        reactionsOf({ store: replica.store, clock: { now: () => new Date() } });
        await replica.store.migrate();
        await replica.bus.declare();
        return replica;
      },
      async end() {
        for (const { bus, store } of opened) await Promise.all([bus.close(), store.close()]);
        await removeDeclared(amqpUrl, namesWith(prefix), [told], delays);
        await dropDatabases(mongoUrl, [database]);
      },
    };
  };
  reactionContract(newSide);

  test('stand on a queue that is declared with its dead letters before anybody reads it', async () => {
    const side = await newSide();
    await side.open();
    const [, , prefix] = side.childArguments;
    const dead = `${prefix}${told}.dead`;
    const asked = {
      [`${prefix}${told}`]: {
        'x-queue-type': 'quorum',
        'x-dead-letter-strategy': 'at-least-once',
        'x-overflow': 'reject-publish',
        'x-delivery-limit': 10,
        'x-dead-letter-exchange': '',
        'x-dead-letter-routing-key': dead,
      },
      [dead]: { 'x-queue-type': 'quorum', 'x-delivery-limit': -1 },
    };
    await withChannel(amqpUrl, async (channel) => {
      for (const [name, args] of Object.entries(asked)) {
        await channel.checkQueue(name);
        expect(await channel.assertQueue(name, { durable: true, arguments: args })).toMatchObject({ queue: name, consumerCount: 0 });
      }
    });
    await side.end();
  });
});
