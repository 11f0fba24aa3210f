import type { DeadLetterView, PartStatus, PartView, SystemView } from '@sidekick/contracts';

const instant = '2026-11-30T09:36:20.000Z';

const aStatus = (name: string, over: Partial<PartStatus> = {}): PartStatus => ({
  name,
  release: '1.4.2',
  startedAt: '2026-11-26T18:02:00.000Z',
  memory: 212_000_000,
  slowest: 7.4,
  missing: [],
  ...over,
});

export const aPart = (name: string, status: Partial<PartStatus> = {}, over: Partial<PartView> = {}): PartView => ({
  name,
  state: 'ready',
  ready: true,
  missing: [],
  replicas: [{ address: name === 'gateway' ? 'this gateway' : 'this process', state: 'ready', missing: [], status: aStatus(name, status) }],
  ...over,
});

const index = { documents: 1246, behind: 0, newestEventAt: instant, builtAt: '2026-11-26T18:03:00.000Z', rebuilding: null, failure: null };

/** The portal in one process, all well; parts are replaced by name. */
export const aSystem = (over: Partial<SystemView> = {}, parts: readonly PartView[] = []): SystemView => {
  const well = [
    aPart('gateway', { streams: 4 }),
    aPart('content', { oldestUnsent: 0, imports: { running: 1, waiting: 0 } }),
    aPart('search', { index, queues: [{ queue: 'search.index', name: 'search.index.0', waiting: 0, oldest: null }] }),
    aPart('staffing', { oldestUnsent: 0, head: 1487 }),
  ];
  return {
    at: instant,
    parts: well.map((part) => parts.find(({ name }) => name === part.name) ?? part),
    dead: [{ queue: 'search.index', count: 0 }],
    backup: {
      at: '2026-11-30T02:10:00.000Z',
      file: 'nightly.zip',
      bytes: 61_000_000,
      documents: 900,
      entries: 1487,
      blobs: 40,
      seconds: 24,
    },
    ...over,
  };
};

export const aLetter = (id: string, over: Partial<DeadLetterView> = {}): DeadLetterView => ({
  id,
  queue: 'search.index',
  replica: 0,
  reason: 'Error: the index is read-only',
  attempts: 4,
  diedAt: '2026-11-27T16:41:14.000Z',
  event: { id: `e-${id}`, type: 'staffing.project.changed.v1', subject: 'project-1', sequence: 7, time: '2026-11-27T16:20:04.000Z' },
  size: 321,
  ...over,
});
