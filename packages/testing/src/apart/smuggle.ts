import { connect } from 'amqplib';

/** Puts a text straight into a queue by its name on the broker, past every check. */
export async function smuggle(url: string, queue: string, text: string): Promise<void> {
  const connection = await connect(url);
  const channel = await connection.createConfirmChannel();
  channel.sendToQueue(queue, Buffer.from(text), { persistent: true });
  await channel.waitForConfirms();
  await connection.close();
}
