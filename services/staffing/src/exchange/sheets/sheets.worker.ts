import { serveTasks } from '@sidekick/workers';
import { Refused } from './cells/refused.ts';
import { readSheet, type SheetFile } from './read.ts';
import { type GivenPlain, tracedReading } from './traced.ts';

/** Characters of an answer as JSON: of a sheet that was made by hand it has a tenth of that. */
const longestAnswer = 16_000_000;

/** As JSON, so that whoever asked need not build it to hand it on. */
function written(answer: unknown): string {
  const text = JSON.stringify(answer);
  if (text.length > longestAnswer) throw new Refused('too-big');
  return text;
}

const tasks = {
  read: async (file: SheetFile): Promise<string> => written(await readSheet(file)),
  trace: async ({ file, given }: { file: SheetFile; given: GivenPlain }): Promise<string> => written(await tracedReading(file, given)),
};
export type SheetTasks = typeof tasks;

serveTasks(tasks);
