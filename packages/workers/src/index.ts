export { type BoundedWorkers, boundedWorkers, type TaskBounds, type WorkerBounds } from './bounded.ts';
export { serveTasks, type Tasks } from './tasks.ts';
export { TooBusy, TooCostly } from './too-costly.ts';
