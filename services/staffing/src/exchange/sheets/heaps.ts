/** The processes that read sheets and calendars, as many as there can be at once, and the old-generation heap of each in MiB (see `npm run check`). */
export const workerHeaps = {
  sheets: { processes: 1, heapMiB: 128 },
  calendars: { processes: 1, heapMiB: 96 },
} as const;
