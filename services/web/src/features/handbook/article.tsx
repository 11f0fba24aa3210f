import type { Crumb, PageView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { Icon } from '../../ui/icons.tsx';
import { onDay } from '../../ui/instants.ts';
import { ArchivedNote } from './archived-note.tsx';
import { useFollow } from './follow.ts';
import { PageMenu } from './page-menu.tsx';
import { Prose } from './prose.tsx';
import { hrefOf } from './queries.ts';
import { StaleNote, useOverdue } from './stale-note.tsx';
import { FoldedToc } from './toc.tsx';
import { TreeButton } from './tree-box.tsx';

export function Article({ page }: { page: PageView }) {
  const { me } = useSession();
  const overdue = useOverdue(page);
  return (
    <main className="art">
      <Breadcrumb crumbs={page.breadcrumb.filter(({ id }) => id !== page.id)} front={page.path === ''} />
      <div className="arth">
        <h1>{page.title}</h1>
        {me && (
          <span>
            <Link className="btn" to={`/edit/${page.id}`}>
              <Icon name="edit" />
              Edit
            </Link>
            <PageMenu page={page} />
          </span>
        )}
      </div>
      <div className="meta">
        {me && <span className="tag">{page.visibility === 'public' ? 'Public' : 'Internal'}</span>}
        {page.reviewedAt && !overdue && <span>Reviewed {onDay(page.reviewedAt)}</span>}
        {page.dueAt && overdue > 0 && <span className="warn">Review was due {onDay(page.dueAt)}</span>}
        <span>{page.minutes} min read</span>
        {page.tags.map((tag) => (
          <Link key={tag} className="tag" to={`/search?q=${encodeURIComponent(`tag:${/\s/.test(tag) ? `"${tag}"` : tag}`)}`}>
            {tag}
          </Link>
        ))}
      </div>
      {page.status === 'archived' && <ArchivedNote page={page} />}
      {me && overdue > 0 && <StaleNote page={page} />}
      <FoldedToc headings={page.headings} />
      <Prose html={page.html} />
      {page.children.length > 0 && <Below title="In this section" pages={page.children} />}
      <Neighbours page={page} />
    </main>
  );
}

export function Breadcrumb({ crumbs, front = false }: { crumbs: readonly { path: string; title: string }[]; front?: boolean }) {
  return (
    <nav className="bc" aria-label="Breadcrumb">
      <TreeButton />
      {!front && <Link to="/p/">Handbook</Link>}
      {crumbs
        .filter(({ path }) => path !== '')
        .map(({ path, title }) => (
          <span key={path} className="cr">
            <span aria-hidden="true">/</span>
            <Link to={hrefOf(path)}>{title}</Link>
          </span>
        ))}
    </nav>
  );
}

export function Below({ title, pages }: { title: string; pages: readonly { path: string; title: string }[] }) {
  const follow = useFollow();
  return (
    <nav className="below" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {pages.map((page) => (
          <li key={page.path}>
            <a className="link" href={hrefOf(page.path)} onClick={follow}>
              {page.title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Neighbours({ page: { previous, next } }: { page: PageView }) {
  if (!previous && !next) return null;
  const link = (crumb: Crumb, words: string, className: string) => (
    <Link className={className} to={hrefOf(crumb.path)}>
      <small>{words}</small>
      {crumb.title}
    </Link>
  );
  return (
    <nav className="pn" aria-label="Previous and next page">
      {previous && link(previous, 'Previous', 'prev')}
      {next && link(next, 'Next', 'nx')}
    </nav>
  );
}
