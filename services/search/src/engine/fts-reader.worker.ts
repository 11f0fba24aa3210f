import type { SearchAnswer } from '@sidekick/contracts';
import { serveTasks } from '@sidekick/workers';
import Database from 'libsql';
import { answer, vocabularyOf } from './ask.ts';
import type { Completion, CompletionRequest, SearchRequest } from './engine.ts';
import { keptStatements, readerOf } from './fts-read.ts';

function open(file: string) {
  const db = new Database(file, { timeout: 2_000 });
  db.exec('pragma query_only = on; pragma cache_size = -32768;');
  const all = keptStatements(db);
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
