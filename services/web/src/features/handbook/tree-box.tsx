import type { TreeAnswer } from '@sidekick/contracts';
import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import { Link } from 'react-router-dom';
import { composing } from '../../app/input-method.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { Tree } from './tree.tsx';

interface Props {
  level: TreeAnswer;
  path: string;
  loading: boolean;
  /** The level of the page on screen is on its way; `level` is that of the one before. */
  coming: boolean;
  error: Error | null;
  retry: () => void;
}

/** Opens the tree where it does not stand beside the page. */
export const ShowTree = createContext<() => void>(() => {});

/** The tree at the side; on a phone a sheet while `sheet`. */
export function TreeBox({ sheet, close, ...contents }: Props & { sheet: boolean; close: () => void }) {
  return (
    <>
      <div className="treebox">
        <Contents {...contents} />
      </div>
      {sheet && (
        <TreeSheet close={close}>
          <Contents {...contents} />
        </TreeSheet>
      )}
    </>
  );
}

export function TreeButton() {
  const show = useContext(ShowTree);
  return <Button className="only-s tb" icon="menu" aria-label="Show the handbook tree" aria-haspopup="dialog" onClick={show} />;
}

function Contents({ level, path, loading, coming, error, retry }: Props) {
  const { me } = useSession();
  return (
    <>
      {loading && (
        <div className="tree">
          <Lines count={10} label="Loading the tree" />
        </div>
      )}
      {error && level.items.length === 0 && <ProblemNote error={error} retry={retry} what="The tree did not load" />}
      {!loading && <Tree level={level} path={path} coming={coming} />}
      {me && (
        <nav className="treeacts" aria-label="Add pages">
          <Link className="btn quiet" to={`/new?below=${encodeURIComponent(path)}`}>
            <Icon name="plus" />
            New page
          </Link>
          <Link className="btn quiet" to="/imports">
            <Icon name="upload" />
            Import
          </Link>
          <Link className="btn quiet" to="/p/?archived">
            <Icon name="clock" />
            Archived
          </Link>
        </nav>
      )}
    </>
  );
}

function TreeSheet({ close, children }: { close: () => void; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    box.current?.querySelector<HTMLElement>('[aria-current],a,button')?.focus();
    const pressed = (event: KeyboardEvent) => event.key === 'Escape' && !composing(event) && close();
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('keydown', pressed);
      before?.focus();
    };
  }, [close]);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside the sheet closes it, as Escape and its button do
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it
    <div className="sheet" onClick={(event) => event.target === event.currentTarget && close()}>
      <div className="treebox" role="dialog" aria-modal="true" aria-label="Handbook tree" ref={box}>
        {children}
      </div>
    </div>
  );
}
