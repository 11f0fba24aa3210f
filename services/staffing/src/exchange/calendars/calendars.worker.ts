import { serveTasks } from '@sidekick/workers';
import { readCalendar } from './read.ts';

const tasks = { read: readCalendar };
export type CalendarTasks = typeof tasks;

serveTasks(tasks);
