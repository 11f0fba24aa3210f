import { serveTasks } from '@sidekick/workers';
import { Refused } from './cells/refused.ts';
import { readSheet, type SheetFile } from './read.ts';

/** Characters of an answer as JSON: of a sheet that was made by hand it has a tenth of that. */
const longestAnswer = 16_000_000;

/** As JSON, so that whoever asked need not build it to hand it on. */
async function read(file: SheetFile): Promise<string> {
  const answer = JSON.stringify(await readSheet(file));
  if (answer.length > longestAnswer) throw new Refused('too-big');
  return answer;
}

const tasks = { read };
export type SheetTasks = typeof tasks;

serveTasks(tasks);
