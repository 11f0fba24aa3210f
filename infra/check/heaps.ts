import { workerHeaps as content } from '@sidekick/content/heaps';
import { workerHeaps as search } from '@sidekick/search/heaps';
import { workerHeaps as staffing } from '@sidekick/staffing/heaps';

/** What a process takes beside its old generation, in MiB: Node itself 45, and of an index its pages, 32. */
const besideHeap = 80;
const workersOf = new Map(Object.entries({ content, search, staffing }).map(([service, heaps]) => [service, Object.values(heaps)]));

/** MiB that a service needs with a heap of its own of that size while all its workers are at work. */
export const memoryNeeded = (service: string, heapMiB: number): number =>
  (workersOf.get(service) ?? []).reduce((sum, worker) => sum + worker.processes * (worker.heapMiB + besideHeap), heapMiB + besideHeap);

/** MiB of `--max-old-space-size` in the options of Node; NaN without it. */
export const heapIn = (options: unknown): number => Number(/--max-old-space-size=(\d+)/.exec(String(options))?.[1] ?? Number.NaN);
