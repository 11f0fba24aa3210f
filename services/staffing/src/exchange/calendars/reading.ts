import type { CalendarRefusal } from '@sidekick/contracts';
import { Unavailable } from '@sidekick/service-kit';
import { type BoundedWorkers, boundedWorkers, TooBusy, TooCostly } from '@sidekick/workers';
import { workerHeaps } from '../sheets/heaps.ts';
import type { CalendarTasks } from './calendars.worker.ts';
import type { CalendarFile, CalendarReading } from './read.ts';
import { refusalWords } from './refused.ts';

export interface CalendarReader {
  /** What takes place, or why it is not read. One calendar of an account is read at a time. Throws Unavailable when too many wait. */
  read(file: CalendarFile, account: string): Promise<CalendarReading | { refused: CalendarRefusal; words: string }>;
  /** Ends all work; new work starts anew. */
  close(): Promise<void>;
}

/** Processor time for one calendar, in milliseconds. */
const limitMs = 1_200;
const idleMs = 60_000;

const refused = (code: CalendarRefusal) => ({ refused: code, words: refusalWords[code] });

/** Reads calendars away from the event loop, in a process with a limit in time and memory (ADR 15). */
export function createCalendarReader(bounds: { limitMs?: number } = {}): CalendarReader {
  let pool: BoundedWorkers<CalendarTasks> | undefined;
  return {
    async read(file, account) {
      pool ??= boundedWorkers<CalendarTasks>(import.meta.url, './calendars.worker', {
        ...workerHeaps.calendars,
        limitMs,
        idleMs,
        ...bounds,
      });
      try {
        return await pool.run('read', file, { lane: account, longestLane: 4 });
      } catch (error) {
        const { name, code } = error as { name?: string; code?: string };
        if (name === 'CalendarRefused' && code !== undefined && Object.hasOwn(refusalWords, code)) return refused(code as CalendarRefusal);
        if (error instanceof TooCostly) return refused('too-costly');
        if (error instanceof TooBusy)
          throw new Unavailable('calendars-wait', 'Many calendars are being read; try again shortly', { retryAfter: 2 });
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
