import type { TreeNodeView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Icon } from '../../ui/icons.tsx';
import { Below, Breadcrumb } from './article.tsx';
import { chainTo, useTree } from './queries.ts';

interface Props {
  path: string;
  title: string;
  nodes: TreeNodeView[];
  /** How many there are, where not all were sent. */
  total?: number | undefined;
}

/** A folder without a page of its own leads to the list of what is in it. */
export function FolderView({ path, title, nodes, total = nodes.length }: Props) {
  const { me } = useSession();
  const tree = useTree(path);
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
      {total > nodes.length && <p className="muted">and {total - nodes.length} more: the tree shows all of them</p>}
    </>
  );
}
