import type { PlanComparison, PlanFigures } from '@sidekick/contracts';
import { hours, number, percent } from '../../staffing/format.ts';

interface Line {
  label: string;
  value: (figures: PlanFigures) => string;
  /** What is told of the difference; nothing when it is none. */
  change?: (before: PlanFigures, after: PlanFigures) => string;
}

const signed = (value: number, unit = ''): string =>
  Math.abs(value) < 0.005 ? '' : `${value > 0 ? '+' : '−'}${number(Math.abs(value))}${unit}`;
const by =
  (pick: (figures: PlanFigures) => number, unit = '') =>
  (before: PlanFigures, after: PlanFigures) =>
    signed(pick(after) - pick(before), unit);
/** As figures of two decimals differ. */
const hundredths = (pick: (figures: PlanFigures) => number) => (before: PlanFigures, after: PlanFigures) => {
  const difference = Math.round(pick(after) * 100) - Math.round(pick(before) * 100);
  return difference === 0 ? '' : `${difference > 0 ? '+' : '−'}${(Math.abs(difference) / 100).toFixed(2)}`;
};
const points = (pick: (figures: PlanFigures) => number) => (before: PlanFigures, after: PlanFigures) =>
  signed(Math.round(pick(after) * 100) - Math.round(pick(before) * 100));

const lines: readonly Line[] = [
  { label: 'Covered project-weeks', value: ({ covered, needed }) => `${covered} of ${needed}`, change: by(({ covered }) => covered) },
  { label: 'Coverage ratio', value: ({ covered, needed }) => percent(needed === 0 ? null : covered / needed) },
  { label: 'Gaps', value: ({ gaps }) => String(gaps), change: by(({ gaps }) => gaps) },
  { label: 'Weeks alone', value: ({ aloneWeeks }) => String(aloneWeeks), change: by(({ aloneWeeks }) => aloneWeeks) },
  {
    label: 'People over, hours over',
    value: ({ peopleOver, hoursOver }) => `${peopleOver} · ${hours(hoursOver)}`,
    change: by(({ hoursOver }) => hoursOver, ' h'),
  },
  { label: 'Peak load, share of net', value: ({ peak }) => percent(peak?.share ?? null), change: points(({ peak }) => peak?.share ?? 0) },
  {
    label: 'Utilisation confirmed, share of net',
    value: ({ utilisation }) => percent(utilisation),
    change: points(({ utilisation }) => utilisation ?? 0),
  },
  {
    label: 'Sidekick hours, effective',
    value: ({ sidekickHours }) => hours(sidekickHours),
    change: by(({ sidekickHours }) => sidekickHours, ' h'),
  },
  {
    label: 'Fairness, 1 is even',
    value: ({ fairness }) => fairness.toFixed(2),
    change: hundredths(({ fairness }) => fairness),
  },
];

/** The weeks as they are now beside what they become with what is ticked. */
export function CompareTable({ comparison, chosen, old }: { comparison: PlanComparison; chosen: number; old: boolean }) {
  const { before, after } = comparison;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard too
    <section className="scrollx" aria-label="Figures without and with the plan" tabIndex={0} aria-busy={old || undefined}>
      <table className="cmp">
        <thead>
          <tr>
            <td />
            <th className="num">Live</th>
            <th className="num sel b">
              {chosen === 0 ? 'Nothing ticked' : 'This plan'}
              <span className="dlt" />
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ label, value, change }) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              <td className="num">{value(before)}</td>
              <td className="num sel b">
                {value(after)}
                <span className="dlt">{change?.(before, after)}</span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
