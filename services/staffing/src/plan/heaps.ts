/** The processes that solve plans, as many as there can be at once, and the old-generation heap of each in MiB (see `npm run check`). */
export const workerHeaps = {
  solver: { processes: 1, heapMiB: 384 },
} as const;
