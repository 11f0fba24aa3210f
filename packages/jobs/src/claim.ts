import { type Collection, StaleVersion, type Stored } from '@sidekick/store';
import pLimit from 'p-limit';
import type { JobForm } from './form.ts';
import { JobEnded, type JobKind } from './kind.ts';
import { type Standing, stands } from './standing.ts';

export type Change = (standing: Standing) => Standing;

/** A job that this process waits with or runs. */
export interface Claim<T, Here> {
  readonly id: string;
  /** What `owner` of its standing says as long as the claim stands. */
  readonly owner: string;
  readonly here: Here;
  readonly lane: string;
  readonly abort: AbortController;
  /** As it was last written or read. */
  stored: Stored<T>;
  /** As the run has it. */
  doc: T;
  phase: 'waiting' | 'running' | 'ending';
  /** Its end, which is still to be written; null: nothing is. */
  outcome: Change | null;
  /** When the last write that was taken began, on the clock that nobody sets. */
  heardAt: number;
  /** Whether a sign of life is on its way. */
  isBeating: boolean;
  /** One write after the other. */
  readonly inTurn: <R>(work: () => Promise<R>) => Promise<R>;
}

export function newClaim<T extends { _id: string }, Here>(
  stored: Stored<T>,
  of: Pick<Claim<T, Here>, 'owner' | 'here' | 'lane' | 'phase' | 'heardAt'>,
): Claim<T, Here> {
  const { doc } = stored;
  return { ...of, id: doc._id, stored, doc, abort: new AbortController(), outcome: null, isBeating: false, inTurn: pLimit(1) };
}

const lost = () => new JobEnded('lost');

/**
 * Writes the document as the run has it, with another standing, over whatever others wrote meanwhile (a wish to cancel), and only
 * while the claim stands: a beat or an end that comes late changes nothing. Throws a `JobEnded` that says `lost` then, and TakenKey.
 */
export const claimWriter =
  <T extends { _id: string }, I extends string, Here>(
    collection: Pick<Collection<T, I>, 'get' | 'replace'>,
    form: JobForm<T, I>,
    { keptOf = (doc) => doc }: Pick<JobKind<T, Here>, 'keptOf'>,
  ) =>
  (claim: Claim<T, Here>, change: Change, when: 'beat' | 'end'): Promise<void> =>
    claim.inTurn(async () => {
      for (;;) {
        const before = form.read(claim.stored.doc);
        if (!stands(before, claim.owner)) throw lost();
        try {
          claim.stored = await collection.replace(claim.stored, form.write(keptOf(claim.doc, when), change(before)));
          return;
        } catch (error) {
          if (!(error instanceof StaleVersion)) throw error;
          const now = await collection.get(claim.id);
          if (!now) throw lost();
          claim.stored = now;
        }
      }
    });
