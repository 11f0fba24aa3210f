import { z } from 'zod';
import { IsoDay, IsoWeek, Ulid } from '../common.ts';
import { Question } from './figures.ts';

/**
 * `POST /figures/rows`: what one figure of `POST /figures` is made of. The question names one bucket or range of at most 104 weeks, no
 * list of single answers; what is no sum or ratio of records (`gaps`, `absenceTest`) has no rows and is refused at `question.what`.
 */
export const RowsRequest = z.strictObject({ question: Question });

const FigureRow = z.strictObject({
  /**
   * Hours of the weekly pattern, and what holidays, leave and the operations share take of them; work of an assignment; an open place;
   * or a person, project or week that a figure over many is made of.
   */
  kind: z.enum(['pattern', 'holiday', 'leave', 'operations', 'work', 'person', 'project', 'week', 'place']),
  /** What it adds to its part, in the part's unit: what is taken is below 0. */
  value: z.number(),
  /** Days that it is about, where those are not all of the figure's. */
  from: IsoDay.optional(),
  to: IsoDay.optional(),
  week: IsoWeek.optional(),
  /** Records that it is about. */
  person: Ulid.optional(),
  project: Ulid.optional(),
  assignment: Ulid.optional(),
  timeOff: Ulid.optional(),
  holiday: Ulid.optional(),
  opening: Ulid.optional(),
  /** Of an amount of money: the hours that it prices, and what one of them costs; null: no rate is in force, and they are in no amount. */
  hours: z.number().optional(),
  rate: z.number().int().nullable().optional(),
  /** What the names of the records do not say: "sidekick, 8 h a week". */
  words: z.string(),
  /** The figure that the row is, which has rows of its own. */
  question: Question.optional(),
});
export type FigureRow = z.infer<typeof FigureRow>;

const FigurePart = z.strictObject({
  /**
   * The value of the figure is the sum of its `sum` parts, or the sum of its `numerator` parts ÷ that of its `denominator` parts. What is
   * `given` is what a rule looks at: hours against a minimum, shares of which an index is made.
   */
  as: z.enum(['sum', 'numerator', 'denominator', 'given']),
  title: z.string(),
  unit: z.enum(['hours', 'weeks', 'share', 'money']),
  /** The sum of its rows; of a part without rows what the rule takes from a record. */
  value: z.number(),
  rows: z.array(FigureRow),
});
export type FigurePart = z.infer<typeof FigurePart>;

export const RowsAnswer = z.strictObject({
  head: z.number().int().min(0),
  today: IsoDay,
  /** As `POST /figures` answers it, unrounded. */
  value: z.union([z.number(), z.string(), z.boolean(), z.null()]),
  unit: z.enum(['hours', 'ratio', 'index', 'state', 'people', 'yes-or-no', 'money', 'day']),
  /** ISO 4217, where amounts of money are told: they are in its minor units. */
  currency: z.string().optional(),
  title: z.string(),
  /** In words: "Free = net − operations share − confirmed work". */
  formula: z.string(),
  from: IsoDay,
  to: IsoDay,
  /** Whom or what it is a figure of; none where it is of everybody, or of a team. */
  person: Ulid.optional(),
  project: Ulid.optional(),
  team: Ulid.optional(),
  parts: z.array(FigurePart),
});
export type RowsAnswer = z.infer<typeof RowsAnswer>;
