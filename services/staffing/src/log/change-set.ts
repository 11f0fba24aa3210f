import type { BrokenRule } from '@sidekick/contracts';
import type { Origin } from '@sidekick/tracing';
import type { Change } from '../kinds/change.ts';

/** Where others wrote about a person: places alone, so that it holds none of the words. */
export interface Mentions {
  /** Numbers of change sets whose reason it is. */
  readonly sets: readonly number[];
  /** Ids of records that keep it as a reason. */
  readonly records: readonly string[];
  /** Texts of records as change sets hold them: by the path in the record, and by the numbers of those whose `before` or `after` it is. */
  readonly texts?: readonly TextMentions[];
}

export interface TextMentions {
  readonly id: string;
  readonly path: string;
  readonly before: readonly number[];
  readonly after: readonly number[];
  /** Whether it stands in the record now, and goes there too. */
  readonly now: boolean;
}

/** Whose words a change set asks to take out of all that came before it. */
export interface Redaction {
  readonly person: string;
  /** Accounts of that person: their name as the one who changed something goes too. */
  readonly accounts: readonly string[];
  readonly mentions?: Mentions;
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
  /** A capacity sheet made it: what such a sheet wrote last it may take away again. */
  readonly fromSheet?: true;
  /** The HTTP request that made it: its events carry it. */
  readonly origin?: Origin;
  /** Words about people, apart so that a redaction can blank them. */
  readonly private: { readonly name: string; readonly reason: string | null; readonly warnings: readonly BrokenRule[] };
}

/** At most this many JSON bytes a change set. */
export const largestChangeSet = 4 * 1024 * 1024;
