import { type Connection, connect, type Statements } from './connection.ts';
import { FileClosed, FileInUse, isBusy } from './errors.ts';
import { groupCommit } from './group-commit.ts';

/** A file that this connection alone has open: reads at once, writes gathered into transactions. `run` is for inside `write`. */
export interface OwnFile extends Statements {
  /**
   * Runs `job` in a transaction that others may share; resolves after its commit, from when on it survives `kill -9` and power
   * loss. Where the transaction fails, all that ran in it are rejected with that.
   */
  write<T>(job: () => T): Promise<T>;
  /** What the last transaction of `write` failed with; null when it was committed. */
  trouble(): unknown;
  /** Finishes the writes under way, then gives up the lock. */
  close(): Promise<void>;
}

export interface OwnFileOptions {
  /** Errors that a job throws before it changes anything: such a job is refused alone. None by default. */
  isRefusal?(error: unknown): boolean;
}

/** The lock is taken at once, so that a second process is refused at its start and not at its first write. */
const pragmas = 'PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; BEGIN EXCLUSIVE; COMMIT;';
/** libsql keeps the lock of a closed connection until its statements are collected: give it up first. */
const givingUp = 'PRAGMA journal_mode=DELETE; PRAGMA locking_mode=NORMAL; SELECT count(*) FROM sqlite_master;';

/** Opens a file, or makes it, and holds its lock until `close`; `:memory:` keeps nothing. Throws FileInUse. */
export function openOwnFile(file: string, { isRefusal = () => false }: OwnFileOptions = {}): OwnFile {
  const { transaction, isOpen, close, ...statements } = connectAlone(file);
  const commits = groupCommit({ transaction, isRefusal });
  let closing: Promise<void> | undefined;
  return {
    ...statements,
    write: (job) => (isOpen() ? commits.add(job) : Promise.reject(new FileClosed())),
    trouble: commits.trouble,
    close() {
      closing ??= commits.idle().then(() => {
        try {
          statements.exec(givingUp);
        } catch {
          // Its log stays beside the file and is read at the next start; the lock ends with the process.
        }
        close();
      });
      return closing;
    },
  };
}

/** Waits for nobody: whoever holds the file holds it for as long as it runs. */
function connectAlone(file: string): Connection {
  try {
    return connect(file, { patience: 0, pragmas });
  } catch (error) {
    throw isBusy(error) ? new FileInUse(file) : error;
  }
}
