import { attemptsHeader } from '@sidekick/bus/rabbit';
import { retryDelays } from '@sidekick/contracts';
import { until } from '@sidekick/testing';
import { connect } from 'amqplib';

/** Sends what waits for its second try back to its queue as if all but its last try were over, so that nobody waits for the pauses. */
export async function hurry(url: string, prefix: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  const [pause = 0] = retryDelays.slice(1);
  const message = await until(
    'an event that waits for its next try',
    async () => (await channel.get(`${prefix}retry.${pause}ms`)) || null,
    60,
  );
  const headers = { ...message.properties.headers, [attemptsHeader]: retryDelays.length };
  channel.sendToQueue(message.fields.routingKey, message.content, { ...message.properties, headers });
  await channel.waitForConfirms();
  channel.ack(message);
  await channel.close();
  await connection.close();
}
