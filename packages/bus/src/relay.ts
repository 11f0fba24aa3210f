import { type Envelope, parseOnReceipt } from '@sidekick/contracts';
import type { Entry, Log, Outbox } from '@sidekick/store';
import type { Bus } from './bus.ts';
import { type Notify, publishInSpans, reasonOf } from './delivery.ts';
import { type Relay, relayLoop } from './relay.loop.ts';

interface RelayOptions {
  bus: Pick<Bus, 'publish'>;
  notify?: Notify;
  /** How often it looks for what nobody woke it for. */
  pollMs?: number;
  /**
   * The age at which it also sends what another process wrote; 0 where no other process shares the store. Sending at
   * once what others are about to send would send most events twice.
   */
  othersAfterMs?: number;
  /** Told how many events the bus has taken. */
  published?: (count: number) => void;
}

/** Documents and entries read, published and confirmed together. */
const batch = 200;

const senderOf =
  ({ bus, published = () => {} }: RelayOptions) =>
  async (events: readonly Envelope[]): Promise<void> => {
    await publishInSpans(bus, events);
    published(events.length);
  };

/** Publishes the unsent event of each document, then clears it: at least once, and none is lost while the bus is away. */
export function relayDocuments(options: RelayOptions & { outboxes: readonly Outbox[] }): Relay {
  const { outboxes, notify = () => {}, pollMs = 1000, othersAfterMs = 5000 } = options;
  const send = senderOf(options);
  const passes = outboxes.map((outbox) => documentPass({ outbox, send, notify, othersAfterMs, pollMs }));
  const loop = relayLoop({
    pollMs,
    notify,
    async pass() {
      const more = await Promise.all(passes.map(({ pass }) => pass()));
      return more.includes(true);
    },
  });
  let listening: (() => void)[] = [];
  return {
    start() {
      listening = outboxes.map((outbox, n) =>
        outbox.onWrite((id) => {
          passes[n]?.wrote(id);
          loop.wake();
        }),
      );
      loop.start();
    },
    async stop() {
      for (const end of listening) end();
      listening = [];
      await loop.stop();
    },
    async oldestUnsent() {
      const times = await Promise.all(outboxes.map((outbox) => outbox.oldestUnsent()));
      return Math.max(0, ...times.map((time) => (time === null ? 0 : (Date.now() - time) / 1000)));
    },
  };
}

type DocumentPass = Required<Pick<RelayOptions, 'notify' | 'othersAfterMs' | 'pollMs'>> & {
  outbox: Outbox;
  send: ReturnType<typeof senderOf>;
};

function documentPass({ outbox, send, notify, othersAfterMs, pollMs }: DocumentPass) {
  /** Ids this process wrote since they were last sent; `everything` when the store does not tell. */
  let own = new Set<string>();
  let everything = false;
  /** When an outbox that nobody here wrote to was looked at; a write to another wakes all of them, and most stay empty. */
  let looked = Number.NEGATIVE_INFINITY;
  const refused = new Set<string>();

  /** What a newer release left unsent, and then was undone, is sent without the fields that only that one knows. */
  const publishable = ({ id, version, event }: { id: string; version: number; event: Envelope }) => {
    const key = `${id}:${version}`;
    try {
      return [{ id, version, event: parseOnReceipt(event) }];
    } catch (error) {
      if (!refused.has(key)) notify({ what: 'trouble', id: event.id, reason: `not published: ${reasonOf(error)}` });
      refused.add(key);
      return [];
    }
  };

  return {
    wrote(id: string | undefined) {
      if (id === undefined) everything = true;
      else own.add(id);
    },
    async pass(): Promise<boolean> {
      const now = performance.now();
      if (own.size === 0 && !everything && now - looked < pollMs / 2) return false;
      // Taken before the read: a write that comes in meanwhile marks its document anew.
      const [mine, all] = [own, everything];
      [own, everything] = [new Set(), false];
      try {
        const rows = await outbox.unsent(batch);
        const ours = rows.filter((row) => all || mine.has(row.id) || Date.now() - row.writtenAt >= othersAfterMs);
        const good = ours.flatMap(publishable);
        if (good.length > 0) await send(good.map((row) => row.event));
        await outbox.sent(good);
        const full = rows.length === batch;
        if (!full) looked = now;
        if (full) keep(mine, all);
        return full && good.length > 0;
      } catch (error) {
        keep(mine, all);
        throw error;
      }
    },
  };

  function keep(mine: Set<string>, all: boolean): void {
    for (const id of mine) own.add(id);
    everything ||= all;
  }
}

/**
 * Publishes the entries of a log from its position on, in order, and moves the position after the confirm. An entry
 * whose events cannot be made or published stops it there, and is tried again: order is kept, nothing is passed over.
 */
export function relayLog<E>(
  options: RelayOptions & { log: Log<E>; toEvents: (entry: Entry<E>) => readonly Envelope[] | Promise<readonly Envelope[]> },
): Relay {
  const { log, toEvents, notify = () => {}, pollMs = 1000, othersAfterMs = 5000 } = options;
  const send = senderOf(options);
  let appended = false;
  /** The position that was found short of the head, and since when. */
  let behind: { position: number; since: number } | undefined;

  async function pass(): Promise<boolean> {
    const own = appended;
    appended = false;
    try {
      const position = await log.position();
      const entries = await log.read(position, batch);
      const last = entries.at(-1);
      if (!last) behind = undefined;
      else if (behind?.position !== position) behind = { position, since: Date.now() };
      if (!last || !behind || (!own && Date.now() - behind.since < othersAfterMs)) return false;
      const events = (await Promise.all(entries.map(toEvents))).flat();
      await send(events);
      await log.moveTo(last.number);
      behind = undefined;
      appended ||= entries.length === batch;
      return entries.length === batch;
    } catch (error) {
      appended ||= own;
      throw error;
    }
  }
  const loop = relayLoop({ pass, pollMs, notify });
  let end = () => {};
  return {
    start() {
      end = log.onAppend(() => {
        appended = true;
        loop.wake();
      });
      loop.start();
    },
    async stop() {
      end();
      await loop.stop();
    },
    oldestUnsent: async () => (behind ? (Date.now() - behind.since) / 1000 : 0),
  };
}
