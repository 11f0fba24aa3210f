import type { Day, Span, Week } from '@sidekick/calendar';
import type { CoverageState, LeaveLength, TimeOff, Warmth } from '@sidekick/contracts';
import type { AbsenceTest } from '../absence/absence.ts';
import type { Departure } from '../absence/departure.ts';
import type { Counts } from '../books/counts.ts';
import type { Taken } from '../capacity/taken.ts';
import type { Gap, Run } from '../coverage/coverage.ts';
import type { Crew } from '../coverage/crew.ts';
import type { Burn } from '../money/burn.ts';
import type { CostRun } from '../money/runs.ts';
import type { State } from '../state/state.ts';

/**
 * Every figure of infra/docs/counting.md at one head, unrounded, in hours unless said otherwise; "A…" are its readings.
 * A `Span` may be a day, a week (`weekSpan`) or any range. A plain figure counts confirmed assignments only (A7).
 * Methods throw `NotFound` (`unknown-person`, `unknown-project`, `unknown-assignment`) for ids that the state does not hold.
 */
export interface Figures {
  readonly state: State;

  /** Hours of the weekly pattern, whatever the contract; days before the first pattern count with it (A1, A2). */
  pattern(person: string, span: Span): number;
  /** Hours of the weekly pattern inside the contract (A1, A2). */
  gross(person: string, span: Span): number;
  /** Gross less holidays and approved time off (A4); over a week this is the capacity. */
  net(person: string, span: Span): number;
  /** A proposal's work is tentative and that of a lost project counts nowhere, in whatever state it was kept. */
  counts(assignment: string): Counts;
  planned(assignment: string, span: Span): number;
  /** Planned, cut by holidays and time off (A3, A5). */
  effective(assignment: string, span: Span): number;
  /** Effective hours of the person's confirmed work. */
  confirmed(person: string, span: Span): number;
  tentative(person: string, span: Span): number;
  /** Net × operations share (A8). */
  operations(person: string, span: Span): number;
  /** Net × (1 − operations share) − effective; may be negative (A8). "Free" means this. */
  remaining(person: string, span: Span, withTentative?: boolean): number;
  /** Effective less net of the bucket, where that is more than 0.01 h; else 0 (A10). */
  overHours(person: string, span: Span, withTentative?: boolean): number;
  overAllocated(person: string, span: Span, withTentative?: boolean): boolean;
  /** Σ effective ÷ Σ net over the span, of one person, of several or (null) everybody; null when Σ net is 0 (A9). */
  utilisation(people: string | readonly string[] | null, span: Span, withTentative?: boolean): number | null;
  /** Approved time off in days of the person's pattern, on top of holidays. */
  leaveDays(person: string, span: Span): number;
  /** What a leave, stored or not, takes of its person's pattern, holidays aside; of the days of `within` alone where it is given. */
  leaveTakes(leave: Pick<TimeOff, 'person' | 'from' | 'to' | 'amount'>, within?: Span): LeaveLength;
  /** What holidays and approved time off take of gross, each by itself; together gross − net (A4). */
  taken(person: string, span: Span): Taken[];
  /** Days of the span on which a holiday of the person's region falls on hours of the pattern. */
  holidays(person: string, span: Span): Day[];
  /** Whether the contract holds any day of the span. */
  employed(person: string, span: Span): boolean;

  projectPlanned(project: string, span: Span, withTentative?: boolean): number;
  projectEffective(project: string, span: Span, withTentative?: boolean): number;
  /** Hours of open places, by a fifth of a week a day of Monday to Friday; a lost project wants nothing. In no other figure. */
  wanted(project: string, span: Span): number;
  /** Planned − effective (A6). */
  shortfall(project: string, span: Span, withTentative?: boolean): number;

  crew(project: string, week: Week): Crew;
  /** Hours that the sidekicks of the week, and one more person, need together, less in a partial week (A17). */
  minimum(project: string, week: Week, also?: string): number;
  coverage(project: string, week: Week): CoverageState | null;
  /** An active project-week without a confirmed lead whose contract still runs. */
  openLead(project: string, week: Week): boolean;
  /** Covered project-weeks and those that need cover, of one project or (null) all; the ratio is one by the other (A19). */
  coverageCount(project: string | null, first: Week, last: Week): { readonly covered: number; readonly needed: number };
  /** Cut at the range (A20). */
  gaps(project: string, first: Week, last: Week): Gap[];
  /** Gaps that touch the range with their own ends; cut at `thisWeek`, since what is past cannot be filled. */
  wholeGaps(project: string, first: Week, last: Week, thisWeek: Week): Gap[];
  /** Runs of weeks with an open lead that touch the range, likewise. */
  openLeads(project: string, first: Week, last: Week, thisWeek: Week): Run[];

  /** Confirmed effective hours up to and with the day, halved for every 90 days of age (A21). */
  knowledge(person: string, project: string, on: Day): number;
  /** What one assignment adds to it. */
  knowledgeFrom(assignment: string, on: Day): number;
  /** warm ≥ 20 h, cooling ≥ 8 h, else cold. */
  knowledgeState(person: string, project: string, on: Day): Warmth;
  /** The projects of which the person holds knowledge on the day, most first, ties by id (A21). */
  knows(person: string, on: Day): { readonly project: string; readonly hours: number; readonly state: Warmth }[];
  /** Who holds knowledge of the project and is still here on the day, most first, ties by id (A22). */
  holders(project: string, on: Day): { readonly person: string; readonly hours: number }[];
  /** The fewest holders who together hold at least half; 0 when nobody knows anything (A22). */
  absenceFactor(project: string, on: Day): number;

  /** What the sidekick could take over of the lead's planned hours, at most 1; null when the lead has none (A23). */
  takeoverRatio(project: string, lead: string, sidekick: string, span: Span): number | null;
  /** Jain index of confirmed sidekick hours ÷ net over the group, or of some of it, in (0, 1] (A24). */
  fairness(span: Span, people?: readonly string[]): number;
  /** What is lost when the person is off on every day of the span (A25). */
  absenceTest(person: string, span: Span): AbsenceTest;
  /** Weeks of the projects of this work of the person, beside what they would be if neither the contract nor the work had an end. */
  departure(person: string, work: readonly string[], weeks: readonly Week[]): Departure[];
  /** Days on which every lead and sidekick is off, at least one by time off; `approve`: time off taken as approved (A26). */
  jointAbsence(project: string, span: Span, approve?: readonly string[]): Day[];

  /** What the project has cost before the day and comes to, against its budget. For managers alone (A30, A31). */
  burn(project: string, today: Day): Burn;
  /** The confirmed work that makes its cost in the days of the span, rate by rate. For managers alone. */
  costRuns(project: string, span: Span): readonly CostRun[];

  /** Whether all who lead or back up the project on the day, the person aside, have no hours then by pattern or contract alone. */
  othersNeverWork(project: string, person: string, day: Day): boolean;
}
