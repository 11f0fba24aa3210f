import { serveTasks } from '../tasks.ts';

export const tasks = {
  pid: () => process.pid,
  double: (n: number) => n * 2,
  spin: () => {
    for (;;);
  },
  /** Grows until the heap is full. */
  hoard: () => {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, at) => `${at} of ${kept.length}`));
  },
  /** One array larger than the heap. */
  swell: () => new Array(30_000_000).fill(0.5).length,
  refuse: () => {
    throw Object.assign(new RangeError('not that'), { code: 'refused' });
  },
  exit: () => {
    process.stderr.write('inner words');
    process.exit(3);
  },
};
export type CostlyTasks = typeof tasks;

serveTasks(tasks);
