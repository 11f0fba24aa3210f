/**
 * The processes that solve plans, as many as there can be at once, and what each takes in MiB (see `npm run check`): V8's old generation,
 * and beside it the memory of HiGHS, which V8 does not count.
 */
export const workerHeaps = {
  solver: { processes: 1, heapMiB: 640 },
} as const;

/** V8's part of it. */
export const solverOldSpaceMiB = 256;
