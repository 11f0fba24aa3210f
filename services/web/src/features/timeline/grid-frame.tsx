import {
  type CSSProperties,
  type FocusEvent,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { scrolledTo, usePrinting, useScrolled } from '../../ui/scrolled.ts';
import { arrow } from './grid-keys.ts';
import { InView } from './in-view.ts';
import { columnAt, type Scale, todayAt } from './scale.ts';
import { useTip } from './tip.tsx';
import { useTimeKeys, useTimeWheel } from './use-time-scroll.ts';
import { type ColumnsSeen, columnsSeen, topsOf, visibleRows, weeksInView } from './window.ts';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  scale: Scale;
  today: string;
  label: string;
  /** What is drawn is not yet what is asked for. */
  waiting: boolean;
  /** Moves on in time by so many columns. */
  onStep: (steps: number) => void;
  className?: string;
  corner: ReactNode;
  /** Row that a link leads to: at the top when the grid comes to be there. */
  reveal?: string | null;
  /** Stays under the head, above the rows. */
  lead?: ReactNode;
  rows: readonly { key: string; height: number; render: () => ReactNode }[];
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  onBlur?: (event: FocusEvent<HTMLDivElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLDivElement>) => void;
  onClick?: (event: React.MouseEvent<HTMLDivElement>) => void;
  onContextMenu?: (event: React.MouseEvent<HTMLDivElement>) => void;
}

/** Time across, rows down: sticky head and first column, today; only rows near the view are in the document. */
export function GridFrame(props: Props) {
  const { scroller, scale, today, rows, onStep } = props;
  const view = useView(scroller, scale.columns.length);
  const { from, to } = view.all ? { from: 0, to: scale.weeks } : weeksInView(view, scale);
  // The same as long as it says the same: whatever reads it is drawn again with it.
  const inView = useMemo(() => ({ from, to }), [from, to]);
  const tip = useTip(scroller);
  useTimeWheel(scroller, scale, onStep);
  const overEdge = useTimeKeys(scroller, scale, onStep);
  const heights = rows.map(({ height }) => height);
  const { tops, total } = topsOf(heights);
  const hover = useStillUnderPointer(scroller, rows, tops);
  useRevealed(scroller, rows, tops, props.reveal ?? null);
  const { start, end } = view.all ? { start: 0, end: rows.length } : visibleRows(heights, view.top, view.height);
  const now = todayAt(today, scale);
  const shown = now >= 0 && now < scale.weeks;
  const after = total - (tops[end] ?? total);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling grid that hands keys and the pointer of its buttons on to one place
    <div
      className={['grid', props.className, ...widthOf(scale), view.density, view.flows && 'flows'].filter(Boolean).join(' ')}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label={props.label}
      aria-busy={props.waiting}
      style={styleOf(scale, now)}
      onKeyDown={(event) => {
        // What a key moves is no longer what the words told.
        tip.hide();
        if (!arrow(event) && !overEdge(event)) props.onKeyDown?.(event);
      }}
      onPointerDown={props.onPointerDown}
      onPointerMove={(event) => {
        hover.onPointerMove(event);
        tip.onPointerMove(event);
      }}
      onPointerLeave={() => {
        hover.onPointerLeave();
        tip.hide();
      }}
      onFocus={tip.onFocus}
      onBlur={(event) => {
        tip.hide();
        props.onBlur?.(event);
      }}
      onClick={props.onClick}
      onContextMenu={props.onContextMenu}
    >
      {tip.shown}
      <div className="gw" style={linesOf(scale)}>
        <Head scale={scale} today={today} corner={props.corner} />
        <InView value={inView}>
          {props.lead}
          <div style={{ height: tops[start] ?? 0 }} />
          {rows.slice(start, end).map(({ key, render }) => (
            <RowSlot key={key} render={render} />
          ))}
        </InView>
        <div style={{ height: end >= rows.length ? 0 : after }} />
        {shown && <div className="today" />}
      </div>
    </div>
  );
}

const RowSlot = ({ render }: { render: () => ReactNode }) => render();

/** How narrow weeks may become before the grid scrolls. */
const widthOf = ({ zoom, weeks }: Scale): (string | false)[] => [
  `z-${zoom}`,
  zoom === 'week' && (weeks > 26 ? 'all' : weeks > 16 && 'many'),
];

const styleOf = ({ weeks, lane, zoom }: Scale, now: number) => {
  const whole = zoom === 'day' ? Math.floor(now * 7) / 7 : Math.floor(now);
  return {
    '--n': weeks,
    '--days': weeks * 7,
    '--now': now,
    '--past': Math.max(0, Math.min(weeks, whole)),
    '--lane-h': `${lane}px`,
  } as CSSProperties;
};

/** Lines behind columns of several weeks, which no repeated picture draws. */
function linesOf({ zoom, columns }: Scale): CSSProperties | undefined {
  if (zoom === 'day' || zoom === 'week') return undefined;
  const stops = columns.map(({ left, width }) => {
    const [start, end] = [`calc(${left} * var(--cw))`, `calc(${left + width} * var(--cw)`];
    return `transparent ${start}, transparent ${end} - 1px), var(--line) ${end} - 1px), var(--line) ${end})`;
  });
  return { '--lines': `linear-gradient(to right, ${stops.join(', ')})` } as CSSProperties;
}

function Head({ scale, today, corner }: Pick<Props, 'scale' | 'today' | 'corner'>) {
  const now = columnAt(today, scale);
  return (
    <div className="ghead">
      {corner}
      <div className="months">
        {scale.bands.map(({ key, label, aside, width }) => (
          <div key={key} style={{ gridColumn: `span ${width}` }}>
            {label} {aside && <span className={key.endsWith('-01') ? 'yr jan' : 'yr'}>{aside}</span>}
          </div>
        ))}
      </div>
      <div className="weeks">
        {scale.columns.map((column) => (
          <div
            key={column.key}
            className={column === now ? 'now' : undefined}
            style={column.width > 1 ? { gridColumn: `span ${column.width}` } : undefined}
          >
            {column.label}
            <span className="wn">{column.aside}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

/** Scrolls a row to the top, once for each that is named. */
function useRevealed(scroller: RefObject<HTMLDivElement | null>, rows: Props['rows'], tops: readonly number[], key: string | null) {
  const done = useRef<string | null>(null);
  useLayoutEffect(() => {
    const top = tops[rows.findIndex((row) => row.key === key)];
    if (key === null || top === undefined || done.current === key || !scroller.current) return;
    done.current = key;
    scroller.current.scrollTop = top;
  }, [scroller, rows, tops, key]);
}

/** Keeps the row under the pointer where it is when somebody else's change adds, removes or resizes rows above it. */
function useStillUnderPointer(scroller: RefObject<HTMLDivElement | null>, rows: Props['rows'], tops: readonly number[]) {
  const hovered = useRef<string | null>(null);
  const before = useRef(new Map<string, number>());
  useLayoutEffect(() => {
    const now = new Map(rows.map(({ key }, index) => [key, tops[index] ?? 0]));
    const key = hovered.current ?? '';
    const [was, is] = [before.current.get(key), now.get(key)];
    before.current = now;
    if (was !== undefined && is !== undefined && was !== is && scroller.current) scroller.current.scrollTop += is - was;
  }, [rows, tops, scroller]);
  return {
    onPointerMove: (event: PointerEvent<HTMLDivElement>) => {
      const row = (event.target as HTMLElement).closest<HTMLElement>('.row');
      hovered.current = row?.dataset['project'] ?? row?.dataset['person'] ?? null;
    },
    onPointerLeave: () => {
      hovered.current = null;
    },
  };
}

interface Seen extends ColumnsSeen {
  top: number;
  height: number;
  density: string;
  /** It is wider than its place. */
  flows: boolean;
}

/** What of the rows is in view, everything while the page is printed; and how much room a column has for its words. */
function useView(scroller: RefObject<HTMLDivElement | null>, columns: number) {
  // The window bounds the grid: nothing below it is drawn before the grid is measured.
  const [view, setView] = useState<Seen>({ top: 0, height: innerHeight, density: '', flows: false, ...columnsSeen(0, 0, 0, columns) });
  const all = usePrinting();
  const read = useCallback(
    (element: HTMLElement) => {
      const width = (element.querySelector('.weeks')?.getBoundingClientRect().width ?? 0) / columns;
      const next = {
        top: scrolledTo(element),
        height: element.clientHeight,
        density: densityOf(width),
        flows: element.scrollWidth > element.clientWidth + 1,
        ...columnsSeen(element.scrollLeft, element.clientWidth, width, columns),
      };
      setView((old) => (Object.entries(next).every(([key, value]) => old[key as keyof Seen] === value) ? old : next));
    },
    [columns],
  );
  useScrolled(scroller, read);
  return useMemo(() => ({ ...view, all }), [view, all]);
}

/** Pixels of a column below which its number goes, and below which only every fourth is named. Nothing is measured before layout. */
const densityOf = (width: number): string => (width === 0 || width >= 50 ? '' : width >= 34 ? 'dense' : 'dense tight');
