import { type TreeNodeView, treeLevel } from '@sidekick/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { Icon } from '../../ui/icons.tsx';
import { chainTo, hrefOf, useBelow } from './queries.ts';
import { moveThrough } from './tree-keys.ts';

/** As the server names a node: a folder without a page by its path. */
const keyOf = (node: TreeNodeView) => node.id ?? node.path;
const countOf = (node: TreeNodeView) => node.total ?? node.children.length;

/** A level as far as it was sent. */
interface Level {
  items: TreeNodeView[];
  from?: number | undefined;
  total?: number | undefined;
}

interface Shared {
  path: string;
  isOpen: (node: TreeNodeView) => boolean;
  set: (node: TreeNodeView, open: boolean) => void;
}

/**
 * The handbook's pages as a tree of links, a branch at a time. The way to the page on screen is open; what the reader opens or
 * closes stays so. Arrows move through what is visible, right opens, left closes or goes up, Home and End go to the ends.
 */
export function Tree({ level, path }: { level: Level; path: string }) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const way = useMemo(() => new Set(chainTo(level.items, path).map(keyOf)), [level, path]);
  const nav = useRef<HTMLElement>(null);
  const isOpen = (node: TreeNodeView) => opened.get(keyOf(node)) ?? way.has(keyOf(node));
  const set = (node: TreeNodeView, open: boolean) => setOpened((before) => new Map(before).set(keyOf(node), open));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page on screen scrolls into view when it changes
  useEffect(() => {
    if (nav.current) showCurrent(nav.current);
  }, [path, level]);
  return (
    <nav className="tree" aria-label="Handbook" ref={nav} onKeyDown={moveThrough}>
      <ul>
        <Nodes node="" level={level} depth={0} path={path} isOpen={isOpen} set={set} />
      </ul>
    </nav>
  );
}

/** Scrolls the tree's own box, never the page, until the page on screen is in it. */
function showCurrent(nav: HTMLElement): void {
  const link = nav.querySelector('[aria-current]')?.getBoundingClientRect();
  const box = nav.parentElement;
  const room = box?.getBoundingClientRect();
  if (!link || !box || !room || (link.top >= room.top && link.bottom <= room.bottom - 56)) return;
  box.scrollTop += link.top - room.top - room.height / 3;
}

/** The rows of a level, and what of a long one was not sent, on demand. */
function Nodes({ node, level, depth, ...shared }: Shared & { node: string; level: Level; depth: number }) {
  const { items, from = 0, total = items.length } = level;
  const [before, setBefore] = useState(0);
  const [after, setAfter] = useState(0);
  const first = Math.max(0, from - before * treeLevel);
  const end = from + items.length + after * treeLevel;
  const starts = (count: number, at: (n: number) => number) => Array.from({ length: count }, (_, n) => at(n));
  const rest = { node, depth, ...shared };
  return (
    <>
      {first > 0 && <More words={`${first} before these`} show={() => setBefore(before + 1)} />}
      {starts(before, (n) => from - (before - n) * treeLevel).map((at) => (
        <Rest key={at} from={Math.max(0, at)} until={Math.min(from, at + treeLevel)} {...rest} />
      ))}
      {items.map((one) => (
        <Row key={keyOf(one)} one={one} depth={depth} {...shared} />
      ))}
      {starts(after, (n) => from + items.length + n * treeLevel).map((at) => (
        <Rest key={at} from={at} until={at + treeLevel} {...rest} />
      ))}
      {end < total && <More words={`${total - end} more`} show={() => setAfter(after + 1)} />}
    </>
  );
}

const More = ({ words, show }: { words: string; show: () => void }) => (
  <li>
    <button type="button" className="btn quiet" onClick={show}>
      {words}
    </button>
  </li>
);

function Rest({ node, from, until, depth, ...shared }: Shared & { node: string; from: number; until: number; depth: number }) {
  const level = useBelow(node, from);
  return level.data?.items.slice(0, until - from).map((one) => <Row key={keyOf(one)} one={one} depth={depth} {...shared} />);
}

function Row({ one, depth, ...shared }: Shared & { one: TreeNodeView; depth: number }) {
  const { path, isOpen, set } = shared;
  const open = isOpen(one);
  const parent = countOf(one) > 0;
  return (
    <li>
      <div className="node" style={{ paddingLeft: depth * 12 }}>
        {parent ? (
          <button
            type="button"
            className="ch"
            aria-expanded={open}
            aria-label={`${open ? 'Close' : 'Open'} ${one.title}`}
            tabIndex={-1}
            onClick={() => set(one, !open)}
          >
            <Icon name={open ? 'down' : 'right'} />
          </button>
        ) : (
          <i className="ch" />
        )}
        <Link
          to={hrefOf(one.path)}
          aria-current={one.path === path ? 'page' : undefined}
          data-open={parent ? open : undefined}
          onClick={() => parent && !open && set(one, true)}
        >
          {one.title}
        </Link>
      </div>
      {parent && open && (
        <ul>
          {one.children.length > 0 ? (
            <Nodes node={keyOf(one)} level={{ items: one.children, from: one.from, total: one.total }} depth={depth + 1} {...shared} />
          ) : (
            <Branch node={keyOf(one)} depth={depth + 1} {...shared} />
          )}
        </ul>
      )}
    </li>
  );
}

/** A branch that the way does not open: fetched when the reader does. */
function Branch({ node, depth, ...shared }: Shared & { node: string; depth: number }) {
  const level = useBelow(node, 0);
  if (level.error) return <li className="muted">It did not load. Close and open it again.</li>;
  return level.data && <Nodes node={node} level={level.data} depth={depth} {...shared} />;
}
