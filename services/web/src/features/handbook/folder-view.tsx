import type { TreeNodeView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Icon } from '../../ui/icons.tsx';
import { Below, Breadcrumb } from './article.tsx';
import { chainTo, useTree } from './queries.ts';

/** A folder without a page of its own leads to the list of what is in it. */
export function FolderView({ path, title, nodes }: { path: string; title: string; nodes: TreeNodeView[] }) {
  const { me } = useSession();
  const tree = useTree();
  useTitle(title);
  const above = chainTo(tree.data?.items ?? [], path).slice(0, -1);
  return (
    <>
      <Breadcrumb crumbs={above} front={path === ''} />
      <div className="arth">
        <h1>{title}</h1>
        {me && (
          <span>
            <Link className="btn" to={`/new?path=${encodeURIComponent(path)}`}>
              <Icon name="plus" />
              Write its page
            </Link>
          </span>
        )}
      </div>
      <Below title={path === '' ? 'What is in it' : 'In this section'} pages={nodes} />
    </>
  );
}
