import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setImmediate } from 'node:timers';
import Sqlite from 'libsql';
import { StaleVersion, StoreFull, StoreInUse, StoreUnavailable, TakenKey } from './errors.ts';

export type Param = string | number | null | Buffer;
export type Row = Record<string, unknown>;

/** One connection: reads at once, writes gathered into transactions. */
export interface Database {
  all(sql: string, params?: readonly Param[]): Row[];
  get(sql: string, params?: readonly Param[]): Row | undefined;
  /** Inside `write` alone (and while the file is opened). Answers the number of rows changed. */
  run(sql: string, params?: readonly Param[]): number;
  exec(sql: string): void;
  /** Runs `job` in a transaction that others may share; resolves after its commit. A StaleVersion, TakenKey or StoreUnavailable comes before any change. */
  write<T>(job: () => T): Promise<T>;
  close(): Promise<void>;
}

/** A transaction ends after this many milliseconds, so that a large batch lets other work through. */
const longestTransaction = 20;

/** Opens the file and holds its lock until `close`. Throws StoreInUse. */
export function openDatabase(file: string): Database {
  const db = openLocked(file);
  const statements = new Map<string, Sqlite.Statement>();
  let open = true;
  const prepared = (sql: string): Sqlite.Statement => {
    if (!open) throw new StoreUnavailable('the store is closed');
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const run = (sql: string, params: readonly Param[] = []) => prepared(sql).run(checked(params)).changes;
  const writes = gathered({ begin: () => run('BEGIN IMMEDIATE'), commit: () => run('COMMIT'), rollback: () => run('ROLLBACK') });
  return {
    all: (sql, params = []) => prepared(sql).all(checked(params)) as Row[],
    // `get` of libsql leaves its statement, and so a read transaction, open; `all` runs to the end.
    get: (sql, params = []) => prepared(sql).all(checked(params))[0] as Row | undefined,
    run,
    exec: (sql) => void db.exec(sql),
    write: (job) => (open ? writes.add(job) : Promise.reject(new StoreUnavailable('the store is closed'))),
    async close() {
      if (!open) return;
      await writes.idle();
      open = false;
      statements.clear();
      try {
        // libsql keeps the lock of a closed connection until its statements are collected: give it up first.
        db.exec('PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT count(*) FROM sqlite_master;');
      } catch {
        // A statement that is still open: the lock then ends with the process.
      }
      db.close();
    },
  };
}

function openLocked(file: string): Sqlite.Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const db = new Sqlite(file);
  try {
    db.exec('PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;');
    db.exec('BEGIN EXCLUSIVE; COMMIT;');
  } catch (error) {
    db.close();
    if (String((error as { code?: string }).code).startsWith('SQLITE_BUSY')) throw new StoreInUse(file);
    throw error;
  }
  return db;
}

/** libsql ends the process on a boolean or a lone object (TOOLCHAIN.md), so nothing else passes. */
function checked(params: readonly Param[]): Param[] {
  for (const param of params) {
    const fine = param === null || typeof param === 'string' || typeof param === 'number' || Buffer.isBuffer(param);
    if (!fine) throw new TypeError(`not a parameter for SQLite: ${typeof param}`);
  }
  return params as Param[];
}

interface Transaction {
  begin(): void;
  commit(): void;
  rollback(): void;
}
interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** Group commit: what was asked for in one turn of the event loop shares one flush to disk. */
function gathered(transaction: Transaction) {
  let waiting: Job[] = [];
  const idle: (() => void)[] = [];

  const flush = () => {
    const settle = commitSome(waiting, transaction);
    waiting = waiting.slice(settle.length);
    for (const one of settle) one();
    if (waiting.length > 0) setImmediate(flush);
    else for (const done of idle.splice(0)) done();
  };
  return {
    add<T>(run: () => T): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (waiting.push({ run, resolve: resolve as (value: unknown) => void, reject }) === 1) setImmediate(flush);
      });
    },
    async idle(): Promise<void> {
      if (waiting.length > 0) await new Promise<void>((done) => idle.push(done));
    },
  };
}

/** Runs jobs from the front in one transaction; answers, for each that ran, how to settle it. */
function commitSome(jobs: readonly Job[], transaction: Transaction): (() => void)[] {
  const settle: (() => void)[] = [];
  const until = performance.now() + longestTransaction;
  let ran = 0;
  try {
    transaction.begin();
    for (const job of jobs) {
      ran += 1;
      settle.push(outcomeOf(job));
      if (performance.now() > until) break;
    }
    transaction.commit();
    return settle;
  } catch (error) {
    rollback(transaction);
    const reason = isFull(error) ? new StoreFull('the disk is full', { cause: error }) : error;
    return jobs.slice(0, ran || jobs.length).map((job) => () => job.reject(reason));
  }
}

function outcomeOf(job: Job): () => void {
  try {
    const value = job.run();
    return () => job.resolve(value);
  } catch (error) {
    if (!(error instanceof StaleVersion || error instanceof TakenKey || error instanceof StoreUnavailable)) throw error;
    return () => job.reject(error);
  }
}

const isFull = (error: unknown): boolean => (error as { code?: unknown } | null)?.code === 'SQLITE_FULL';

/** A failed commit may have ended the transaction already. */
function rollback(transaction: Transaction): void {
  try {
    transaction.rollback();
  } catch {}
}
