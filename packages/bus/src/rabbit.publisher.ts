import type { AmqpConnectionManager } from 'amqp-connection-manager';
import { BusUnavailable, Unconfirmed } from './bus.ts';
import type { Notify } from './delivery.ts';
import { keepChannel } from './rabbit.channels.ts';

export interface Message {
  exchange: string;
  key: string;
  body: Buffer;
  id?: string | undefined;
  type?: string | undefined;
  headers?: Record<string, string | number>;
}

export interface Publisher {
  /** Resolves when the broker has it on a majority; `returned` when no queue wanted it. Rejects after `timeout`. */
  send(message: Message): Promise<{ returned: boolean }>;
  live(): boolean;
  close(): Promise<void>;
}

/** Confirmed, persistent, mandatory. While the broker is away a message waits, at most `timeout` milliseconds. */
export function publisherOf(options: { manager: AmqpConnectionManager; notify: Notify; timeout: number }): Publisher {
  const { manager, notify, timeout } = options;
  /** The broker returns a message before it confirms it, on the same channel. */
  const returned = new Set<string>();
  let count = 0;
  const channel = keepChannel({
    manager,
    notify,
    setup: async (fresh) => {
      returned.clear();
      fresh.on('return', ({ properties }) => returned.add(String(properties.correlationId)));
    },
  });
  return {
    async send({ exchange, key, body, id, type, headers }) {
      count += 1;
      const correlationId = String(count);
      // One that waits for a broker that is away is dropped with the error.
      const isLive = channel.live() !== undefined;
      const sent = channel.wrapper().publish(exchange, key, body, {
        persistent: true,
        mandatory: true,
        contentType: 'application/json',
        correlationId,
        timeout,
        ...(id === undefined ? {} : { messageId: id }),
        ...(type === undefined ? {} : { type }),
        ...(headers ? { headers } : {}),
      });
      await sent.catch((cause: unknown) => {
        // One that waited for the broker may have gone out since.
        const Failure = isLive || channel.live() !== undefined ? Unconfirmed : BusUnavailable;
        throw new Failure(`the broker did not confirm within ${timeout} ms`, { cause });
      });
      return { returned: returned.delete(correlationId) };
    },
    live: () => channel.live() !== undefined,
    close: () => channel.close(),
  };
}
