/**
 * The processes that write and read the index, as many as there can be at once, and the old-generation heap of each in MiB. The
 * memory limit of a container holds them all beside the service itself: `npm run check` adds them up for Kubernetes and Compose.
 */
export const workerHeaps = {
  writer: { processes: 1, heapMiB: 512 },
  readers: { processes: 2, heapMiB: 256 },
} as const;
