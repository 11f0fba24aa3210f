import type { CapacityAnswer } from '@sidekick/contracts';
import { type ReactNode, useRef } from 'react';
import { hours } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { bucketWords, type HeatCell, type HeatRow } from './heat-rows.ts';
import { rowHeight, useRowsInView } from './in-view.ts';

interface Props {
  answer: CapacityAnswer;
  rows: readonly HeatRow[];
  /** The bucket that the address names. */
  at: string | null;
  name: (row: HeatRow) => ReactNode;
  unit: string;
  onGo: (bucket: string) => void;
  onOpen: (row: HeatRow, cell: HeatCell) => void;
}

/** On a phone: one week (or day) at a time, everybody below each other. */
export function HeatList({ answer, rows, at, name, unit, onGo, onOpen }: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { start, end } = useRowsInView(scroller, rows.length);
  const { buckets, today } = answer;
  const asked = buckets.findIndex(({ id }) => id === at);
  const now = buckets.findIndex(({ from, to }) => from <= today && today <= to);
  const index = Math.max(0, asked >= 0 ? asked : now);
  const bucket = buckets[index];
  if (!bucket) return null;
  const step = (by: number) => buckets[index + by]?.id;
  const [before, after] = [step(-1), step(1)];
  const what = answer.by === 'day' ? 'day' : 'week';
  return (
    <section className="ht-list" aria-label={`Load, ${bucketWords(bucket)}`}>
      <div className="ht-nav">
        <Button icon="left" aria-label={`The ${what} before`} disabled={!before} onClick={() => before && onGo(before)} />
        <h2 aria-live="polite">{bucketWords(bucket)}</h2>
        <Button icon="right" aria-label={`The ${what} after`} disabled={!after} onClick={() => after && onGo(after)} />
      </div>
      <div className="ht-rows" ref={scroller}>
        <div style={{ height: start * rowHeight }} />
        {rows.slice(start, end).map((row) => {
          const cell = row.cells[index];
          return (
            cell && (
              <div key={row.key} className={row.kind === 'group' ? 'ht-li lead' : 'ht-li'} style={{ height: rowHeight }}>
                <span className="who">
                  {name(row)}
                  <small>{hours(row.free)} free in all</small>
                </span>
                <button type="button" className={`ht-x t${cell.tint}`} aria-label={cell.label} onClick={() => onOpen(row, cell)}>
                  <span className="f">
                    {cell.figure}
                    {cell.of !== null && <small>/{cell.of}</small>}
                    {cell.load !== 'no-hours' && unit}
                    {cell.tentative !== null && <span className="tt">{cell.tentative}</span>}
                  </span>
                  <span className={cell.load === 'over' ? 'n bad' : 'n'}>{cell.note}</span>
                </button>
              </div>
            )
          );
        })}
        <div style={{ height: (rows.length - end) * rowHeight }} />
      </div>
    </section>
  );
}
