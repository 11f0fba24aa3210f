import './sheet-grid.css';
import type { SheetGrid } from '@sidekick/contracts';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { cellName, columnName } from './corrections.ts';

export interface Mark {
  readonly tone: 'bad' | 'told' | 'off' | 'typed';
  readonly words: string;
}
export interface Marks {
  /** By `row:column`. */
  readonly cells: ReadonlyMap<string, Mark>;
  readonly rows: ReadonlyMap<number, Mark>;
  readonly columns: ReadonlyMap<number, Mark>;
}
export interface At {
  readonly row: number;
  readonly column: number;
}

interface Props {
  grid: SheetGrid;
  marks: Marks;
  at: At;
  /** A cell is looked at. */
  onAt: (at: At) => void;
  /** Null puts back what the sheet has. */
  onType: (at: At, text: string | null) => void;
  busy: boolean;
}

const rowHeight = 30;
const gutter = 44;
const widths = { first: 168, other: 132 };
const spare = 4;
const mostHeight = 440;
const left = (column: number): number => gutter + (column <= 1 ? 0 : widths.first + (column - 2) * widths.other);
const widthOf = (column: number): number => (column === 1 ? widths.first : widths.other);

/** The sheet as it came, each cell in its place, with what was understood of it at the cells. Only what is in sight is drawn. */
export function SheetCells({ grid, marks, at, onAt, onType, busy }: Props) {
  const texts = useMemo(() => textsOf(grid), [grid]);
  const last = grid.rows.at(-1)?.row ?? 1;
  const columns = Math.max(grid.columns, 1);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const [seen, setSeen] = useState({ top: 0, left: 0, width: 1200, height: mostHeight });
  const look = () => {
    const { scrollTop: top = 0, scrollLeft = 0, clientWidth, clientHeight } = box.current ?? {};
    setSeen({ top, left: scrollLeft, width: clientWidth || 1200, height: clientHeight || mostHeight });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is looked at once, and when the window changes
  useEffect(() => {
    look();
    window.addEventListener('resize', look);
    return () => window.removeEventListener('resize', look);
  }, []);
  useEffect(() => {
    scrollTo(box.current, at);
  }, [at]);
  const firstRow = Math.max(1, Math.floor(seen.top / rowHeight) - spare);
  const lastRow = Math.min(last, Math.ceil((seen.top + seen.height) / rowHeight) + spare);
  const shown: number[] = [];
  for (let column = 1; column <= columns; column++)
    if (left(column) + widthOf(column) >= seen.left - 200 && left(column) <= seen.left + seen.width + 200) shown.push(column);
  const move = (rows: number, over: number) =>
    onAt({ row: Math.min(last, Math.max(1, at.row + rows)), column: Math.min(columns, Math.max(1, at.column + over)) });
  const onKey = (event: KeyboardEvent) => {
    const steps: Record<string, readonly [number, number]> = {
      ...{ ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-12, 0], PageDown: [12, 0] },
      ...{ Home: [0, -columns], End: [0, columns] },
    };
    const step = steps[event.key];
    if (step) {
      event.preventDefault();
      move(...step);
    } else if (event.key === 'Enter' || event.key === 'F2') {
      event.preventDefault();
      input.current?.select();
    }
  };
  const rows = Array.from({ length: Math.max(0, lastRow - firstRow + 1) }, (_, index) => firstRow + index);
  return (
    <div className="sgrid">
      <CellBar
        key={`${at.row}:${at.column}:${texts.get(`${at.row}:${at.column}`) ?? ''}`}
        {...{ at, input, busy, onType }}
        text={texts.get(`${at.row}:${at.column}`) ?? ''}
        mark={markAt(marks, at)}
        back={() => box.current?.focus()}
      />
      {/* biome-ignore lint/a11y/useSemanticElements: a table of thousands of cells is drawn in parts */}
      <div
        ref={box}
        role="grid"
        aria-label="The sheet"
        aria-rowcount={last + 1}
        aria-colcount={columns}
        aria-activedescendant={`cell-${at.row}-${at.column}`}
        tabIndex={0}
        className="sbox"
        style={{ height: Math.min(mostHeight, (last + 1) * rowHeight + 16) }}
        onScroll={look}
        onKeyDown={onKey}
      >
        <div style={{ height: (last + 1) * rowHeight, width: left(columns + 1), position: 'relative' }}>
          {/* biome-ignore lint/a11y/useSemanticElements: see above */}
          {/* biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus */}
          <div role="row" className="shead" aria-rowindex={1} style={{ width: left(columns + 1) }}>
            {shown.map((column) => (
              // biome-ignore lint/a11y/useSemanticElements: see above
              // biome-ignore lint/a11y/useFocusableInteractive: see above
              <span
                key={column}
                role="columnheader"
                aria-colindex={column}
                className={toneOf(marks.columns.get(column))}
                title={marks.columns.get(column)?.words}
                style={{ left: left(column), width: widthOf(column) }}
              >
                {columnName(column)}
              </span>
            ))}
          </div>
          {rows.map((row) => (
            // biome-ignore lint/a11y/useSemanticElements: see above
            // biome-ignore lint/a11y/useFocusableInteractive: see above
            <div
              key={row}
              role="row"
              aria-rowindex={row + 1}
              className={`srow ${row === grid.header ? 'is-head' : ''} ${toneOf(marks.rows.get(row))}`}
              style={{ top: row * rowHeight, width: left(columns + 1) }}
              title={marks.rows.get(row)?.words}
            >
              {/* biome-ignore lint/a11y/useSemanticElements: see above */}
              {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
              <span role="rowheader" className="snum">
                {row}
              </span>
              {shown.map((column) => {
                const key = `${row}:${column}`;
                const mark = marks.cells.get(key);
                const text = texts.get(key) ?? '';
                const isAt = at.row === row && at.column === column;
                return (
                  // biome-ignore lint/a11y/useSemanticElements: see above
                  // biome-ignore lint/a11y/useFocusableInteractive: see above
                  // biome-ignore lint/a11y/useKeyWithClickEvents: the grid takes the keys
                  <span
                    key={column}
                    id={`cell-${row}-${column}`}
                    role="gridcell"
                    aria-colindex={column}
                    aria-selected={isAt}
                    aria-label={mark ? `${cellName(row, column)} ${text}: ${mark.words}` : undefined}
                    className={`scell ${toneOf(mark)} ${toneOf(marks.columns.get(column))} ${isAt ? 'is-at' : ''}`}
                    title={mark ? `${text}: ${mark.words}` : text}
                    style={{ left: left(column), width: widthOf(column) }}
                    onClick={() => onAt({ row, column })}
                    onDoubleClick={() => input.current?.select()}
                  >
                    {mark && <Icon name={mark.tone === 'bad' ? 'warn' : mark.tone === 'typed' ? 'edit' : 'info'} />}
                    {text}
                  </span>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

const toneOf = (mark: Mark | undefined): string => (mark ? `m-${mark.tone}` : '');

function markAt({ cells, rows, columns }: Marks, { row, column }: At): Mark | undefined {
  return cells.get(`${row}:${column}`) ?? rows.get(row) ?? columns.get(column);
}

function textsOf({ rows }: SheetGrid): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { row, cells } of rows) for (const [column, text] of cells) texts.set(`${row}:${column}`, text);
  return texts;
}

/** Brings a cell into sight, whatever is drawn. */
function scrollTo(box: HTMLDivElement | null, { row, column }: At): void {
  if (!box) return;
  const [top, height] = [row * rowHeight, box.clientHeight];
  if (top < box.scrollTop + rowHeight) box.scrollTop = Math.max(0, top - rowHeight);
  else if (height > 0 && top + rowHeight > box.scrollTop + height - 16) box.scrollTop = top + 2 * rowHeight - height;
  const [start, end] = [left(column), left(column) + widthOf(column)];
  if (start < box.scrollLeft + gutter) box.scrollLeft = Math.max(0, start - gutter);
  else if (box.clientWidth > 0 && end > box.scrollLeft + box.clientWidth - 16) box.scrollLeft = end - box.clientWidth + 16;
}

interface BarProps {
  at: At;
  text: string;
  mark: Mark | undefined;
  input: React.RefObject<HTMLInputElement | null>;
  busy: boolean;
  onType: Props['onType'];
  back: () => void;
}

/** The cell that is looked at: its place, what it says, and what was made of it. Typed over, it is read again. */
function CellBar({ at, text, mark, input, busy, onType, back }: BarProps) {
  const [typed, setTyped] = useState(text);
  const name = cellName(at.row, at.column);
  const send = () => {
    if (typed.trim() !== text) onType(at, typed);
    back();
  };
  return (
    <div className="sbar">
      <b className="saddr" aria-hidden="true">
        {name}
      </b>
      <input
        ref={input}
        aria-label={`Cell ${name}`}
        value={typed}
        autoComplete="off"
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send();
          if (event.key === 'Escape') {
            setTyped(text);
            back();
          }
        }}
      />
      <Button onClick={send} disabled={typed.trim() === text} busy={busy}>
        Read it again
      </Button>
      {mark?.tone === 'typed' && (
        <Button look="quiet" icon="undo" onClick={() => onType(at, null)}>
          As it was
        </Button>
      )}
      <p className={`swhy ${mark ? `t-${mark.tone}` : ''}`} aria-live="polite">
        {mark?.words ?? ''}
      </p>
    </div>
  );
}
