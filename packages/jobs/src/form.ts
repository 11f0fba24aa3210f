import type { Query } from '@sidekick/store';
import type { Standing } from './standing.ts';

export type Sought<T, I extends string> = Pick<Query<T, I>, 'index' | 'equals' | 'range'>;

/** How documents of a collection hold the jobs that they are. A running job claims its key in `unique` of the collection. */
export interface JobForm<T extends { _id: string }, I extends string> {
  read(doc: T): Standing;
  /** The document with another standing; `key` never changes. */
  write(doc: T, standing: Standing): T;
  /** Jobs in a state. */
  in(state: 'waiting' | 'running' | 'dead'): Sought<T, I>;
  /**
   * Waiting jobs that are due, in the order in which they are begun. Left out where each is *bound*: only the process that
   * submitted it has what it works on, no other ever runs it, and when that process dies the job is dead.
   */
  due?(now: number): Sought<T, I>;
}
