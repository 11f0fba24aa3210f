import { Conflict, DomainError, TooLarge, Unavailable } from '@sidekick/service-kit';
import type { Entry, Log } from '@sidekick/store';
import { currentOrigin } from '@sidekick/tracing';
import { type ChangeSet, largestChangeSet } from './change-set.ts';
import type { Ledger } from './ledger.ts';
import type { Replica } from './replica.ts';

/** Makes the change set at a head, or throws; called again when others wrote first. */
export type DecideAt = (ledger: Ledger) => ChangeSet;
export type Commit = (requestId: string, account: string, decideAt: DecideAt) => Promise<Entry<ChangeSet>>;

/** Milliseconds a writer waits for its turn; longer, and whoever asked has gone or asks again, which makes the queue longer still. */
const patience = 5_000;
/** Races lost in a row before a writer gives up; with one queue a process a race needs another process. */
const tries = 200;

/**
 * Decides at the head and appends under the next number; a taken number means that another process wrote: read it and
 * decide again. A request id that the same account sent before answers what is stored and decides nothing; to others it is a Conflict `id-used`. One at a time a process; who waited
 * longer than `longest` milliseconds is refused before anything was done.
 */
export function committer(log: Log<ChangeSet>, replica: Replica, longest = patience): Commit {
  let last: Promise<unknown> = Promise.resolve();

  async function commit(requestId: string, account: string, decideAt: DecideAt): Promise<Entry<ChangeSet>> {
    for (let attempt = 0; attempt < tries; attempt++) {
      const entry = await decided(requestId, account, decideAt);
      if ('stored' in entry) return entry.stored;
      const appended = await log.append(entry.fresh);
      if (appended.ok) {
        await replica.took(entry.fresh);
        return entry.fresh;
      }
      await replica.catchUp();
      const stored = appended.taken === 'requestId' ? await earlier(requestId, account) : null;
      if (stored) return stored;
    }
    throw new Unavailable('busy', 'Others are writing; try again', { retryAfter: 1 });
  }

  /** What this request came to when it was sent before: asked only where something speaks against it, since most are new. */
  async function earlier(requestId: string, account: string): Promise<Entry<ChangeSet> | null> {
    const stored = await log.byRequestId(requestId);
    if (stored && stored.entry.account !== account) throw new Conflict('id-used', 'Another request has had this id; make a new one');
    if (stored) await replica.reach(stored.number, 2000);
    return stored;
  }

  async function decided(
    requestId: string,
    account: string,
    decideAt: DecideAt,
  ): Promise<{ fresh: Entry<ChangeSet> } | { stored: Entry<ChangeSet> }> {
    try {
      const { number, entry } = await decideFresh(decideAt);
      const text = JSON.stringify(entry);
      if (text.length > largestChangeSet) {
        throw new TooLarge('change-set-too-large', 'A change set holds at most 4 MB; send it in parts');
      }
      return { fresh: { number, requestId, entry: JSON.parse(text) as ChangeSet } };
    } catch (error) {
      const stored = error instanceof DomainError ? await earlier(requestId, account) : null;
      if (stored) return { stored };
      throw error;
    }
  }

  /** A refusal is only right at the newest head: what this process has not read yet may be what the writer has. */
  async function decideFresh(decideAt: DecideAt): Promise<{ number: number; entry: ChangeSet }> {
    for (;;) {
      const ledger = replica.current();
      const { head } = ledger.state;
      try {
        const origin = currentOrigin();
        return { number: head + 1, entry: { ...decideAt(ledger), ...(origin && { origin }) } };
      } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        await replica.catchUp();
        if (replica.current().state.head === head) throw error;
      }
    }
  }

  return (requestId, account, decideAt) => {
    const asked = performance.now();
    const turn = last.then(() => {
      if (performance.now() - asked > longest) throw new Unavailable('busy', 'Others are writing; try again', { retryAfter: 1 });
      return commit(requestId, account, decideAt);
    });
    last = turn.catch(() => undefined);
    return turn;
  };
}
