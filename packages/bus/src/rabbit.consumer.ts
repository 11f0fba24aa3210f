import type { QueueName } from '@sidekick/contracts';
import type { AmqpConnectionManager } from 'amqp-connection-manager';
import type { ConfirmChannel, ConsumeMessage } from 'amqplib';
import type { Handler } from './bus.ts';
import { type Notify, type Outcome, reasonOf, tellOf, timeOf, tryEvent } from './delivery.ts';
import { keepChannel } from './rabbit.channels.ts';
import type { Publisher } from './rabbit.publisher.ts';
import type { OwnQueue } from './rabbit.replica.ts';
import type { Names } from './rabbit.topology.ts';

/** Our own count of failed tries: no counter of the broker's covers all ways to fail. */
export const attemptsHeader = 'sidekick-attempts';
export const reasonHeader = 'sidekick-reason';
export const diedAtHeader = 'sidekick-died-at';
/** The queue, by its name on the broker, in which a dead letter failed. */
export const queueHeader = 'sidekick-queue';

/** Sent ahead of the handler, which still gets one at a time: hides the way to the broker and back. */
const prefetch = 10;

export interface Consumer {
  /** Events that this process holds: under way, or waiting for their next try since this process failed them. */
  held(): number;
  /** Instant of the oldest of these, in milliseconds since the epoch; null when there is none. */
  oldest(): number | null;
  passedOver(): number;
  ready(milliseconds: number): Promise<void>;
  live(): boolean;
  close(): Promise<void>;
}

interface ConsumeOptions {
  manager: AmqpConnectionManager;
  publisher: Publisher;
  queue: QueueName;
  /** Its name on the broker. */
  name: string;
  /** Of a queue that belongs to this replica. */
  own: OwnQueue | null;
  names: Names;
  handler: Handler;
  delays: readonly number[];
  notify: Notify;
}

/** A failed event moves on, to a retry queue or the dead letters, and is acknowledged when the broker has confirmed that. */
export function consumeDurable(options: ConsumeOptions): Consumer {
  const { manager, publisher, queue, name, own, names, handler, delays, notify } = options;
  const waiting = retriesUnderWay();
  let passed = 0;
  const line = oneAtATime(async (message: ConsumeMessage, channel: ConfirmChannel) => {
    if (kept.live() !== channel) return;
    const failed = attemptsOf(message);
    waiting.back(message.properties.messageId, failed);
    const outcome = await tryEvent(message.content.toString(), failed, { queue, handler, delays, notify });
    try {
      if (outcome.do === 'pass over') passed += 1;
      else if (outcome.do !== 'done') await moveOn(message, outcome);
      channel.ack(message);
    } catch (error) {
      notify({ what: 'trouble', queue, reason: reasonOf(error) });
      if (kept.live() === channel) kept.renew();
    }
  });
  const kept = keepChannel({
    manager,
    notify,
    setup: async (channel) => {
      await channel.prefetch(prefetch);
      await own?.open(channel);
      await channel.consume(name, (message) => (message ? line.add(message, channel) : kept.renewSoon()));
      own?.read();
    },
  });

  async function moveOn(message: ConsumeMessage, outcome: Exclude<Outcome, { do: 'done' | 'pass over' }>): Promise<void> {
    const { messageId: id, type } = message.properties as { messageId?: string; type?: string };
    const about = { queue, ...(id ? { id } : {}), ...(type ? { type } : {}) };
    const same = { body: message.content, id, type };
    const attempts = { [attemptsHeader]: outcome.attempts };
    const { returned } =
      outcome.do === 'retry'
        ? await publisher.send({ ...same, exchange: names.retry(outcome.delay), key: name, headers: attempts })
        : await publisher.send({
            ...same,
            exchange: '',
            key: names.dead(queue),
            headers: { ...attempts, ...deathHeaders(outcome.reason), [queueHeader]: name },
          });
    if (returned) throw new Error(`no queue for a ${outcome.do === 'retry' ? 'retry' : 'dead letter'} of ${queue}: declare the topology`);
    if (outcome.do === 'retry') {
      waiting.sent(id, outcome.attempts, outcome.delay, timeOf(message.content.toString()));
      tellOf(notify, outcome, { what: 'retried', ...about, reason: `try ${outcome.attempts} failed` });
    } else tellOf(notify, outcome, { what: 'dead', ...about, reason: outcome.reason });
  }

  return {
    held: () => line.size() + waiting.size(),
    oldest: () => earliest([...line.messages().map(timeOfMessage), ...waiting.times()]),
    passedOver: () => passed,
    ready: (milliseconds) => kept.ready(milliseconds),
    live: () => kept.live() !== undefined,
    async close() {
      await line.stop();
      await kept.close();
    },
  };
}

export const timeOfMessage = (message: ConsumeMessage): number | null => timeOf(message.content.toString());
export const earliest = (times: readonly (number | null)[]): number | null => {
  const known = times.filter((time) => time !== null);
  return known.length > 0 ? Math.min(...known) : null;
};
const attemptsOf = (message: ConsumeMessage): number => Number(message.properties.headers?.[attemptsHeader] ?? 0);
const deathHeaders = (reason: string) => ({ [reasonHeader]: reason, [diedAtHeader]: new Date().toISOString() });

/** Runs messages in their order, one at a time. After `stop` those not begun are left to be delivered again. */
export function oneAtATime<C>(run: (message: ConsumeMessage, channel: C) => Promise<void>) {
  let tail = Promise.resolve();
  const messages: ConsumeMessage[] = [];
  let stopped = false;
  return {
    add(message: ConsumeMessage, channel: C): void {
      messages.push(message);
      tail = tail.then(() => (stopped ? undefined : run(message, channel))).finally(() => void messages.shift());
    },
    size: () => messages.length,
    /** Not finished yet, in their order. */
    messages: (): readonly ConsumeMessage[] => messages,
    async stop() {
      stopped = true;
      await tail;
    },
  };
}

/** The retry queues are shared, so the broker cannot count one consumer's part; this counts what this process sent there. */
function retriesUnderWay() {
  const waiting = new Map<string, { due: number; time: number | null }>();
  const keyOf = (id: string | undefined, attempts: number) => `${attempts}:${id}`;
  /** Without those that another replica must have got by now. */
  const still = () => {
    for (const [key, { due }] of waiting) if (Date.now() - due > 5_000) waiting.delete(key);
    return [...waiting.values()];
  };
  return {
    sent(id: string | undefined, attempts: number, delay: number, time: number | null): void {
      waiting.set(keyOf(id, attempts), { due: Date.now() + delay, time });
    },
    back(id: string | undefined, attempts: number): void {
      waiting.delete(keyOf(id, attempts));
    },
    size: () => still().length,
    times: () => still().map(({ time }) => time),
  };
}
