export { type BoundedWorkers, boundedWorkers, TooBusy, TooCostly, type WorkerBounds } from './bounded.ts';
export { serveTasks, type Tasks } from './tasks.ts';
