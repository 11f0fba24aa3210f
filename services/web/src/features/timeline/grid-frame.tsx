import { daysBetween } from '@sidekick/calendar/iso';
import {
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { monthSpans, weekNumber } from '../../staffing/format.ts';
import { arrow } from './grid-keys.ts';
import { useTip } from './tip.tsx';
import { topsOf, visibleRows } from './window.ts';

interface Props {
  scroller: RefObject<HTMLDivElement | null>;
  weeks: readonly string[];
  mondays: readonly string[];
  today: string;
  label: string;
  className?: string;
  corner: ReactNode;
  /** Stays under the head, above the rows. */
  lead?: ReactNode;
  rows: readonly { key: string; height: number; render: () => ReactNode }[];
  onKeyDown?: (event: KeyboardEvent<HTMLDivElement>) => void;
  onPointerDown?: (event: PointerEvent<HTMLDivElement>) => void;
  onClick?: (event: React.MouseEvent<HTMLDivElement>) => void;
}

/** Columns before today, as a fraction: where the line of today stands. */
export const todayColumn = (first: string, today: string): number => daysBetween(first, today) / 7;

/** Weeks across, rows down: sticky head and first column, months, today; only rows near the view are in the document. */
export function GridFrame(props: Props) {
  const { scroller, weeks, mondays, today, rows } = props;
  const view = useView(scroller, weeks.length);
  const tip = useTip(scroller);
  const heights = rows.map(({ height }) => height);
  const { tops, total } = topsOf(heights);
  const hover = useStillUnderPointer(scroller, rows, tops);
  const { start, end } = view.all ? { start: 0, end: rows.length } : visibleRows(heights, view.top, view.height);
  const now = todayColumn(mondays[0] ?? today, today);
  const shown = now >= 0 && now < weeks.length;
  const style = { '--n': weeks.length, '--now': now, '--past': Math.max(0, Math.min(weeks.length, Math.floor(now))) } as CSSProperties;
  const after = total - (tops[end] ?? total);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a scrolling grid that hands keys and the pointer of its buttons on to one place
    <div
      className={['grid', props.className, weeks.length > 26 ? 'all' : weeks.length > 16 && 'many', view.density].filter(Boolean).join(' ')}
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="region"
      aria-label={props.label}
      style={style}
      onKeyDown={(event) => {
        // What a key moves is no longer what the words told.
        tip.hide();
        if (!arrow(event)) props.onKeyDown?.(event);
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
      onBlur={tip.hide}
      onClick={props.onClick}
    >
      {tip.shown}
      <div className="gw">
        <Head weeks={weeks} mondays={mondays} today={today} corner={props.corner} />
        {props.lead}
        <div style={{ height: tops[start] ?? 0 }} />
        {rows.slice(start, end).map(({ key, render }) => (
          <RowSlot key={key} render={render} />
        ))}
        <div style={{ height: end >= rows.length ? 0 : after }} />
        {shown && <div className="today" />}
      </div>
    </div>
  );
}

const RowSlot = ({ render }: { render: () => ReactNode }) => render();

function Head({ weeks, mondays, today, corner }: Pick<Props, 'weeks' | 'mondays' | 'today' | 'corner'>) {
  return (
    <div className="ghead">
      {corner}
      <div className="months">
        {monthSpans(weeks).map(({ key, label, columns }) => (
          <div key={key} style={{ gridColumn: `span ${columns}` }}>
            {label.split(' ')[0]} <span className={key.endsWith('-01') ? 'yr jan' : 'yr'}>{label.split(' ')[1]}</span>
          </div>
        ))}
      </div>
      <div className="weeks">
        {weeks.map((week, index) => {
          const monday = mondays[index] ?? '';
          const days = daysBetween(monday, today);
          return (
            <div key={week} className={days >= 0 && days < 7 ? 'now' : undefined}>
              {Number(monday.slice(8))}
              <span className="wn">{weekNumber(week)}</span>
            </div>
          );
        })}
      </div>
    </div>
  );
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

/** What of the rows is in view, everything while the page is printed; and how much room a week has for its words. */
function useView(scroller: RefObject<HTMLDivElement | null>, weeks: number) {
  // The window bounds the grid: nothing below it is drawn before the grid is measured.
  const [view, setView] = useState({ top: 0, height: innerHeight, all: false, density: '' });
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let frame = 0;
    const read = () => {
      frame = 0;
      // Steps of 200 px: scrolling draws rows ahead, not at every pixel.
      const top = Math.floor(element.scrollTop / 200) * 200;
      const density = densityOf((element.querySelector('.weeks')?.getBoundingClientRect().width ?? 0) / weeks);
      const height = element.clientHeight;
      setView((old) => (old.top === top && old.height === height && old.density === density ? old : { ...old, top, height, density }));
    };
    const later = () => {
      frame ||= requestAnimationFrame(read);
    };
    read();
    element.addEventListener('scroll', later, { passive: true });
    const resized = new ResizeObserver(later);
    resized.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', later);
      resized.disconnect();
    };
  }, [scroller, weeks]);
  useEffect(() => {
    const all = (on: boolean) => () => setView((old) => ({ ...old, all: on }));
    const [before, after] = [all(true), all(false)];
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return view;
}

/** Pixels of a week below which its number goes, and below which only every fourth is named. Nothing is measured before layout. */
const densityOf = (width: number): string => (width === 0 || width >= 50 ? '' : width >= 34 ? 'dense' : 'dense tight');
