import type { Log, Store } from '@sidekick/store';
import type { ChangeSet } from './change-set.ts';

/** Kinds that every release knows. */
const firstKinds = new Set<string>(['person', 'project', 'assignment', 'timeOff', 'holiday']);
/** The schema from which on a release passes over kinds that it does not know. */
const passesOver = 2;

/** The log, which shuts out releases that would fail on an entry before it takes that (decision 24). */
export const withReaders = (log: Log<ChangeSet>, store: Pick<Store, 'requireReader'>): Log<ChangeSet> => ({
  ...log,
  async append(entry) {
    if (!entry.entry.changes.every(({ kind }) => firstKinds.has(kind))) await store.requireReader(passesOver);
    return log.append(entry);
  },
});
