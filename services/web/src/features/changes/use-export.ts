import { useEffect, useRef, useState } from 'react';
import { type HistoryFilter, historyPage } from '../../staffing/queries.ts';
import { csvHead, csvLines } from './csv.ts';

/** What is being written: how many change sets so far, and the instant that they reach back to. */
interface Progress {
  readonly written: number;
  readonly back: string | null;
}

/** Change sets of one request. */
const atOnce = 200;

/** Writes everything that passes a filter, page by page, as CSV: of each page its lines alone are kept, by the browser. What is read before it was stopped, or failed, is let go. */
async function write(filter: HistoryFilter, signal: AbortSignal, told: (progress: Progress) => void): Promise<Blob[]> {
  const parts = [textOf(csvHead())];
  let written = 0;
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof historyPage>> = await historyPage(filter, atOnce, cursor, signal);
    parts.push(textOf(csvLines(page.items)));
    written += page.items.length;
    told({ written, back: page.items.at(-1)?.at ?? null });
    cursor = page.nextCursor;
  } while (cursor !== null && !signal.aborted);
  return parts;
}

const textOf = (text: string): Blob => new Blob([text]);

function download(parts: Blob[], name: string): void {
  const url = URL.createObjectURL(new Blob(parts, { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Export of what is filtered, with its progress; it ends with the screen. */
export function useExport(filter: HistoryFilter, name: string) {
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<Error | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async () => {
    const own = new AbortController();
    running.current = own;
    setError(null);
    setProgress({ written: 0, back: null });
    try {
      const parts = await write(filter, own.signal, (next) => own.signal.aborted || setProgress(next));
      if (!own.signal.aborted) download(parts, name);
    } catch (caught) {
      if (!own.signal.aborted) setError(caught instanceof Error ? caught : new Error(String(caught)));
    }
    if (!own.signal.aborted) setProgress(null);
  };
  const stop = () => {
    running.current?.abort();
    setProgress(null);
  };
  return { progress, error, run: () => void run(), stop };
}
