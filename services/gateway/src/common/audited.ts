import { BusUnavailable } from '@sidekick/bus';
import { Unavailable } from '@sidekick/service-kit';
import { type Collection, StoreFull, StoreUnavailable } from '@sidekick/store';
import { monotonicFactory } from 'ulid';
import { removeSurely } from './races.ts';

/** Ids made by this process sort in the order they were made, also within a millisecond. */
export const nextId = monotonicFactory();

/**
 * Notes deeds, then does them. A note of what failed is taken back, unless nobody knows whether it failed: a log that is kept for
 * good rather names what was not done than leaves out what was.
 */
export async function audited<T, AuditEntry extends { _id: string }, I extends string>(
  log: Collection<AuditEntry, I>,
  entries: readonly AuditEntry[],
  work: () => Promise<T>,
): Promise<T> {
  await Promise.all(entries.map((entry) => log.insert(entry)));
  try {
    return await work();
  } catch (error) {
    // One that cannot be taken back stays, and what is told is why the work failed.
    if (!mayBeDone(error)) await Promise.allSettled(entries.map(({ _id }) => removeSurely(log, _id)));
    throw error;
  }
}

/** Whether what was asked may be done all the same: a server that did not answer in time goes on with it. */
const mayBeDone = (error: unknown): boolean =>
  (error instanceof StoreUnavailable && !(error instanceof StoreFull)) || error instanceof BusUnavailable || error instanceof Unavailable;
