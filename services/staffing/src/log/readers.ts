import type { Log, Store } from '@sidekick/store';
import type { Change } from '../kinds/change.ts';
import type { ChangeSet, Redaction } from './change-set.ts';

/** Kinds that every release knows. */
const firstKinds = new Set<string>(['person', 'project', 'assignment', 'timeOff', 'holiday']);
/** The schema from which on a release passes over kinds that it does not know. */
const passesOver = 2;
/**
 * That from which on a release takes the words of an offer out when its person is made anonymous, and tells others of a project without
 * the dates first planned, which the event does not have.
 */
const knowsOffers = 3;
/**
 * That from which on a release tells others of leave without the set that it was asked for in, and of a person without later regions;
 * keeps the note on an assignment that it changes; and takes with a person's name what others wrote of them, what notes on weeks said too.
 */
const takesMentions = 4;

function oldestReaderOf(change: Change): number {
  const hasWords = change.kind === 'volunteer' && [change.before, change.after].some((side) => side !== null && side.private.note !== null);
  const slips = change.kind === 'project' && [change.before, change.after].some((side) => side?.baseline);
  const isOneOfSet = change.kind === 'timeOff' && [change.before, change.after].some((side) => side?.set);
  const moves = change.kind === 'person' && [change.before, change.after].some((side) => side?.moves);
  const isNoted = change.kind === 'assignment' && [change.before, change.after].some((side) => side?.private.note);
  if (isOneOfSet || moves || isNoted || change.kind === 'weekNote') return takesMentions;
  if (hasWords || slips) return knowsOffers;
  return firstKinds.has(change.kind) ? 1 : passesOver;
}

/** One that takes mentions of a person is left half done by a release that takes none, and noted as done. */
const oldestReaderFor = ({ mentions }: Redaction): number =>
  mentions && [mentions.sets, mentions.records, mentions.texts ?? []].some((places) => places.length > 0) ? takesMentions : 1;

/** The log, which shuts out releases that would fail on an entry before it takes that (decision 24). */
export const withReaders = (log: Log<ChangeSet>, store: Pick<Store, 'requireReader'>): Log<ChangeSet> => ({
  ...log,
  async append(entry) {
    const { changes, redacts } = entry.entry;
    const oldest = Math.max(redacts ? oldestReaderFor(redacts) : 1, ...new Set(changes.map(oldestReaderOf)));
    if (oldest > 1) await store.requireReader(oldest);
    return log.append(entry);
  },
});
