import type { SearchAnswer } from '@sidekick/contracts';
import { openSharedFile } from '@sidekick/sqlite';
import { serveTasks } from '@sidekick/workers';
import { answer, vocabularyOf } from './ask.ts';
import type { Completion, CompletionRequest, SearchRequest } from './engine.ts';
import { readerOf } from './fts-read.ts';
import type { All, Row } from './fts-schema.ts';

/** For as long as a query may take, in milliseconds. */
const patience = 2_000;

function open(file: string) {
  const db = openSharedFile(file, { as: 'reader', patience, cacheMiB: 32 });
  const all: All = (sql, parameters) => db.all(sql, parameters) as Row[];
  const reads = readerOf(all);
  // Counts what other connections have written.
  const version = () => Number(all('pragma data_version', [])[0]?.['data_version']);
  return { reads, vocabulary: vocabularyOf(reads, version) };
}

let current: ReturnType<typeof open> | null = null;
function opened(file: string): ReturnType<typeof open> {
  current ??= open(file);
  return current;
}

export const tasks = {
  search({ file, request }: { file: string; request: SearchRequest }): SearchAnswer {
    const { reads, vocabulary } = opened(file);
    return answer(reads, vocabulary, request);
  },
  complete({ file, request: { text, audience, limit } }: { file: string; request: CompletionRequest }): Completion[] {
    return opened(file).reads.complete(text, audience, limit);
  },
};
export type ReaderTasks = typeof tasks;

serveTasks(tasks);
