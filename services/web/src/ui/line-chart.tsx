import './line-chart.css';
import { type ReactNode, useId, useState } from 'react';
import { Button } from './button.tsx';

export interface Line {
  readonly key: string;
  readonly name: string;
  /** One value a column; null where there is none, and the line breaks. */
  readonly values: readonly (number | null)[];
}

interface Props {
  /** What is drawn, for the caption and for who hears it. */
  title: string;
  /** Names of the columns, from the first to the last. */
  columns: readonly string[];
  /** What a column is, as the head of the table says it. */
  column: string;
  lines: readonly Line[];
  /** A value with its unit. */
  words: (value: number) => string;
  /** What stands in the table for a value of a line in a column, given its words. */
  cell?: ((line: string, column: number, text: string) => ReactNode) | undefined;
  /** Index of the column that is now: what lies behind it is drawn as not there yet. */
  now?: number | undefined;
  /** Values keep until the next one, such as a count of people. */
  steps?: boolean;
  /** Heights that mean something, each with its name. */
  guides?: readonly { readonly value: number; readonly name: string }[];
  /** Height of the drawing in pixels. */
  height?: number;
}

/** Lines that are told apart: by colour, by dashes and by their names. More than these stand in the table alone. */
const mostLines = 5;

const niceSteps = [1, 1.5, 2, 3, 4, 5, 6, 8, 10];
/** A round number at or above, near it. */
export function niceTop(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return Number((power * (niceSteps.find((step) => step * power >= value - 1e-9) ?? 10)).toPrecision(2));
}

/** Values by column as lines, with the same figures as a table behind them. */
export function LineChart({ title, columns, column, lines, words, cell, now, steps = false, guides = [], height = 140 }: Props) {
  const caption = useId();
  const [open, setOpen] = useState(false);
  const asked = open ? 'Hide the table' : 'As a table';
  const drawn = lines.slice(0, mostLines);
  const top = niceTop(Math.max(...drawn.flatMap(({ values }) => values.map((value) => value ?? 0)), 0));
  const last = Math.max(1, columns.length - 1);
  // One that lies on the ground tells nothing.
  const shown = guides.filter(({ value }) => value < top && value >= top / 10);
  const x = (index: number) => (index / last) * 100;
  const y = (value: number) => 100 - (value / top) * 100;
  return (
    <figure className="lch" aria-labelledby={caption}>
      <figcaption id={caption}>
        <span>{title}</span>
        {drawn.length > 1 &&
          drawn.map(({ key, name }, index) => (
            <span key={key} className="lch-k">
              <svg viewBox="0 0 24 8" aria-hidden="true">
                <path className={`ln${index}`} d="M0 4h24" />
              </svg>
              <bdi>{name}</bdi>
            </span>
          ))}
        {lines.length > drawn.length && <span className="muted">{lines.length - drawn.length} more in the table</span>}
      </figcaption>
      <div className="lch-b">
        <div className="lch-y" aria-hidden="true">
          <span>{words(top)}</span>
          <span>{words(0)}</span>
        </div>
        <div className="lch-d">
          <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true" style={{ height }}>
            {now !== undefined && now < last && <rect className="ahead" x={x(now)} y="0" width={100 - x(now)} height="100" />}
            <path className="ax" d="M0 0H100M0 100H100" />
            {shown.map(({ value, name }) => (
              <path key={name} className="gd" d={`M0 ${y(value)}H100`} />
            ))}
            {now !== undefined && <path className="now" d={`M${x(now)} 0V100`} />}
            {drawn.map(({ key, values }, index) => (
              <path key={key} className={`ln${index}`} d={pathOf(values, x, y, steps)} />
            ))}
          </svg>
          {shown.map(({ value, name }) => (
            <i key={name} className="lch-g" style={{ top: `${y(value)}%` }} aria-hidden="true">
              {name}
            </i>
          ))}
        </div>
        <div className="lch-x" aria-hidden="true">
          <span>{columns[0]}</span>
          {now !== undefined && now > last * 0.15 && now < last * 0.85 && <b style={{ left: `${x(now)}%` }}>now</b>}
          <span>{columns.at(-1)}</span>
        </div>
      </div>
      <p>
        <Button look="quiet" aria-expanded={open} aria-label={`${asked}: ${title}`} onClick={() => setOpen(!open)}>
          {asked}
        </Button>
      </p>
      {open && <ChartTable {...{ title, columns, column, lines, words, cell, now }} />}
    </figure>
  );
}

/** The same figures, drawn when they are asked for: many weeks of many people are thousands of cells. */
function ChartTable({ title, columns, column, lines, words, cell, now }: Omit<Props, 'steps' | 'guides' | 'height'>) {
  const shown = (line: string, at: number, value: number | null) =>
    value === null ? '–' : cell ? cell(line, at, words(value)) : words(value);
  return (
    <div className="scrollx">
      <table className="lst">
        <caption className="sr">{title}</caption>
        <thead>
          <tr>
            <th scope="col">{column}</th>
            {lines.map(({ key, name }) => (
              <th key={key} scope="col" className="num">
                <bdi>{name}</bdi>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {columns.map((name, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns stand in one order, and two may be called alike
            <tr key={index}>
              <th scope="row">
                {name}
                {index === now && ', now'}
              </th>
              {lines.map(({ key, values }) => (
                <td key={key} className="num">
                  {shown(key, index, values[index] ?? null)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function pathOf(values: readonly (number | null)[], x: (index: number) => number, y: (value: number) => number, steps: boolean): string {
  return values
    .map((value, index) => {
      if (value === null) return '';
      if ((values[index - 1] ?? null) === null) return `M${rounded(x(index))} ${rounded(y(value))}`;
      return steps ? `H${rounded(x(index))}V${rounded(y(value))}` : `L${rounded(x(index))} ${rounded(y(value))}`;
    })
    .join('');
}
