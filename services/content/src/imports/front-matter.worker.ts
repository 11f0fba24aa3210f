import { serveTasks } from '@sidekick/workers';
import { type FrontMatterTasks, parseNow } from './front-matter-parse.ts';

serveTasks({ parse: parseNow } satisfies FrontMatterTasks);
