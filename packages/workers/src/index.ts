export { type BoundedWorkers, boundedWorkers, type TaskBounds } from './bounded.ts';
export { lanesOf } from './lanes.ts';
export { serveTasks } from './tasks.ts';
export { TooBusy, TooCostly } from './too-costly.ts';
export { turnsOf } from './turns.ts';
