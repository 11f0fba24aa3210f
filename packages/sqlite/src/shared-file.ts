import { type Connection, connect } from './connection.ts';

export type SharedFile = Omit<Connection, 'isOpen'>;

export type SharedFileOptions = {
  /** How long a statement waits for a lock that another holds, in milliseconds. */
  patience: number;
  /** How much of the file it keeps in memory, in MiB: an index is walked all over, for which SQLite's own 2 are few. */
  cacheMiB: number;
} & (
  | {
      as: 'writer';
      /** `durable`: what was committed survives power loss. `until-closed`: nothing does before `close`, which is all that a file under construction needs. */
      safety: 'durable' | 'until-closed';
    }
  /** Cannot write, whatever it is asked. */
  | { as: 'reader' }
);

/**
 * Opens a file, or makes it, that one connection writes while others read it, in processes of their own: so no lock is held
 * between transactions. `close` of a writer puts its log into the file, so that one that is renamed or copied is whole; it throws,
 * and the file stays open, while somebody reads it.
 */
export function openSharedFile(file: string, options: SharedFileOptions): SharedFile {
  const { isOpen, close, ...connection } = connect(file, { patience: options.patience, pragmas: pragmasOf(options) });
  return {
    ...connection,
    close() {
      if (options.as === 'writer' && isOpen()) connection.exec('PRAGMA journal_mode=DELETE; SELECT count(*) FROM sqlite_master;');
      close();
    },
  };
}

function pragmasOf(options: SharedFileOptions): string {
  const cache = `PRAGMA cache_size=-${options.cacheMiB * 1024};`;
  if (options.as === 'reader') return `PRAGMA query_only=ON; ${cache}`;
  return `PRAGMA journal_mode=WAL; PRAGMA synchronous=${options.safety === 'durable' ? 'FULL' : 'OFF'}; ${cache}`;
}
