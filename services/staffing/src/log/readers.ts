import type { Log, Store } from '@sidekick/store';
import type { ChangeSet } from './change-set.ts';

/** Kinds that every release knows. */
const firstKinds = new Set<string>(['person', 'project', 'assignment', 'timeOff', 'holiday']);
/** The schema from which on a release passes over kinds that it does not know. */
const passesOver = 2;

/** The schema from which on a release tells others of a project without the dates first planned, which the event does not have. */
const keepsBaselines = 3;

/** The schema that reads a change set and can tell of it; null: every one. */
function readerOf({ changes }: Pick<ChangeSet, 'changes'>): number | null {
  const slips = changes.some((change) => change.kind === 'project' && [change.before, change.after].some((side) => side?.baseline));
  if (slips) return keepsBaselines;
  return changes.every(({ kind }) => firstKinds.has(kind)) ? null : passesOver;
}

/** The log, which shuts out releases that would fail on an entry before it takes that (decision 24). */
export const withReaders = (log: Log<ChangeSet>, store: Pick<Store, 'requireReader'>): Log<ChangeSet> => ({
  ...log,
  async append(entry) {
    const reader = readerOf(entry.entry);
    if (reader !== null) await store.requireReader(reader);
    return log.append(entry);
  },
});
