import type { Patience } from './standing.ts';

/** Why a run is told to end before it has, or that it `died` with its process. */
export class JobEnded extends Error {
  readonly why: 'cancelled' | 'lost' | 'stopping' | 'died';
  constructor(why: JobEnded['why']) {
    super(words[why]);
    this.name = 'JobEnded';
    this.why = why;
  }
}
const words = {
  cancelled: 'the job was cancelled',
  lost: 'the job is no longer under this claim',
  stopping: 'the process stops',
  died: 'its process died',
} as const;

/** Thrown by a run that no other try will help. Its message is for people. */
export class GiveUp extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GiveUp';
  }
}

/** A try under way. */
export interface Job<T, Here = null> {
  /** What it changes here is what is shown of it meanwhile, and is written with the next beat and at the end. */
  readonly doc: T;
  /** What only the process that submitted it has; null where any process can run it. */
  readonly here: Here;
  /** Aborted with a `JobEnded` when it was cancelled, its claim is another's, or the process stops. */
  readonly signal: AbortSignal;
  /** The first is 1. */
  readonly attempt: number;
}

/**
 * What a kind of job does. A job that another process takes up runs again from its document: `run` makes what it makes under ids
 * that follow from the job's, or by compare-and-set; what leaves the service may happen twice.
 */
export interface JobKind<T, Here = null> extends Patience {
  /** Jobs of a lane that run in this process at once. */
  atOnce: number;
  /** Of bound jobs: those of one lane wait for each other. All others are in one. */
  laneOf?(doc: T, here: Here): string;
  run(job: Job<T, Here>): Promise<void>;
  /** Why it failed, in words for people: of an error that it threw, or of a `JobEnded`. */
  reasonOf(error: unknown): string;
  /** What of the document is written: long lists can be left to the end. Without it all is. */
  keptOf?(doc: T, when: 'beat' | 'end'): T;
  /** Completes what is known of a job that is dead because its process died. */
  afterDeath?(doc: T): Promise<T>;
  /** Tidies up what only this process has, however the job ended. */
  letGo?(here: Here): Promise<void>;
}
