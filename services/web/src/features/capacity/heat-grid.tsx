import { addDays } from '@sidekick/calendar/iso';
import type { CapacityAnswer } from '@sidekick/contracts';
import { type CSSProperties, memo, type ReactNode, useRef, useState } from 'react';
import { monthName, shortWeekday, weekNumber } from '../../staffing/format.ts';
import { arrow } from '../timeline/index.ts';
import type { HeatCell, HeatRow } from './heat-rows.ts';
import { rowHeight, useRowsInView } from './in-view.ts';

interface Props {
  answer: CapacityAnswer;
  lead: HeatRow;
  rows: readonly HeatRow[];
  corner: ReactNode;
  label: string;
  /** What stands in the first column for a row. */
  head: (row: HeatRow) => ReactNode;
  onOpen: (row: HeatRow, cell: HeatCell) => void;
}

/** Buckets across, rows down; heads and first column stay, only rows near the view are in the document. */
export function HeatGrid({ answer, lead, rows, corner, label, head, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { start, end } = useRowsInView(scroller, rows.length);
  const [told, setTold] = useState('');
  const tell = (target: EventTarget) => setTold((target as HTMLElement).closest<HTMLElement>('[data-cell]')?.ariaLabel ?? '');
  const style = { '--n': answer.buckets.length } as CSSProperties;
  const rowOf = (row: HeatRow, line: number) => <Row key={row.key} row={row} line={line} head={head} onOpen={onOpen} />;
  return (
    <>
      {/* What a cell says, of the one under the pointer or with the focus: it is its label too. */}
      <p className="ht-told" aria-hidden="true">
        {told || 'Point at a week, or go to it with the arrow keys: its hours stand here. Enter opens what it is made of.'}
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a scrolling grid that hands keys and the pointer of its buttons on to one place */}
      <div
        ref={scroller}
        className={answer.by === 'day' ? 'ht by-day' : 'ht'}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        role="region"
        aria-label={label}
        style={style}
        onKeyDown={arrow}
        onFocus={({ target }) => tell(target)}
        onPointerMove={({ target }) => tell(target)}
      >
        <Head answer={answer} corner={corner} />
        {rowOf(lead, -1)}
        <div style={{ height: start * rowHeight }} />
        {rows.slice(start, end).map((row, index) => rowOf(row, start + index))}
        <div style={{ height: (rows.length - end) * rowHeight }} />
      </div>
    </>
  );
}

const monthOf = ({ from, to }: CapacityAnswer['buckets'][number]): string => (from === to ? from : addDays(from, 3)).slice(0, 7);

/** The month where it begins, with its year at the start and in January where there is room for it. */
function monthWords(months: readonly string[], at: number): string {
  const month = months[at] ?? '';
  if (month === months[at - 1]) return '';
  const withYear = (at === 0 || month.endsWith('-01')) && months[at + 1] === month;
  return `${monthName(`${month}-01`).slice(0, 3)}${withYear ? ` ${month.slice(0, 4)}` : ''}`;
}

/** Months over buckets, weeks named by their Thursday as everywhere. */
function Head({ answer: { buckets, by, today }, corner }: { answer: CapacityAnswer; corner: ReactNode }) {
  const months = buckets.map(monthOf);
  return (
    <div className="ht-h">
      <div className="ht-c0">{corner}</div>
      {buckets.map((bucket, at) => (
        <div key={bucket.id} className={bucket.from <= today && today <= bucket.to ? 'ht-b now' : 'ht-b'}>
          <span className="ht-m">{monthWords(months, at)}</span>
          <span>
            {by === 'day' && <small>{shortWeekday(bucket.from).slice(0, 2)} </small>}
            {Number(bucket.from.slice(8))}
            {by === 'week' && <small> {weekNumber(bucket.id)}</small>}
          </span>
        </div>
      ))}
    </div>
  );
}

interface RowProps {
  row: HeatRow;
  line: number;
  head: (row: HeatRow) => ReactNode;
  onOpen: (row: HeatRow, cell: HeatCell) => void;
}

const Row = memo(function Row({ row, line, head, onOpen }: RowProps) {
  return (
    <div className={row.kind === 'group' ? 'ht-r lead' : 'ht-r'} style={{ height: rowHeight }}>
      <div className="ht-c0">{head(row)}</div>
      {row.cells.map((cell, column) => (
        <button
          key={cell.id}
          type="button"
          tabIndex={-1}
          className={`ht-x t${cell.tint}`}
          aria-label={cell.label}
          data-cell={cell.id}
          data-l={line}
          data-c={column}
          data-e={column + 1}
          onClick={() => onOpen(row, cell)}
        >
          <span className="f">
            {cell.figure}
            {cell.of !== null && <small>/{cell.of}</small>}
            {cell.tentative !== null && <span className="tt">{cell.tentative}</span>}
          </span>
          <span className={cell.load === 'over' ? 'n bad' : 'n'}>{cell.note}</span>
        </button>
      ))}
    </div>
  );
});
