import type { TreeNodeView } from '@sidekick/contracts';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { Icon } from '../../ui/icons.tsx';
import { chainTo, hrefOf } from './queries.ts';

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
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [path, nodes]);
  return (
    <nav className="tree" aria-label="Handbook" ref={nav} onKeyDown={moveThrough}>
      <Level nodes={nodes} path={path} isOpen={isOpen} set={set} depth={0} />
    </nav>
  );
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

function moveThrough(event: KeyboardEvent<HTMLElement>): void {
  const link = event.target as HTMLElement;
  if (link.tagName !== 'A' || event.ctrlKey || event.metaKey || event.altKey) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a')];
  const at = links.indexOf(link as HTMLAnchorElement);
  const toggle = () => link.parentElement?.querySelector('button')?.click();
  const parent = link.closest('ul')?.closest('li')?.querySelector('a');
  const open = link.dataset['open'];
  const go = {
    ArrowDown: () => links[at + 1]?.focus(),
    ArrowUp: () => links[at - 1]?.focus(),
    Home: () => links[0]?.focus(),
    End: () => links.at(-1)?.focus(),
    ArrowRight: () => (open === 'false' ? toggle() : open === 'true' && links[at + 1]?.focus()),
    ArrowLeft: () => (open === 'true' ? toggle() : parent?.focus()),
  }[event.key];
  if (!go) return;
  event.preventDefault();
  go();
}
