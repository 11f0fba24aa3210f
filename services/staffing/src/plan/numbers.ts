import type { Obstacle } from './rules.ts';

/** The first reading that locks break, and where. */
export interface PlanError {
  readonly rule: 'P1' | 'P2' | 'P4' | 'P5' | 'P6' | 'P7' | 'P8' | 'P9';
  /** Where it breaks: ids, and ISO labels of weeks. Null where nobody or no week can be named. */
  readonly person: string | null;
  readonly project: string | null;
  readonly week: string | null;
  readonly why: Obstacle['why'] | null;
}

/** What is asked of a plan: weeks are ISO labels, both ends included; "P…" and "O…" are the readings of ADR 35. */
export interface PlanRequest {
  readonly weeks: readonly [string, string];
  /** Tentative work takes hours as confirmed work does (P5). */
  readonly reserveTentative: boolean;
  /** Projects that a person may be sidekick of in a week (P6). */
  readonly maxSidekickProjects: number;
  /** Weeks that somebody stays at least, or the whole run where that is shorter (P7). */
  readonly minStay: number;
  /** Different people planned on a project over the range (P8). */
  readonly maxSidekicks: number;
  readonly locks: readonly PlanLock[];
  readonly forbid: readonly { readonly person: string; readonly project: string }[];
}

/** Weeks that somebody is planned in whatever else is (P10). */
export interface PlanLock {
  readonly person: string;
  readonly project: string;
  readonly weeks: readonly [string, string];
}

/** A person of a problem; lists go by the weeks of the range. */
export interface PlanPerson {
  readonly id: string;
  /** Σ net hours of the week. */
  readonly capacity: readonly number[];
  /** Hours that planned work may take, with the 0.01 h that is no over-allocation (P5). */
  readonly free: readonly number[];
  /** Confirmed effective hours in every role (O2). */
  readonly confirmed: readonly number[];
  /** Projects that the person may yet become sidekick of (P6). */
  readonly places: readonly number[];
  /** Of the whole range: Σ net, and confirmed effective hours as sidekick (O4). */
  readonly net: number;
  readonly sidekickHours: number;
}

export interface PlanProject {
  readonly id: string;
  /** What a filled week is worth: 2^(5 − priority) (O1). */
  readonly worth: number;
}

/** A maximal sequence of consecutive slots of a project (P7); weeks by their number in the range. */
export interface PlanRun {
  readonly project: number;
  readonly first: number;
  readonly last: number;
  /** Weeks that a stay has at least. */
  readonly stay: number;
}

/** A useful triple (P4). */
export interface PlanTriple {
  readonly person: number;
  readonly project: number;
  readonly week: number;
  readonly run: number;
  /** Effective hours of the planned week (P3). */
  readonly hours: number;
}

/** Somebody who can be planned on a project at all, and what each week of it is worth at O3. */
export interface PlanPair {
  readonly person: number;
  readonly project: number;
  /** Warm 2, cooling 1, cold 0. */
  readonly warmth: number;
  readonly volunteers: boolean;
  readonly wishes: boolean;
  readonly fit: number;
}

/** A plan's problem in numbers: plain data that another process can take. All lists are sorted by id, so that one input has one problem. */
export interface PlanProblem {
  readonly weeks: readonly string[];
  readonly people: readonly PlanPerson[];
  readonly projects: readonly PlanProject[];
  /** How many slots there are (P1). */
  readonly slots: number;
  readonly runs: readonly PlanRun[];
  /** By project, person, week. */
  readonly triples: readonly PlanTriple[];
  readonly pairs: readonly PlanPair[];
  readonly maxSidekicks: number;
  /** Numbers of triples (P10). */
  readonly locked: readonly number[];
  /** What the locks break by themselves; whether any plan holds them all (P7) is only found by solving. */
  readonly error: PlanError | null;
}
