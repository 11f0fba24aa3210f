import { dayOf, isoDay, type Span, weekOfDay, weeksIn } from '@sidekick/calendar';
import type { Question, RowsAnswer } from '@sidekick/contracts';
import { InvalidInput } from '@sidekick/service-kit';
import type { Figures } from '../figures/index.ts';
import { peopleOf } from '../teams/people-of.ts';
import { answerOf } from './answer.ts';
import { type Buckets, bucketsOf } from './buckets.ts';
import { isOfMoney, type MoneyFigure, moneyRowsOf } from './rows-of-money.ts';
import {
  fairnessParts,
  freeOfEach,
  grossParts,
  netParts,
  overParts,
  remainingParts,
  utilisationParts,
  workParts,
} from './rows-of-people.ts';
import { coverageParts, holderParts, knowledgeParts, ratioParts, wantedParts } from './rows-of-projects.ts';

/** Weeks of one figure that is told row by row. */
const mostWeeks = 104;
const path = 'question.args';

type Asked<W extends Question['what']> = Extract<Question, { what: W }>['args'];
type Told = Pick<RowsAnswer, 'unit' | 'title' | 'formula' | 'parts'>;

/** A figure that is to be told, of one span. */
interface Scene {
  readonly figures: Figures;
  readonly span: Span;
  readonly today: string;
}

const both = (withTentative: boolean | undefined) => (withTentative ? 'confirmed and tentative work' : 'confirmed work');

const work = ({ figures, span }: Scene, what: 'planned' | 'effective', { assignment }: Asked<'planned'>): Told => ({
  unit: 'hours',
  title: what === 'planned' ? 'Planned hours' : 'Effective hours',
  formula:
    what === 'planned'
      ? 'Planned = hours a week × hours of the day’s pattern ÷ hours of the week’s pattern'
      : 'Effective = planned × net ÷ gross: leave and holidays cut the work',
  parts: workParts(figures, span, what, assignment),
});

const net = ({ figures, span }: Scene, { person }: Asked<'net'>): Told => ({
  unit: 'hours',
  title: 'Net hours',
  formula: 'Net = hours of the weekly pattern − holidays − approved leave',
  parts: netParts(figures, person, span),
});

const explained = {
  gross: ({ figures, span }: Scene, { person }: Asked<'gross'>): Told => ({
    unit: 'hours',
    title: 'Gross hours',
    formula: 'Gross = hours of the weekly pattern inside the contract',
    parts: grossParts(figures, person, span),
  }),
  net,
  capacity: net,
  planned: (scene: Scene, args: Asked<'planned'>) => work(scene, 'planned', args),
  effective: (scene: Scene, args: Asked<'effective'>) => work(scene, 'effective', args),
  wanted: ({ figures, span }: Scene, { project }: Asked<'wanted'>): Told => ({
    unit: 'hours',
    title: 'Wanted hours',
    formula: 'Wanted = hours a week of an open place ÷ 5, on each Monday to Friday of it; nobody does them yet, so they are no work',
    parts: wantedParts(figures, project, span),
  }),
  remaining: ({ figures, span, today }: Scene, args: Asked<'remaining'>): Told => ({
    unit: 'hours',
    title: args.withTentative ? 'Free hours with tentative work' : 'Free hours',
    formula: `Free = net − operations share − ${both(args.withTentative)}`,
    parts:
      args.person === undefined
        ? freeOfEach(figures, peopleOf(figures.state, args.team, `${path}.team`), span, args)
        : remainingParts(figures, args.person, span, today, args.withTentative),
  }),
  utilisation: ({ figures, span }: Scene, args: Asked<'utilisation'>): Told => ({
    unit: 'ratio',
    title: args.withTentative ? 'Utilisation with tentative work' : 'Utilisation',
    formula: `Utilisation = ${both(args.withTentative)} ÷ net hours`,
    parts: utilisationParts(figures, args.person ?? peopleOf(figures.state, args.team, `${path}.team`), span, args),
  }),
  overAllocated: ({ figures, span }: Scene, { person, withTentative }: Asked<'overAllocated'>): Told => ({
    unit: 'yes-or-no',
    title: 'Over-allocated',
    formula: `Over = ${both(withTentative)} above net hours by more than 0.01 h`,
    parts: utilisationParts(figures, person, span, { withTentative }).map((one) => ({ ...one, as: 'given' as const })),
  }),
  overHours: ({ figures, span, today }: Scene, { person, withTentative }: Asked<'overHours'>): Told => ({
    unit: 'hours',
    title: 'Hours over',
    formula: `Over = ${both(withTentative)} − net hours, of each week in which that is more than 0.01 h`,
    parts: overParts(figures, person, span, today, withTentative),
  }),
  coverage: ({ figures, span }: Scene, { project }: Asked<'coverage'>): Told => ({
    unit: 'state',
    title: 'Coverage',
    ...coverageParts(figures, project, weekOfDay(span.from)),
  }),
  coverageRatio: ({ figures, span }: Scene, { project }: Asked<'coverageRatio'>): Told => ({
    unit: 'ratio',
    title: 'Coverage ratio',
    formula: 'Coverage ratio = covered project-weeks ÷ project-weeks that need cover',
    parts: ratioParts(figures, project, span),
  }),
  knowledge: ({ figures, today }: Scene, { person, project, on }: Asked<'knowledge'>): Told => ({
    unit: 'hours',
    title: 'Knowledge',
    formula: 'Knowledge = effective hours up to the day, halved for every 90 days of age; warm from 20 h, cooling from 8 h',
    parts: knowledgeParts(figures, person, project, dayOf(on ?? today)),
  }),
  absenceFactor: ({ figures, today }: Scene, { project, on }: Asked<'absenceFactor'>): Told => ({
    unit: 'people',
    title: 'Absence factor',
    formula: 'Absence factor = the fewest people still here who together hold at least half of what is known',
    parts: holderParts(figures, project, dayOf(on ?? today)),
  }),
  fairness: ({ figures, span }: Scene, { team }: Asked<'fairness'>): Told => ({
    unit: 'index',
    title: 'Fairness',
    formula: 'Fairness = (Σ share)² ÷ (people × Σ share²), a share being hours as sidekick ÷ net hours; 1 where all are equal',
    parts: fairnessParts(figures, peopleOf(figures.state, team, `${path}.team`), span),
  }),
};

const isExplained = (what: string): what is keyof typeof explained => Object.hasOwn(explained, what);

function refuse(code: string, at: string, message: string): never {
  throw new InvalidInput(code, message, [{ path: at, message }]);
}

/** Of knowledge and the absence factor it is one day. */
function spanOf({ what, args }: Question, today: string): Span {
  if (what === 'knowledge' || what === 'absenceFactor') {
    const day = dayOf(args.on ?? today);
    return { from: day, to: day };
  }
  const { spans, list } = bucketsOf(what, args as Buckets);
  const [span] = spans;
  if (list || !span) return refuse('wrong-bucket', path, 'Rows are those of one figure: ask for one bucket or one range');
  if (weeksIn(span).length > mostWeeks) return refuse('range-too-long', path, `Rows are told of at most ${mostWeeks} weeks`);
  return span;
}

/** Whom or what the figure is of, as its question names it. */
const subjectOf = (args: object) =>
  Object.fromEntries(Object.entries(args).filter(([key]) => key === 'person' || key === 'project' || key === 'team'));

/**
 * What a figure is made of: its value as `POST /figures` answers it, its formula in words, and the rows of its parts. Throws as
 * `answerOf` does, and `InvalidInput` for a figure that has no rows (`no-rows`), a list of single answers, too long a range.
 */
export function rowsOf(figures: Figures, question: Question, today: string): Omit<RowsAnswer, 'head' | 'today'> {
  const { what, args } = question;
  if (isOfMoney(what)) {
    const { project } = args as Asked<MoneyFigure>;
    const told = moneyRowsOf(figures, what, project, today);
    return { value: answerOf(figures, question, today, path) as RowsAnswer['value'], ...told, project };
  }
  if (!isExplained(what)) return refuse('no-rows', 'question.what', `${what} is no sum of rows`);
  const span = spanOf(question, today);
  const value = answerOf(figures, question, today, path) as RowsAnswer['value'];
  const tell = explained[what] as (scene: Scene, args: unknown) => Told;
  return { value, ...tell({ figures, span, today }, args), from: isoDay(span.from), to: isoDay(span.to), ...subjectOf(args) };
}
