import { once } from 'node:events';
import { within } from '@sidekick/store';
import type { AmqpConnectionManager, ChannelWrapper } from 'amqp-connection-manager';
import type { Channel, ConfirmChannel } from 'amqplib';
import { BusUnavailable } from './bus.ts';
import { type Notify, reasonOf } from './delivery.ts';

export interface KeptChannel {
  /** The channel as of now; undefined while the broker is away. */
  live(): ConfirmChannel | undefined;
  wrapper(): ChannelWrapper;
  /** Gives the channel up for a new one; what it had not acknowledged is delivered again. */
  renew(): void;
  /** The same after a pause: RabbitMQ ends the connection of who consumes from a queue that is just being deleted. */
  renewSoon(): void;
  /** Resolves when the channel is set up, or after the time. */
  ready(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

const renewalPause = 500;

/**
 * A confirm channel that comes back. The connection manager reopens channels after a lost connection only; one that
 * the broker closed alone (a missing queue, a late acknowledgement) would stay closed.
 */
export function keepChannel(options: {
  manager: AmqpConnectionManager;
  setup: (channel: ConfirmChannel) => Promise<void>;
  notify: Notify;
}): KeptChannel {
  const { manager, setup, notify } = options;
  let closed = false;
  let live: ConfirmChannel | undefined;
  let timer: NodeJS.Timeout | undefined;
  let current = open();

  function open(): ChannelWrapper {
    const wrapper = manager.createChannel({
      confirm: true,
      setup: async (channel: Channel) => {
        // Without a listener an error event would end the process.
        channel.on('error', (error) => notify({ what: 'trouble', reason: reasonOf(error) }));
        channel.on('close', () => {
          if (live === channel) renewSoon();
        });
        live = channel as ConfirmChannel;
        await setup(live);
      },
    });
    wrapper.on('error', (error) => {
      notify({ what: 'trouble', reason: reasonOf(error) });
      renewSoon();
    });
    return wrapper;
  }
  function renewSoon(): void {
    live = undefined;
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!closed && manager.isConnected()) renew();
    }, renewalPause);
    timer.unref();
  }
  function renew(): void {
    const old = current;
    live = undefined;
    current = open();
    void old.close().catch(() => {});
  }
  return {
    live: () => live,
    wrapper: () => current,
    renew,
    renewSoon,
    async ready(milliseconds) {
      let end: NodeJS.Timeout | undefined;
      const late = new Promise<void>((resolve) => {
        end = setTimeout(resolve, milliseconds);
      });
      await Promise.race([current.waitForConnect(), late]);
      clearTimeout(end);
    },
    async close() {
      closed = true;
      clearTimeout(timer);
      await current.close().catch(() => {});
    },
  };
}

/** How long a call waits for a broker that is away, and for each of its answers, in milliseconds. */
export const patience = 2_000;

/** What the broker answers; rejects with BusUnavailable when it hangs, which its heartbeats show much later. */
export const answered = <T>(asked: Promise<T>): Promise<T> =>
  within(patience, asked, () => new BusUnavailable('the broker does not answer'));

/** Runs `work` on a channel of its own, which ends with it. Throws BusUnavailable when the broker is away for longer than `patience`. */
export async function onChannel<T>(manager: AmqpConnectionManager, work: (channel: Channel) => Promise<T>): Promise<T> {
  if (!manager.connection) await once(manager, 'connect', { signal: AbortSignal.timeout(patience) }).catch(() => {});
  if (!manager.connection) throw new BusUnavailable('the broker is away');
  const opening: Promise<Channel> = manager.connection.createChannel();
  const channel = await answered(opening).catch((error: unknown) => {
    // One that opens after all is not needed any more.
    void opening.then((late) => late.on('error', () => {}).close()).catch(() => {});
    throw error;
  });
  channel.on('error', () => {});
  try {
    return await work(channel);
  } finally {
    await answered(channel.close()).catch(() => {});
  }
}
