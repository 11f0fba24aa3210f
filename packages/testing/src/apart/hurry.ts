import { retryDelays } from '@sidekick/contracts';
import { connect } from 'amqplib';
import { until } from '../until.ts';

/**
 * Sends what waits for its third try back to its queue as if all but its last try were over, so that nobody waits for the pauses.
 * `attempts` names the header that counts them.
 */
export async function hurry(url: string, prefix: string, attempts: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  const [, pause] = retryDelays;
  const next = async () => (await channel.get(`${prefix}retry.${pause}ms`)) || null;
  const message = await until('an event that waits for its next try', next, 60);
  const headers = { ...message.properties.headers, [attempts]: retryDelays.length };
  channel.sendToQueue(message.fields.routingKey, message.content, { ...message.properties, headers });
  await channel.waitForConfirms();
  channel.ack(message);
  await channel.close();
  await connection.close();
}
