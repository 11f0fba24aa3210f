import type { PageView } from '@sidekick/contracts';
import { Link, useNavigate } from 'react-router-dom';
import { Icon } from '../../ui/icons.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useBringBack, useQuickChange } from './changes.ts';
import { hrefOf } from './queries.ts';

/** What one does to a page less often than reading or mending it. */
export function PageMenu({ page }: { page: PageView }) {
  const change = useQuickChange();
  const navigate = useNavigate();
  const bringBack = useBringBack();
  const isPublic = page.visibility === 'public';
  const show = () =>
    change(
      page,
      { visibility: isPublic ? 'internal' : 'public' },
      { visibility: page.visibility },
      isPublic ? `“${page.title}” is internal now` : `Everybody can read “${page.title}” now`,
    );
  const archive = async () => {
    const done = await change(page, { status: 'archived' }, { status: 'published' }, `Archived “${page.title}”`);
    const above = page.breadcrumb.filter(({ id }) => id !== page.id).at(-1);
    if (done) void navigate(hrefOf(above?.path ?? ''));
  };
  return (
    <Menu position="bottom-end" width={208} withinPortal>
      <Menu.Target>
        <button type="button" className="btn quiet icon" aria-label="More: history, rename, archive">
          <Icon name="more" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to={`/history/${page.id}`}>
          History
        </Menu.Item>
        <Menu.Item component={Link} to={`/edit/${page.id}?panel=about`}>
          Rename, move, tags, owners
        </Menu.Item>
        <Menu.Item component={Link} to={`/new?below=${encodeURIComponent(page.path)}`}>
          New page below this
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => void show()}>{isPublic ? 'Make it internal' : 'Make it public'}</Menu.Item>
        {page.status === 'archived' ? (
          <Menu.Item onClick={() => void bringBack(page)}>Bring back</Menu.Item>
        ) : (
          <Menu.Item onClick={() => void archive()}>Archive</Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
