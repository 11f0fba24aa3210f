import { type ReactNode, type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { usePrinting, useScrolled } from '../../ui/scrolled.ts';
import { topsOf, visibleRows } from './window.ts';

/** Pixels of a row that was never drawn. */
const guess = 140;
const step = 200;
/** So many rows are all drawn: they cost little, and a browser's own search and a screen reader meet each of them. */
const few = 40;

/** What of a list is near the view; all of it while the page is printed. For whoever draws what scrolls. */
export function useNearRows(scroller: RefObject<HTMLDivElement | null>) {
  const list = useRef<HTMLDivElement>(null);
  // The window bounds the list until it is measured.
  const [view, setView] = useState({ top: 0, height: innerHeight });
  const read = useCallback((element: HTMLElement) => {
    const from = element.getBoundingClientRect().top - (list.current ?? element).getBoundingClientRect().top;
    const next = { top: Math.floor(from / step) * step, height: element.clientHeight };
    setView((old) => (old.top === next.top && old.height === next.height ? old : next));
  }, []);
  useScrolled(scroller, read);
  return { list, view, all: usePrinting() };
}

interface Props {
  near: ReturnType<typeof useNearRows>;
  rows: readonly { readonly key: string; readonly render: () => ReactNode }[];
}

/** Rows of whatever height below each other: of many only those near the view are in the document. Each is one element. */
export function WeekRows({ near: { list, view, all }, rows }: Props) {
  const known = useRef(new Map<string, number>());
  const [, measured] = useState(0);
  const heights = rows.map(({ key }) => known.current.get(key) ?? guess);
  const { start, end } = all || rows.length <= few ? { start: 0, end: rows.length } : visibleRows(heights, view.top, view.height);
  const { tops, total } = topsOf(heights);
  const shown = rows.slice(start, end);
  useLayoutEffect(() => {
    let isNew = false;
    shown.forEach(({ key }, index) => {
      // The first child is the room of what is left out before.
      const { offsetHeight: height = 0 } = (list.current?.children[index + 1] ?? {}) as Partial<HTMLElement>;
      // Nothing has a height before layout.
      if (height === 0 || known.current.get(key) === height) return;
      known.current.set(key, height);
      isNew = true;
    });
    if (isNew) measured((times) => times + 1);
  });
  return (
    <div ref={list}>
      <div style={{ height: tops[start] ?? 0 }} />
      {shown.map(({ key, render }) => (
        <Row key={key} render={render} />
      ))}
      <div style={{ height: end >= rows.length ? 0 : total - (tops[end] ?? total) }} />
    </div>
  );
}

const Row = ({ render }: { render: () => ReactNode }) => render();
