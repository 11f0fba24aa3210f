import { retryDelays, topology } from '@sidekick/contracts';
import { connect } from 'amqplib';
import mongoose from 'mongoose';

/** Drops databases of a test. */
export async function dropDatabases(url: string, names: readonly string[]): Promise<void> {
  for (const dbName of names) {
    const connection = await mongoose.createConnection(url, { dbName }).asPromise();
    await connection.dropDatabase();
    await connection.close();
  }
}

/** Deletes what a test declared under its prefix; queues of replicas by their numbers. */
export async function deleteTopology(url: string, prefix: string, replicas: number): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  const own = (queue: string) => Array.from({ length: replicas }, (_, k) => `${queue}.${k}`);
  for (const queue of Object.keys(topology)) {
    for (const name of [queue, `${queue}.dead`, ...own(queue)]) await channel.deleteQueue(prefix + name);
  }
  for (const delay of retryDelays) {
    await channel.deleteQueue(`${prefix}retry.${delay}ms`);
    await channel.deleteExchange(`${prefix}retry.${delay}ms`);
  }
  await channel.deleteExchange(`${prefix}portal.events`);
  await connection.close();
}

/** Deletes one queue by its name on the broker, with what it holds. */
export async function deleteQueue(url: string, name: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createChannel();
  await channel.deleteQueue(name);
  await connection.close();
}
