import type { BrokenRule } from '@sidekick/contracts';
import type { Origin } from '@sidekick/tracing';
import type { Change } from '../kinds/change.ts';

/** Whose words a change set asks to take out of all that came before it. */
export interface Redaction {
  readonly person: string;
  /** Accounts of that person: their name as the one who changed something goes too. */
  readonly accounts: readonly string[];
  /** Where others wrote their name into a reason: numbers of change sets, and ids of records that keep one. */
  readonly mentions?: { readonly sets: readonly number[]; readonly records: readonly string[] };
}

/** One entry of the staffing log. Its number is its place in the log, its request id the ULID the client made. */
export interface ChangeSet {
  /** UTC; never earlier than the entry before, so that a time finds its place in the log. */
  readonly at: string;
  readonly account: string;
  /** Codes of the broken rules that a manager took. */
  readonly accepted: readonly string[];
  readonly undoes: number | null;
  readonly changes: readonly Change[];
  readonly redacts?: Redaction;
  /** The HTTP request that made it: its events carry it. */
  readonly origin?: Origin;
  /** Words about people, apart so that a redaction can blank them. */
  readonly private: { readonly name: string; readonly reason: string | null; readonly warnings: readonly BrokenRule[] };
}

/** At most this many JSON bytes a change set. */
export const largestChangeSet = 4 * 1024 * 1024;
