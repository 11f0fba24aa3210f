import { setTimeout as pause } from 'node:timers/promises';
import { coalesced, type Logger } from '@sidekick/service-kit';
import type { Entry, Log } from '@sidekick/store';
import type { ChangeSet } from './change-set.ts';
import { advance, emptyLedger, type Ledger } from './ledger.ts';
import { pack, snapshotSchema, unpack } from './snapshot.ts';

/** The records of the log in memory, at one head. */
export interface Replica {
  /** Immutable in its records; the next call may answer a newer one. */
  current(): Ledger;
  /** Reads what the log holds beyond the head. Afterwards every change set that was acknowledged before the call is there. */
  catchUp(): Promise<void>;
  /** Takes in an entry that this process has just appended, without asking the log for it. */
  took(entry: Entry<ChangeSet>): Promise<void>;
  /** Waits until the head is reached, at most `milliseconds`; answers whether it was. */
  reach(head: number, milliseconds: number): Promise<boolean>;
  /** Loads the newest snapshot and what came after it, then follows the log. */
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly loaded: boolean;
}

export interface ReplicaOptions {
  log: Log<ChangeSet>;
  logger: Logger;
  /** How often other processes' entries are looked for. */
  pollMs?: number;
  /** A snapshot is kept after this many entries. */
  snapshotEvery?: number;
}

/** Entries read at once; each may be 4 MB. */
const batch = 50;

export function replicaOf({ log, logger, pollMs = 1000, snapshotEvery = 500 }: ReplicaOptions): Replica {
  let ledger = emptyLedger();
  let kept = 0;
  let loaded = false;
  let reading: Promise<void> = Promise.resolve();
  let saving: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  /** Redactions that this process has seen, or that a process before it may have left; whoever is first carries them out. */
  let mayBeLeft = true;
  let redacting: Promise<void> | undefined;

  async function read(): Promise<void> {
    for (;;) {
      const entries = await log.read(ledger.state.head, batch);
      take(entries);
      if (entries.length < batch) break;
    }
    keepIfDue();
  }

  /** Less those that came here another way while they were read. */
  function take(entries: readonly Entry<ChangeSet>[]): void {
    const fresh = entries.filter(({ number }) => number > ledger.state.head);
    if (fresh.length > 0) ledger = advance(ledger, fresh);
    mayBeLeft ||= fresh.some(({ entry }) => entry.redacts);
  }

  function keepIfDue(): void {
    if (ledger.state.head - kept >= snapshotEvery) keep();
  }

  function keep(): void {
    const packed = pack(ledger);
    const { head } = ledger.state;
    kept = head;
    saving = log
      .saveSnapshot({ head, schema: snapshotSchema, state: packed })
      .catch((err: unknown) => logger.warn({ err, head }, 'the staffing snapshot was not kept; the next one will be'));
  }

  const readRound = coalesced(read);
  function catchUp(): Promise<void> {
    reading = readRound();
    return reading;
  }

  function redact(): void {
    if (!mayBeLeft || redacting) return;
    mayBeLeft = false;
    redacting = log
      .redact()
      .then(() => undefined)
      .catch((err: unknown) => {
        mayBeLeft = true;
        logger.warn({ err }, 'a redaction is not whole yet; it goes on at the next look');
      })
      .finally(() => {
        redacting = undefined;
      });
  }

  const follow = () => {
    catchUp()
      .then(redact)
      .catch((err: unknown) => logger.warn({ err }, 'the staffing log does not answer'));
  };

  return {
    current: () => ledger,
    catchUp,
    async took(entry) {
      if (entry.number > ledger.state.head + 1) await catchUp();
      take([entry]);
      keepIfDue();
      redact();
    },
    async reach(head, milliseconds) {
      const end = Date.now() + milliseconds;
      while (ledger.state.head < head) {
        await catchUp();
        if (ledger.state.head >= head || Date.now() >= end) break;
        await pause(Math.min(25, milliseconds));
      }
      return ledger.state.head >= head;
    },
    async start() {
      const found = unpack(await log.loadSnapshot());
      if (found) ledger = found;
      kept = ledger.state.head;
      await catchUp();
      loaded = true;
      redact();
      timer = setInterval(follow, pollMs);
      timer.unref();
    },
    async stop() {
      clearInterval(timer);
      await Promise.allSettled([reading, saving, redacting]);
    },
    get loaded() {
      return loaded;
    },
  };
}
