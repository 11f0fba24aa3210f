import { type TreeNodeView, treeLevel } from '@sidekick/contracts';
import { type MouseEvent, memo, useRef, useState } from 'react';
import { Icon } from '../../ui/icons.tsx';
import { hrefOf, useBelow } from './queries.ts';

/** As the server names a node: a folder without a page by its path. */
export const keyOf = (node: TreeNodeView): string => node.id ?? node.path;
export const countOf = (node: TreeNodeView): number => node.total ?? node.children.length;

/** A level as far as it was sent. */
export interface Level {
  items: TreeNodeView[];
  from?: number | undefined;
  total?: number | undefined;
}

/** What of the tree, or of a branch, is shown; another one where something in it is shown in another way. */
export interface View {
  /** The page on screen; null where it is not in the branch. */
  path: string | null;
  isOpen(key: string): boolean;
  /** Whether what is below it is being fetched with the page on screen. */
  isComing(key: string): boolean;
  /** What is shown below a node. */
  below(node: TreeNodeView): View;
}
/** What rows do; the same for as long as the tree stands. */
export interface Acts {
  set(key: string, open: boolean): void;
  /** Follows a link; `opens` names a closed branch, which then opens. */
  go(event: MouseEvent, opens: string | null): void;
}
interface Below {
  depth: number;
  view: View;
  acts: Acts;
}

/** The rows of a level, and what of a long one was not sent, on demand. */
export function Nodes({ node, level, ...below }: Below & { node: string; level: Level }) {
  const { items, from = 0, total = items.length } = level;
  const [before, setBefore] = useState(0);
  const [after, setAfter] = useState(0);
  const first = Math.max(0, from - before * treeLevel);
  const end = from + items.length + after * treeLevel;
  const starts = (count: number, at: (n: number) => number) => Array.from({ length: count }, (_, n) => at(n));
  return (
    <>
      {first > 0 && <More words={`${first} before these`} show={() => setBefore(before + 1)} />}
      {starts(before, (n) => from - (before - n) * treeLevel).map((at) => (
        <Rest key={at} node={node} from={Math.max(0, at)} until={Math.min(from, at + treeLevel)} {...below} />
      ))}
      <Rows nodes={items} {...below} />
      {starts(after, (n) => from + items.length + n * treeLevel).map((at) => (
        <Rest key={at} node={node} from={at} until={at + treeLevel} {...below} />
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

function Rest({ node, from, until, ...below }: Below & { node: string; from: number; until: number }) {
  const level = useBelow(node, from);
  return level.data && <Rows nodes={level.data.items.slice(0, until - from)} {...below} />;
}

function Rows({ nodes, depth, view, acts }: Below & { nodes: readonly TreeNodeView[] }) {
  return nodes.map((one) => {
    const key = keyOf(one);
    const open = countOf(one) > 0 && view.isOpen(key) ? view.below(one) : null;
    return <Row key={key} one={one} depth={depth} here={one.path === view.path} open={open} acts={acts} />;
  });
}

interface RowProps {
  one: TreeNodeView;
  depth: number;
  here: boolean;
  /** What is shown below it; null where it is closed or has nothing below. */
  open: View | null;
  acts: Acts;
}

/** Every visit to another page brings the tree anew: rows that look as before are left alone. */
const Row = memo(function Row({ one, depth, here, open, acts }: RowProps) {
  const key = keyOf(one);
  const parent = countOf(one) > 0;
  const isOpen = open !== null;
  const go = (event: MouseEvent) => acts.go(event, parent && !isOpen ? key : null);
  return (
    <li>
      <div className={here ? 'node here' : 'node'} style={{ paddingLeft: depth * 12 }}>
        {parent ? (
          <button
            type="button"
            className="ch"
            aria-expanded={isOpen}
            aria-label={`${isOpen ? 'Close' : 'Open'} ${one.title}`}
            tabIndex={-1}
            onClick={() => acts.set(key, !isOpen)}
          >
            <Icon name={isOpen ? 'down' : 'right'} />
          </button>
        ) : (
          <i className="ch" />
        )}
        <a href={hrefOf(one.path)} aria-current={here ? 'page' : undefined} data-open={parent ? isOpen : undefined} onClick={go}>
          {one.title}
        </a>
      </div>
      {open && (
        <ul>
          <Branch one={one} depth={depth + 1} view={open} acts={acts} />
        </ul>
      )}
    </li>
  );
}, looksSame);

function looksSame(a: RowProps, b: RowProps): boolean {
  if (a.depth !== b.depth || a.here !== b.here || a.open !== b.open || a.acts !== b.acts) return false;
  if (a.one === b.one) return true;
  return (
    a.open === null &&
    keyOf(a.one) === keyOf(b.one) &&
    a.one.path === b.one.path &&
    a.one.title === b.one.title &&
    countOf(a.one) > 0 === countOf(b.one) > 0
  );
}

/** What is below a node: sent with the way to the page on screen, else fetched when the reader opens it. */
function Branch({ one, ...below }: Below & { one: TreeNodeView }) {
  const node = keyOf(one);
  const isSent = one.children.length > 0;
  const fetched = useBelow(node, 0, !isSent && !below.view.isComing(node));
  const known = useRef<Level>(undefined);
  const level = isSent ? { items: one.children, from: one.from, total: one.total } : fetched.data;
  if (!level && fetched.error) return <li className="muted">It did not load. Close and open it again.</li>;
  known.current = level ?? known.current;
  return known.current && <Nodes node={node} level={known.current} {...below} />;
}
