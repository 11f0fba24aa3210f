import { serveTasks } from '@sidekick/workers';
import { parseNow } from './front-matter-parse.ts';

const tasks = { parse: parseNow };
export type FrontMatterTasks = typeof tasks;

serveTasks(tasks);
