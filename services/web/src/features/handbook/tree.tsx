import type { TreeNodeView } from '@sidekick/contracts';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { Icon } from '../../ui/icons.tsx';
import { chainTo, hrefOf } from './queries.ts';
import { moveThrough } from './tree-keys.ts';

const keyOf = (node: TreeNodeView) => node.id ?? `folder:${node.path}`;

/**
 * The handbook's pages as a tree of links. The way to the page on screen is open; what the reader opens or closes stays so.
 * Arrows move through what is visible, right opens, left closes or goes up, Home and End go to the ends.
 */
export function Tree({ nodes, path }: { nodes: TreeNodeView[]; path: string }) {
  const [opened, setOpened] = useState<ReadonlyMap<string, boolean>>(new Map());
  const way = useMemo(() => new Set(chainTo(nodes, path).map(keyOf)), [nodes, path]);
  const nav = useRef<HTMLElement>(null);
  const isOpen = (node: TreeNodeView) => opened.get(keyOf(node)) ?? way.has(keyOf(node));
  const set = (node: TreeNodeView, open: boolean) => setOpened((before) => new Map(before).set(keyOf(node), open));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page on screen scrolls into view when it changes
  useEffect(() => {
    if (nav.current) showCurrent(nav.current);
  }, [path, nodes]);
  return (
    <nav className="tree" aria-label="Handbook" ref={nav} onKeyDown={moveThrough}>
      <Level nodes={nodes} path={path} isOpen={isOpen} set={set} depth={0} />
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

interface LevelProps {
  nodes: TreeNodeView[];
  path: string;
  isOpen: (node: TreeNodeView) => boolean;
  set: (node: TreeNodeView, open: boolean) => void;
  depth: number;
}

function Level({ nodes, path, isOpen, set, depth }: LevelProps) {
  return (
    <ul>
      {nodes.map((node) => {
        const open = isOpen(node);
        const parent = node.children.length > 0;
        return (
          <li key={keyOf(node)}>
            <div className="node" style={{ paddingLeft: depth * 12 }}>
              {parent ? (
                <button
                  type="button"
                  className="ch"
                  aria-expanded={open}
                  aria-label={`${open ? 'Close' : 'Open'} ${node.title}`}
                  tabIndex={-1}
                  onClick={() => set(node, !open)}
                >
                  <Icon name={open ? 'down' : 'right'} />
                </button>
              ) : (
                <i className="ch" />
              )}
              <Link
                to={hrefOf(node.path)}
                aria-current={node.path === path ? 'page' : undefined}
                data-open={parent ? open : undefined}
                onClick={() => parent && !open && set(node, true)}
              >
                {node.title}
              </Link>
            </div>
            {parent && open && <Level nodes={node.children} path={path} isOpen={isOpen} set={set} depth={depth + 1} />}
          </li>
        );
      })}
    </ul>
  );
}
