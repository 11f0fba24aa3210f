import { setTimeout as pause } from 'node:timers/promises';
import type { Envelope } from '@sidekick/contracts';
import { connect } from 'amqplib';
import { deleteQueue } from './clean.ts';

/** Reads every event that a prefix's exchange passes on, from a queue of its own: what a consumer besides the services would get. */
export interface Witness {
  /** How often each version of an aggregate came; 0 for never. */
  times(subject: string, sequence: number): number;
  /** The newest event of an aggregate so far. */
  newest(subject: string): Envelope | undefined;
  /** The newest event of each aggregate. */
  all(): Envelope[];
  /** Events that came more than once, and those that the broker itself delivered to this queue again. */
  counts(): { events: number; twice: number; redelivered: number };
  /** Removes the queue. */
  close(): Promise<void>;
}

const reconnectAfter = 300;

/** Resolves when the queue is bound. It outlives the broker: the queue is durable and is read again after every loss. */
export async function witnessOf(url: string, prefix: string): Promise<Witness> {
  const queue = `${prefix}witness`;
  const times = new Map<string, number>();
  const newest = new Map<string, Envelope>();
  let redelivered = 0;
  let ended = false;
  let whenBound = () => {};
  const bound = new Promise<void>((resolve) => {
    whenBound = resolve;
  });
  let connection: Awaited<ReturnType<typeof connect>> | null = null;

  const take = (body: Buffer, again: boolean) => {
    const event = JSON.parse(body.toString()) as Envelope;
    const key = keyOf(event.subject, event.sequence);
    if (again) redelivered += 1;
    times.set(key, (times.get(key) ?? 0) + 1);
    if (event.sequence >= (newest.get(event.subject)?.sequence ?? 0)) newest.set(event.subject, event);
  };
  /** Resolves when the connection is lost. */
  const session = async (): Promise<void> => {
    const opened = await connect(url, { timeout: 2_000 });
    connection = opened;
    opened.on('error', () => {});
    const closed = new Promise<void>((resolve) => void opened.once('close', () => resolve()));
    const setup = async () => {
      const channel = await opened.createChannel();
      channel.on('error', () => {});
      await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } });
      await channel.bindQueue(queue, `${prefix}portal.events`, '#');
      await channel.consume(queue, (message) => {
        if (!message) return void opened.close().catch(() => {});
        take(message.content, message.fields.redelivered);
        channel.ack(message);
      });
      whenBound();
    };
    const settingUp = setup();
    // Lost in the middle of it: the loop begins anew.
    settingUp.catch(() => {});
    await Promise.race([settingUp.then(() => closed), closed]);
  };
  const reading = (async () => {
    while (!ended) {
      await session().catch(() => connection?.close().catch(() => {}));
      if (!ended) await pause(reconnectAfter);
    }
  })();
  await bound;
  return {
    times: (subject, sequence) => times.get(keyOf(subject, sequence)) ?? 0,
    newest: (subject) => newest.get(subject),
    all: () => [...newest.values()],
    counts: () => ({ events: times.size, twice: [...times.values()].filter((count) => count > 1).length, redelivered }),
    async close() {
      ended = true;
      await connection?.close().catch(() => {});
      await reading;
      await deleteQueue(url, queue);
    },
  };
}

const keyOf = (subject: string, sequence: number) => `${subject}@${sequence}`;
