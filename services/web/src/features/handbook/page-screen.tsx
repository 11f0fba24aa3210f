import type { PageView, TreeNodeView } from '@sidekick/contracts';
import { memo, useCallback, useEffect, useRef, useState } from 'react';
import { Navigate, useLocation, useParams } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { ArchivedList } from './archived-list.tsx';
import { Article } from './article.tsx';
import { FolderView } from './folder-view.tsx';
import { Missing } from './missing.tsx';
import { hrefOf, nodeAt, usePage, useTree } from './queries.ts';
import { Side } from './side.tsx';
import { ShowTree, TreeBox } from './tree-box.tsx';

const nothing = { items: [] };

/** `/p/<path>`: a page, a folder's list of children, or what stands where this reader sees neither. */
export function PageScreen() {
  const path = (useParams()['*'] ?? '').replace(/\/+$/, '');
  const { hash, key, search } = useLocation();
  const { me } = useSession();
  const archived = path === '' && me != null && new URLSearchParams(search).has('archived');
  /** The visit for which the tree lies over the page on a phone: going on closes it. */
  const [sheetFor, setSheetFor] = useState<string | null>(null);
  const showTree = useCallback(() => setSheetFor(key), [key]);
  const hideTree = useCallback(() => setSheetFor(null), []);
  const page = usePage(path);
  const tree = useTree(path);
  const nodes = tree.data?.items ?? [];
  useAnchor(page.data?.revision);
  if (page.data && page.data.path !== path) return <Navigate to={hrefOf(page.data.path) + hash} replace />;
  const bare = tree.isSuccess && nodes.length === 0;
  const folder = page.data === null ? nodeAt(nodes, path) : undefined;
  return (
    <ShowTree value={showTree}>
      <div className={bare ? 'doc bare' : 'doc'}>
        {!bare && (
          <TreeBox
            level={tree.data ?? nothing}
            path={path}
            loading={tree.isPending}
            coming={tree.isPlaceholderData}
            error={tree.error}
            retry={() => void tree.refetch()}
            sheet={sheetFor === key}
            close={hideTree}
          />
        )}
        {archived ? (
          <ArchivedList />
        ) : page.data ? (
          <Reading page={page.data} />
        ) : (
          <main className="art">
            {page.isPending && <Lines count={8} label="Loading the page" />}
            {page.error && <ProblemNote error={page.error} retry={() => void page.refetch()} what="The page did not load" />}
            {page.data === null && !tree.isPending && !tree.isPlaceholderData && <Otherwise path={path} nodes={nodes} folder={folder} />}
          </main>
        )}
      </div>
    </ShowTree>
  );
}

/** Drawn once a page, however often the tree beside it changes. */
const Reading = memo(function Reading({ page }: { page: PageView }) {
  useTitle(page.title);
  return (
    <>
      <Article page={page} />
      <Side page={page} />
    </>
  );
});

/** There is no page at the path: its folder, the whole handbook for the front page, or nothing. */
function Otherwise({ path, nodes, folder }: { path: string; nodes: TreeNodeView[]; folder: TreeNodeView | undefined }) {
  const { me } = useSession();
  if (folder) return <FolderView path={path} title={folder.title} nodes={folder.children} total={folder.total} />;
  if (path === '' && nodes.length > 0) return <FolderView path="" title="Handbook" nodes={nodes} />;
  return <Missing path={path} anonymous={me === null} empty={nodes.length === 0} />;
}

/** Goes to the heading named in the address once the page is there, once for each time the reader went to it. */
function useAnchor(revision: string | undefined): void {
  const { hash, key } = useLocation();
  const done = useRef('');
  useEffect(() => {
    if (revision === undefined || hash === '' || done.current === key) return;
    done.current = key;
    const wanted = decode(hash.slice(1));
    const target = document.getElementById(wanted) ?? document.getElementById(wanted.normalize('NFC'));
    target?.scrollIntoView();
  }, [revision, hash, key]);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
