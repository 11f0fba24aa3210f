import mongoose, { type Connection } from 'mongoose';
import { StoreUnavailable } from './errors.ts';

export interface MongoConnection {
  readonly connection: Connection;
  /** Connects if need be, runs, and maps what a server that is gone brings to StoreUnavailable. Write conflicts are tried again. */
  use<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A server that is gone is known within two seconds: noticed by a heartbeat, not found again, not waited for in a queue. */
const patience = { serverSelectionTimeoutMS: 1_000, connectTimeoutMS: 1_000, heartbeatFrequencyMS: 500, waitQueueTimeoutMS: 1_500 };
const majority = { readConcern: { level: 'majority' }, writeConcern: { w: 'majority' } } as const;

/** Connects at the first use; a failed first connection is tried again by the next. */
export function mongoConnection(url: string, database: string): MongoConnection {
  const connection = mongoose.createConnection();
  connection.on('error', () => {});
  let opening: Promise<unknown> | undefined;
  let closed = false;

  const opened = () => {
    opening ??= connection
      .openUri(url, { dbName: database, bufferCommands: false, autoIndex: false, autoCreate: false, ...patience, ...majority })
      .catch((error) => {
        opening = undefined;
        throw error;
      });
    return opening;
  };
  return {
    connection,
    async use(work) {
      if (closed) throw new StoreUnavailable('the store is closed');
      try {
        await opened();
        return await unlessConflict(work);
      } catch (error) {
        throw isGone(error) ? new StoreUnavailable(`${database}: ${(error as Error).message}`, { cause: error }) : error;
      }
    },
    async close() {
      closed = true;
      await opening?.catch(() => {});
      await connection.close();
    },
  };
}

const gone = new Set([
  'MongooseServerSelectionError',
  'MongoServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoOperationTimeoutError',
  'MongoNotConnectedError',
  'MongoClientClosedError',
  'MongoTopologyClosedError',
  'MongoPoolClosedError',
  'MongoPoolClearedError',
  'MongoWaitQueueTimeoutError',
]);
/** Not the primary, shutting down, or interrupted by either: the same to a caller as a server that is not there. */
const notServing = new Set<unknown>([91, 189, 10107, 11600, 11602, 13435, 13436]);

function isGone(error: unknown): boolean {
  const { name, code } = (error ?? {}) as { name?: string; code?: unknown };
  return gone.has(name ?? '') || (name === 'MongoServerError' && notServing.has(code));
}

/** WriteConflict, and what FerretDB answers for a deadlock on a unique index (MACHINE.md): nothing was written. */
const conflicts = new Set<unknown>([112, 16908292]);
const triesOnConflict = 8;

async function unlessConflict<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === triesOnConflict || !conflicts.has((error as { code?: unknown }).code)) throw error;
      await pause(attempt);
    }
  }
}

/** Grows with the attempt and differs between those who collided. Milliseconds. */
export const pause = (attempt: number): Promise<void> => new Promise((done) => setTimeout(done, Math.random() * 20 * attempt));

export const isDuplicate = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 11000;
