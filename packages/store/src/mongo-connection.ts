import { patienceWithin } from '@sidekick/tracing';
import mongoose, { type Connection } from 'mongoose';
import { AnswerLost, StoreFull, StoreUnavailable } from './errors.ts';
import { isFull, isGone } from './mongo-gone.ts';
import { hangDetectorOf } from './mongo-hang-detector.ts';
import { type Mark, type Sending, sendingOf } from './mongo-sending.ts';
import { within } from './within.ts';

export type Use = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * A write that may race for a unique key, of a document or a filter that it marks; `lost` reads what was lost, and answers null when
 * the winner is gone again. Rejects with AnswerLost when it was sent and not answered.
 */
export type Race = <R, L>(work: (mark: Mark) => Promise<R>, lost: () => Promise<L | null>) => Promise<{ done: R } | { lost: L }>;

export type Write = <T>(work: (mark: Mark) => Promise<T>) => Promise<T>;

export interface MongoConnection {
  readonly connection: Connection;
  /**
   * Connects if need be, runs, and maps what a server that is gone brings to StoreUnavailable, also when it has not answered
   * after `deadline`. Write conflicts are tried again.
   */
  use: Use;
  /** The same for what may take its time, such as an index: pass `unhurried` with each command. */
  long: Use;
  race: Race;
  /** One that races for nothing and may take its time. */
  longWrite: Write;
  /** The least that can be asked of the server and what stands behind it; rejects with StoreUnavailable after 1.2 s. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** Milliseconds that a request waits for an answer of the server, its turn for a connection included. */
const deadline = 4_000;
/**
 * For a command that may take minutes. The driver heeds it for each command though its types do not say so; its own
 * `timeoutMS` does nothing any more (7.8).
 */
export const unhurried = socketTimeout(600_000);
/** Shorter than anybody waits who asks how a service is. */
const pingMs = 1_200;

/**
 * A server that is gone is known within two seconds: noticed by a heartbeat, which ends what waits for a connection too, and not
 * found again. One that answers heartbeats and nothing else ends at the deadline, and from then on nothing waits for it.
 */
const patience = {
  serverSelectionTimeoutMS: 1_000,
  connectTimeoutMS: 1_000,
  heartbeatFrequencyMS: 500,
  waitQueueTimeoutMS: deadline,
  socketTimeoutMS: deadline,
};
/** Few, so that a burst waits for connections that are there and not for a hundred new ones, each a process on some servers. */
const connections = { maxPoolSize: 20 };
const majority = { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } } as const;

/** Connects at the first use; a failed first connection is tried again by the next. */
export function mongoConnection(url: string, database: string): MongoConnection {
  const connection = mongoose.createConnection();
  connection.on('error', () => {});
  let opening: Promise<unknown> | undefined;
  let closed = false;

  const opened = () => {
    opening ??= connection
      .openUri(url, {
        dbName: database,
        bufferCommands: false,
        autoIndex: false,
        autoCreate: false,
        ignoreUndefined: true,
        ...patience,
        ...connections,
        ...majority,
      })
      .catch((error) => {
        opening = undefined;
        throw error;
      });
    return opening;
  };
  const long: Use = async (work) => {
    if (closed) throw new StoreUnavailable('the store is closed');
    try {
      await opened();
      return await work();
    } catch (error) {
      if (isFull(error)) throw new StoreFull(`${database}: ${(error as Error).message}`, { cause: error });
      throw isGone(error) ? new StoreUnavailable(`${database}: ${(error as Error).message}`, { cause: error }) : error;
    }
  };
  /** A read, since a server may answer `ping` alone while the database behind it hangs. */
  const look = () => long(() => connection.collection('store.meta').findOne({}, { projection: { _id: 1 }, ...socketTimeout(pingMs) }));
  const hangDetector = hangDetectorOf(look);
  const silent = () => new StoreUnavailable(`${database}: the server does not answer`);
  const inTime = <T>(work: Promise<T>, late: () => Error): Promise<T> =>
    within(patienceWithin(deadline), work, () => {
      hangDetector.late();
      return late();
    });
  const once: Use = (work) => (hangDetector.hangs() ? Promise.reject(silent()) : inTime(long(work), silent));
  const sent = <T>(work: (mark: Mark) => Promise<T>, { mark, told }: Sending) =>
    long(() => work(mark)).catch((error: unknown) => Promise.reject(told(error)));
  const write: Write = async (work) => {
    if (hangDetector.hangs()) throw silent();
    const sending = sendingOf();
    return inTime(sent(work, sending), () => (sending.giveUp() ? new AnswerLost(silent().message) : silent()));
  };
  return {
    connection,
    race: raceOf(write),
    longWrite: (work) => unlessConflict(() => sent(work, sendingOf())),
    use: (work) => unlessConflict(() => once(work)),
    long: (work) => unlessConflict(() => long(work)),
    ping: () => within(pingMs, look(), silent).then(() => {}),
    async close() {
      closed = true;
      hangDetector.stop();
      await opening?.catch(() => {});
      await connection.close();
    },
  };
}

/** WriteConflict, and what FerretDB answers for a deadlock on a unique index: nothing was written. */
const conflicts = new Set<unknown>([112, 16908292]);
const duplicate = 11000;
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;

/** Enough for 50 writers that want one key: the pause doubles, so that they part, and differs between those who collided. */
const tries = 9;
const pause = (attempt: number): Promise<void> =>
  new Promise((done) => setTimeout(done, Math.random() * Math.min(1_000, 15 * 2 ** attempt)));

async function unlessConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === tries || !conflicts.has(codeOf(error))) throw error;
      await pause(attempt);
    }
  }
}

/**
 * What was lost is found by reading, since servers differ in what E11000 says and may answer a deadlock instead, over and
 * over: those of this process that collided go on one at a time, so that they do not meet again.
 */
function raceOf(write: Write): Race {
  const inLine = oneAtATime();
  return async (work, lost) => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return { done: await (attempt === 1 ? write(work) : inLine(() => write(work))) };
      } catch (error) {
        if (codeOf(error) !== duplicate && !conflicts.has(codeOf(error))) throw error;
        const found = await lost();
        if (found !== null) return { lost: found };
        if (attempt === tries) throw new StoreUnavailable('too many writers at once', { cause: error });
        await pause(attempt);
      }
    }
  };
}

function socketTimeout(socketTimeoutMS: number): { comment?: never } {
  return { socketTimeoutMS } as object;
}

function oneAtATime(): Use {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => {});
    return mine;
  };
}

export const isDuplicate = (error: unknown): boolean => codeOf(error) === duplicate;

/** An upsert whose condition failed meets the document itself: what is there is as new or newer. */
export function unlessDuplicate(error: unknown): void {
  if (!isDuplicate(error)) throw error;
}
