import Sqlite from 'libsql';
import { FileClosed } from './errors.ts';

export type Param = string | number | null | Buffer;
export type Row = Record<string, unknown>;

/** Each statement is prepared once. Parameters of another type are refused (TypeError); after `close` everything is (FileClosed). */
export interface Statements {
  all(sql: string, params?: readonly Param[]): Row[];
  get(sql: string, params?: readonly Param[]): Row | undefined;
  /** Answers the number of rows changed. Outside a transaction it is one of its own. */
  run(sql: string, params?: readonly Param[]): number;
  /** Statements of no parameters, one after another. */
  exec(sql: string): void;
}

export interface Connection extends Statements {
  /** Runs `work` in a transaction; whatever it throws ends it without a trace. */
  transaction<T>(work: () => T): T;
  isOpen(): boolean;
  close(): void;
}

export interface Connecting {
  /** How long a statement waits for a lock that another holds, in milliseconds. */
  patience: number;
  /** Pragmas before anything else. */
  pragmas: string;
}

export function connect(file: string, { patience, pragmas }: Connecting): Connection {
  const db = new Sqlite(file, { timeout: patience });
  const statements = new Map<string, Sqlite.Statement>();
  let open = true;
  const opened = (): Sqlite.Database => {
    if (!open) throw new FileClosed();
    return db;
  };
  const prepared = (sql: string): Sqlite.Statement => {
    const statement = statements.get(sql) ?? opened().prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  const all = (sql: string, params: readonly Param[] = []) => prepared(sql).all(checked(params)) as Row[];
  const run = (sql: string, params: readonly Param[] = []) => prepared(sql).run(checked(params)).changes;
  const close = () => {
    open = false;
    statements.clear();
    db.close();
  };
  try {
    db.exec(pragmas);
  } catch (error) {
    close();
    throw error;
  }
  return {
    all,
    // `get` of libsql adds a `_metadata` to the row.
    get: (sql, params) => all(sql, params)[0],
    run,
    exec: (sql) => void opened().exec(sql),
    transaction(work) {
      // By `exec`: a kept statement that found a lock would stay active, which keeps the file from being put in order.
      opened().exec('BEGIN IMMEDIATE');
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        rollback(db);
        throw error;
      }
    },
    isOpen: () => open,
    close,
  };
}

/** libsql ends the process on a boolean or a lone object, so nothing else passes. */
function checked(params: readonly Param[]): Param[] {
  for (const param of params) {
    const fine = param === null || typeof param === 'string' || typeof param === 'number' || Buffer.isBuffer(param);
    if (!fine) throw new TypeError(`not a parameter for SQLite: ${typeof param}`);
  }
  return params as Param[];
}

/** SQLite ends a transaction by itself when the disk is full or the file damaged; what is told is why it failed, not that this did too. */
function rollback(db: Sqlite.Database): void {
  try {
    if (db.inTransaction) db.exec('ROLLBACK');
  } catch {}
}
