import { type SheetRefusal, type SheetRefused, sheetRefusals } from '@sidekick/contracts';
import { Unavailable } from '@sidekick/service-kit';
import { type BoundedWorkers, boundedWorkers, TooBusy, TooCostly } from '@sidekick/workers';
import { workerHeaps } from './heaps.ts';
import type { SheetFile } from './read.ts';
import { refusalWords } from './refusal-words.ts';
import type { SheetTasks } from './sheets.worker.ts';

export interface SheetReader {
  /** The reading as JSON, or why there is none. One sheet of an account is read at a time. Throws Unavailable when too many wait. */
  read(file: SheetFile, account: string): Promise<string | SheetRefused>;
  /** Ends all work; new work starts anew. */
  close(): Promise<void>;
}

/** Processor time for one sheet, in milliseconds: one of 200 people and 52 weeks takes a tenth of it. */
const limitMs = 1_200;
const idleMs = 60_000;

const codes = new Set<string>(sheetRefusals);
const refused = (code: SheetRefusal): SheetRefused => ({ refused: code, words: refusalWords[code] });

/** Reads sheets away from the event loop, in a process with a limit in time and memory (ADR 15). */
export function createSheetReader(bounds: { limitMs?: number } = {}): SheetReader {
  let pool: BoundedWorkers<SheetTasks> | undefined;
  return {
    async read(file, account) {
      pool ??= boundedWorkers<SheetTasks>(import.meta.url, './sheets.worker', { ...workerHeaps.sheets, limitMs, idleMs, ...bounds });
      try {
        return await pool.run('read', file, { lane: account, longestLane: 4 });
      } catch (error) {
        const { code } = error as { code?: string };
        if ((error as Error).name === 'Refused' && code !== undefined && codes.has(code)) return refused(code as SheetRefusal);
        if (error instanceof TooCostly) return refused('too-big');
        if (error instanceof TooBusy)
          throw new Unavailable('sheets-wait', 'Many sheets are being read; try again shortly', { retryAfter: 2 });
        throw error;
      }
    },
    async close() {
      const closing = pool;
      pool = undefined;
      await closing?.close();
    },
  };
}
