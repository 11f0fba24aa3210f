import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { FileClosed, FileInUse, isFull, type OwnFile, openOwnFile } from '@sidekick/sqlite';
import { StaleVersion, StoreFull, StoreInUse, StoreUnavailable, TakenKey } from './errors.ts';

/** A file of its own whose errors are those of a store. */
export type Database = Omit<OwnFile, 'trouble'>;

/** Opens the file, in a folder that is made when missing, and holds its lock until `close`. Throws StoreInUse. */
export function openDatabase(file: string): Database {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const { all, get, run, write, exec, close } = told(openOwnFile)(file, { isRefusal });
  return {
    all: told(all),
    get: told(get),
    run: told(run),
    exec,
    write: (job) => write(job).catch((error: unknown) => Promise.reject(inOurWords(isFull(error) ? full(error) : error))),
    close,
  };
}

/** Everything that a write can be refused for is found before its first change. */
const isRefusal = (error: unknown): boolean =>
  error instanceof StaleVersion || error instanceof TakenKey || error instanceof StoreUnavailable;

const full = (cause: unknown): StoreFull => new StoreFull('the disk is full', { cause });

function inOurWords(error: unknown): unknown {
  if (error instanceof FileInUse) return new StoreInUse(error.file);
  return error instanceof FileClosed ? new StoreUnavailable('the store is closed') : error;
}

const told =
  <A extends unknown[], R>(work: (...args: A) => R) =>
  (...args: A): R => {
    try {
      return work(...args);
    } catch (error) {
      throw inOurWords(error);
    }
  };
