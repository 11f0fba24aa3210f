import { type MouseEvent, memo, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useFollow } from './follow.ts';
import { chainTo, nodeAt } from './queries.ts';
import { moveThrough } from './tree-keys.ts';
import { countOf, keyOf, type Level, Nodes, type View } from './tree-rows.tsx';

interface Props {
  level: Level;
  path: string;
  /** The level is that of the page before; the one around the path is on its way. */
  coming: boolean;
}

/**
 * The handbook's pages as a tree of links, a branch at a time. The way to the page on screen is open; what the reader opens or
 * closes stays so. Arrows move through what is visible, right opens, left closes or goes up, Home and End go to the ends.
 */
export function Tree({ level, path, coming }: Props) {
  const node = coming ? nodeAt(level.items, path) : undefined;
  return <Drawn level={level} path={path} coming={node !== undefined && node.children.length === 0 && countOf(node) > 0} />;
}

/** Here `coming` is said only where something is below the page on screen and none of it is there: an answer that brings nothing draws nothing. */
const Drawn = memo(function Drawn({ level, path, coming }: Props) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const nav = useRef<HTMLElement>(null);
  /** The branch that a link opened, until the page it leads to is on screen. */
  const [led, setLed] = useState<{ key: string; from: string } | null>(null);
  if (led && led.from !== path) setLed(null);
  const set = useCallback((key: string, open: boolean) => setOpened((before) => new Map(before).set(key, open)), []);
  const follow = useFollow();
  const go = useSame((event: MouseEvent, opens: string | null) => {
    follow(event);
    if (opens === null || !event.defaultPrevented) return;
    setLed({ key: opens, from: path });
    set(opens, true);
  });
  const acts = useMemo(() => ({ set, go }), [set, go]);
  /** Of branches that do not lead to the page on screen: another page changes nothing in them. */
  const aside = useMemo(() => {
    const view: View = {
      path: null,
      isOpen: (key) => opened.get(key) ?? false,
      isComing: (key) => led?.key === key,
      below: () => view,
    };
    return view;
  }, [opened, led]);
  const view = useMemo(() => {
    const way = new Set(chainTo(level.items, path).map(keyOf));
    const view: View = {
      path,
      isOpen: (key) => opened.get(key) ?? way.has(key),
      isComing: (key) => (coming && way.has(key)) || aside.isComing(key),
      below: (node) => (way.has(keyOf(node)) || path.startsWith(`${node.path}/`) ? view : aside),
    };
    return view;
  }, [level, path, coming, opened, aside]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page on screen scrolls into view when it changes
  useEffect(() => {
    // Where things stand is known for nothing in the next frame; now it would be laid out for this alone.
    const frame = requestAnimationFrame(() => nav.current && showCurrent(nav.current));
    return () => cancelAnimationFrame(frame);
  }, [path, level]);
  return (
    <nav className="tree" aria-label="Handbook" ref={nav} onKeyDown={moveThrough}>
      <ul>
        <Nodes node="" level={level} depth={0} view={view} acts={acts} />
      </ul>
    </nav>
  );
});

/** The same function for as long as the tree stands, which does what the newest one does. */
function useSame<A extends unknown[]>(newest: (...args: A) => void): (...args: A) => void {
  const known = useRef(newest);
  useEffect(() => {
    known.current = newest;
  });
  return useCallback((...args: A) => known.current(...args), []);
}

/** Scrolls the tree's own box, never the page, until the page on screen is in it. */
function showCurrent(nav: HTMLElement): void {
  const link = nav.querySelector('[aria-current]')?.getBoundingClientRect();
  const box = nav.parentElement;
  const room = box?.getBoundingClientRect();
  if (!link || !box || !room || (link.top >= room.top && link.bottom <= room.bottom - 56)) return;
  box.scrollTop += link.top - room.top - room.height / 3;
}
