import { type Day, dayOf, isoDay, type Span } from '@sidekick/calendar';
import type { FigurePart, FigureRow, Identity, Question, RowsAnswer } from '@sidekick/contracts';
import { refuseNoReader } from '../access/rights.ts';
import type { Figures } from '../figures/index.ts';
import { costOf, hoursOf, rounded } from '../money/amounts.ts';
import type { CostRun } from '../money/runs.ts';
import { currencyOf } from '../state/currency.ts';
import { partOf, workRow } from './rows-of-people.ts';

const figures = ['spent', 'forecast', 'sidekickCost', 'runsOut'] as const;
export type MoneyFigure = (typeof figures)[number];
export const isOfMoney = (what: string): what is MoneyFigure => figures.some((one) => one === what);

/** For whom rates are, which it can be read back from. Throws Forbidden `managers-only`. */
export function refuseMoney(identity: Identity, questions: readonly Pick<Question, 'what'>[]): void {
  if (questions.some(({ what }) => isOfMoney(what))) refuseNoReader(identity, 'rate');
}

/** The day on which the budget runs out, in money or in hours; null where it lasts. */
export const runsOutOn = (figures: Figures, project: string, today: Day): Day | null => {
  const { money, hours } = figures.burn(project, today).runsOut;
  return money === null || hours === null ? (money ?? hours) : Math.min(money, hours);
};

export const sidekickCost = (figures: Figures, project: string, today: Day): number => {
  const { spent, forecast } = figures.burn(project, today).sidekicks;
  return spent.money + forecast.money;
};

const always = Number.NEGATIVE_INFINITY;
const costIn = (runs: readonly CostRun[]): bigint => runs.reduce((sum, { nano, amount }) => sum + costOf(nano, amount ?? 0), 0n);

/** Rows in money, each what it adds to the rounded sum of all before it, so that they add up to the figure; `base` is what was before them. */
function moneyRows(figures: Figures, runs: readonly CostRun[], base = 0n): FigureRow[] {
  let cost = base;
  return runs.map(({ assignment, span, amount, nano }) => {
    const before = rounded(cost);
    cost += costOf(nano, amount ?? 0);
    const days = { from: isoDay(span.from), to: isoDay(span.to) };
    return { ...workRow(figures, assignment, rounded(cost) - before), ...days, hours: hoursOf(nano), rate: amount };
  });
}

const hourRows = (figures: Figures, runs: readonly CostRun[]): FigureRow[] =>
  runs.map(({ assignment, span, nano }) => ({
    ...workRow(figures, assignment, hoursOf(nano)),
    ...{ from: isoDay(span.from), to: isoDay(span.to) },
  }));

type Told = Pick<RowsAnswer, 'unit' | 'title' | 'formula' | 'parts'>;
interface Scene {
  readonly figures: Figures;
  readonly project: string;
  readonly today: Day;
  readonly until: Day;
}

const costs = 'effective hours of confirmed work × the rate in force on their day';
const past = ({ figures, project, today }: Scene) => figures.costRuns(project, { from: always, to: today - 1 });
const ahead = ({ figures, project, today, until }: Scene) => figures.costRuns(project, { from: today, to: until });

const explained = {
  spent: (scene: Scene): Told => ({
    ...{ unit: 'money', title: 'Spent', formula: `Spent = ${costs}, of every day before today` },
    parts: [partOf('sum', 'Confirmed work before today', moneyRows(scene.figures, past(scene)), 'money')],
  }),
  forecast: (scene: Scene): Told => ({
    unit: 'money',
    title: 'Forecast',
    formula: `Forecast = ${costs}, from today to the end of the project, or two years on where it has none`,
    parts: [partOf('sum', 'Confirmed work from today on', moneyRows(scene.figures, ahead(scene), costIn(past(scene))), 'money')],
  }),
  sidekickCost: (scene: Scene): Told => {
    const own = (runs: readonly CostRun[]) => runs.filter(({ assignment }) => assignment.role === 'sidekick');
    const [before, after] = [own(past(scene)), own(ahead(scene))];
    return {
      ...{ unit: 'money', title: 'What sidekicks cost', formula: `Cost of sidekicks = ${costs}, as sidekick: spent and forecast` },
      parts: [
        partOf('sum', 'As sidekick, before today', moneyRows(scene.figures, before), 'money'),
        partOf('sum', 'As sidekick, from today on', moneyRows(scene.figures, after, costIn(before)), 'money'),
      ],
    };
  },
  runsOut: (scene: Scene): Told => ({
    unit: 'day',
    title: 'Day on which the budget runs out',
    formula: 'Runs out = the first day up to which confirmed work costs more than the budget of money, or takes more than that of hours',
    parts: budgetParts(scene),
  }),
} satisfies Record<MoneyFigure, (scene: Scene) => Told>;

/** Each budget with the work up to the day on which it runs out, or all of it. */
function budgetParts({ figures, project, today, until }: Scene): FigurePart[] {
  const { budget, runsOut } = figures.burn(project, today);
  const to = (day: Day | null) => figures.costRuns(project, { from: always, to: day ?? Math.max(until, today - 1) });
  const given = (title: string, value: number | null | undefined, unit: FigurePart['unit'], rows: () => FigureRow[], day: Day | null) =>
    value == null
      ? []
      : [
          { as: 'given' as const, title: `Budget of ${title}`, unit, value, rows: [] },
          partOf('given', `${title === 'money' ? 'Cost' : 'Hours'} up to ${day === null ? 'the end' : 'that day'}`, rows(), unit),
        ];
  return [
    ...given('money', budget?.money, 'money', () => moneyRows(figures, to(runsOut.money)), runsOut.money),
    ...given('hours', budget?.hours, 'hours', () => hourRows(figures, to(runsOut.hours)), runsOut.hours),
  ];
}

/** The days that a figure of money looks at. */
function spanOf(what: MoneyFigure, { figures, project, today, until }: Scene): Span {
  const begun = figures.costRuns(project, { from: always, to: until }).map(({ span }) => span.from);
  const record = figures.state.project.get(project)?.record;
  const from = Math.min(...begun, record ? dayOf(record.from) : today);
  const last = what === 'spent' ? today - 1 : Math.max(until, today - 1);
  const first = what === 'forecast' ? today : from;
  return { from: Math.min(first, last), to: last };
}

/** What a figure of money is made of. */
export function moneyRowsOf(figures: Figures, what: MoneyFigure, project: string, on: string) {
  const today = dayOf(on);
  const scene = { figures, project, today, until: figures.burn(project, today).until };
  const span = spanOf(what, scene);
  return { ...explained[what](scene), currency: currencyOf(figures.state), from: isoDay(span.from), to: isoDay(span.to) };
}
