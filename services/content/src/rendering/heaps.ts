/**
 * The processes that read texts, as many as there can be at once, and the old-generation heap of each in MiB. The memory limit
 * of a container holds them all beside the service itself: `npm run check` adds them up for Kubernetes and Compose.
 */
export const workerHeaps = {
  people: { processes: 2, heapMiB: 256 },
  imports: { processes: 1, heapMiB: 256 },
  frontMatter: { processes: 1, heapMiB: 128 },
} as const;
