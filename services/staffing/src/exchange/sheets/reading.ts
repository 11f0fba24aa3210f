import { type SheetGrid, type SheetRefusal, type SheetRefused, sheetRefusals } from '@sidekick/contracts';
import { Unavailable } from '@sidekick/service-kit';
import { type BoundedWorkers, boundedWorkers, TooBusy, TooCostly } from '@sidekick/workers';
import { workerHeaps } from './heaps.ts';
import type { SheetFile } from './read.ts';
import { refusalWords } from './refusal-words.ts';
import type { SheetTasks } from './sheets.worker.ts';
import type { GivenPlain, TracedReading, TracedRefusal } from './traced.ts';

export interface SheetReader {
  /** The reading as JSON, or why there is none. One sheet of an account is read at a time. Throws Unavailable when too many wait. */
  read(file: SheetFile, account: string): Promise<string | SheetRefused>;
  /** The same with what is given beside the sheet, and with its cells. */
  trace(file: SheetFile, given: GivenPlain, account: string): Promise<TracedReading | (SheetRefused & { grid: SheetGrid | null })>;
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
  async function run<K extends keyof SheetTasks>(
    task: K,
    argument: Parameters<SheetTasks[K]>[0],
    lane: string,
  ): Promise<string | SheetRefused> {
    pool ??= boundedWorkers<SheetTasks>(import.meta.url, './sheets.worker', { ...workerHeaps.sheets, limitMs, idleMs, ...bounds });
    try {
      return await pool.run(task, argument, { lane, longestLane: 4 });
    } catch (error) {
      const { code } = error as { code?: string };
      if ((error as Error).name === 'Refused' && code !== undefined && codes.has(code)) return refused(code as SheetRefusal);
      if (error instanceof TooCostly) return refused('too-big');
      if (error instanceof TooBusy)
        throw new Unavailable('sheets-wait', 'Many sheets are being read; try again shortly', { retryAfter: 2 });
      throw error;
    }
  }
  return {
    read: (file, account) => run('read', file, account),
    async trace(file, given, account) {
      const answer = await run('trace', { file, given }, account);
      if (typeof answer !== 'string') return { ...answer, grid: null };
      const traced = JSON.parse(answer) as TracedReading | TracedRefusal;
      return 'refused' in traced ? { ...refused(traced.refused), grid: traced.grid } : traced;
    },
    async close() {
      const closing = pool;
      pool = undefined;
      await closing?.close();
    },
  };
}
