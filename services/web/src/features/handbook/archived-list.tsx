import { listOf, PageSummary, typedKey } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { askAll } from '../../api/ask.ts';
import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';
import { Field } from '../../ui/field.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { Breadcrumb } from './article.tsx';
import { hrefOf } from './queries.ts';

/** `/p/?archived`: every archived page, found by words of its title or address. */
export function ArchivedList() {
  const [words, setWords] = useState('');
  useTitle('Archived pages');
  const pages = useQuery({
    queryKey: ['content', 'archived'],
    queryFn: ({ signal }) => askAll<PageSummary>(listOf(PageSummary) as never, '/pages', { status: 'archived' }, signal),
  });
  const wanted = typedKey(words).split(' ');
  const shown = (pages.data ?? [])
    .filter(({ title, path }) => wanted.every((word) => typedKey(`${title} ${path}`).includes(word)))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return (
    <main className="art">
      <Breadcrumb crumbs={[]} />
      <h1>Archived pages</h1>
      {pages.error && <ProblemNote error={pages.error} retry={() => void pages.refetch()} what="The list did not load" />}
      {pages.isPending && <Lines count={6} label="Loading the list" />}
      {pages.data?.length === 0 && <Empty icon="page" title="No page is archived" />}
      {pages.data && pages.data.length > 0 && (
        <>
          <div className="fm">
            <Field label="Find by title or address" type="search" value={words} onChange={({ target }) => setWords(target.value)} />
          </div>
          <ul className="arch" aria-label="Archived pages">
            {shown.map(({ id, path, title, changedAt }) => (
              <li key={id}>
                <Link className="link" to={hrefOf(path)}>
                  {title}
                </Link>{' '}
                <small className="muted">
                  /{path} · changed {onDay(changedAt)}
                </small>
              </li>
            ))}
          </ul>
          {shown.length === 0 && <p className="muted">None of them has these words in its title or address.</p>}
        </>
      )}
    </main>
  );
}
