import { createHash } from 'node:crypto';
import type { QueueName } from '@sidekick/contracts';
import type { Channel, GetMessage } from 'amqplib';
import { type DeadLetter, NoDeadLetter } from './bus.ts';
import { bodyOf } from './delivery.ts';
import { answered } from './rabbit.channels.ts';
import { attemptsHeader, diedAtHeader, queueHeader, reasonHeader } from './rabbit.consumer.ts';
import type { Names } from './rabbit.topology.ts';

/** Takes messages without acknowledging them: all return, in their order, when the channel closes. */
async function* browse(channel: Channel, wireName: string): AsyncGenerator<GetMessage> {
  for (;;) {
    const message = await answered(channel.get(wireName, { noAck: false }));
    if (!message) return;
    yield message;
  }
}

export async function listDead(channel: Channel, queue: QueueName, names: Names, limit: number): Promise<DeadLetter[]> {
  const letters: DeadLetter[] = [];
  if (limit < 1) return letters;
  for await (const message of browse(channel, names.dead(queue))) {
    letters.push(letterOf(queue, names, message));
    if (letters.length >= limit) break;
  }
  return letters;
}

interface Wanted {
  id: string;
  /** Whose; any when absent. */
  replica: number | undefined;
}

/** The first dead letter of that id, not yet acknowledged; throws when it is not there. */
export async function findDead(channel: Channel, queue: QueueName, names: Names, { id, replica }: Wanted): Promise<GetMessage> {
  const isIts = (message: GetMessage) => replica === undefined || replicaOf(queue, names, message) === replica;
  for await (const message of browse(channel, names.dead(queue))) if (idOf(message) === id && isIts(message)) return message;
  throw new NoDeadLetter(`no dead letter ${id} in ${queue}`);
}

/** A message from elsewhere may lack an id: its content names it then. */
const idOf = ({ properties, content }: GetMessage): string =>
  properties.messageId ? String(properties.messageId) : `sha256:${createHash('sha256').update(content).digest('hex')}`;

/** The queue, by its name on the broker, in which it failed or in which the broker gave up. */
export function queueOf(queue: QueueName, names: Names, { properties }: GetMessage): string {
  const headers = properties.headers ?? {};
  return String(headers[queueHeader] ?? headers['x-death']?.[0]?.queue ?? names.queue(queue));
}

function replicaOf(queue: QueueName, names: Names, message: GetMessage): number | undefined {
  const number = queueOf(queue, names, message).slice(names.queue(queue).length + 1);
  return number === '' ? undefined : Number(number);
}

function letterOf(queue: QueueName, names: Names, message: GetMessage): DeadLetter {
  const replica = replicaOf(queue, names, message);
  const headers = message.properties.headers ?? {};
  const byBroker = headers['x-death']?.[0];
  const brokerTime = (byBroker?.time as unknown as { value?: number } | undefined)?.value;
  return {
    id: idOf(message),
    queue,
    ...(replica === undefined ? {} : { replica }),
    body: bodyOf(message.content.toString()),
    reason: String(headers[reasonHeader] ?? (byBroker ? `the broker gave up: ${byBroker.reason}` : 'unknown')),
    attempts: Number(headers[attemptsHeader] ?? 0),
    diedAt: String(headers[diedAtHeader] ?? new Date((brokerTime ?? 0) * 1000).toISOString()),
  };
}
