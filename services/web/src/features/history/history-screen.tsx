import './history.css';
import { listOf, PageView, RevisionSummary, RevisionView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import type { z } from 'zod';
import { ask, askAll } from '../../app/api.ts';
import { useTitle } from '../../app/title.ts';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { Preview } from '../editor/preview.tsx';
import { revisionsKey } from '../handbook/keys.ts';
import { hrefOf } from '../handbook/queries.ts';

type Summary = z.infer<typeof RevisionSummary>;

/** `/history/<page>?revision=`: who changed the page when, and its text then. */
export function HistoryScreen() {
  const { id = '' } = useParams();
  const [params] = useSearchParams();
  const page = useQuery({ queryKey: ['content', 'page-by-id', id], queryFn: () => ask(PageView, `/pages/${id}`) });
  const revisions = useQuery({
    queryKey: revisionsKey(id),
    queryFn: ({ signal }) => askAll<Summary>(listOf(RevisionSummary) as never, `/pages/${id}/revisions`, {}, signal),
  });
  useTitle(page.data ? `History of ${page.data.title}` : 'History');
  const shown = params.get('revision') ?? revisions.data?.[0]?.id;
  const error = page.error ?? revisions.error;
  return (
    <main className="wrap">
      <nav className="bc" aria-label="Breadcrumb">
        <Link to="/p/">Handbook</Link>
        <span aria-hidden="true">/</span>
        {page.data && <Link to={hrefOf(page.data.path)}>{page.data.title}</Link>}
      </nav>
      <div className="hh">
        <h1>History</h1>
      </div>
      {error && <ProblemNote error={error} retry={() => void Promise.all([page.refetch(), revisions.refetch()])} />}
      {!error && !revisions.data && <Lines count={6} label="Loading the history" />}
      {revisions.data && (
        <div className="hist">
          <ol>
            {revisions.data.map(({ id: revision, at, by, message, origin }) => (
              <li key={revision}>
                <Link to={`?revision=${revision}`} replace aria-current={revision === shown ? 'true' : undefined}>
                  <b>{message || (origin === 'import' ? 'Imported' : 'Edited')}</b>
                  <small>
                    {atMinute(at)} · {by}
                  </small>
                </Link>
              </li>
            ))}
          </ol>
          {shown && <Revision key={shown} id={shown} path={page.data?.path ?? ''} />}
        </div>
      )}
    </main>
  );
}

function Revision({ id, path }: { id: string; path: string }) {
  const revision = useQuery({
    queryKey: ['content', 'revision', id],
    queryFn: () => ask(RevisionView, `/revisions/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const [raw, setRaw] = useState(false);
  if (revision.error) return <ProblemNote error={revision.error} retry={() => void revision.refetch()} />;
  if (!revision.data) return <Lines count={8} label="Loading the text" />;
  return (
    <section aria-label="The page then">
      <div className="hh">
        <h2>{revision.data.title}</h2>
        <span className="grow" />
        <div className="seg">
          <button type="button" aria-pressed={!raw} onClick={() => setRaw(false)}>
            Page
          </button>
          <button type="button" aria-pressed={raw} onClick={() => setRaw(true)}>
            Markdown
          </button>
        </div>
      </div>
      {raw ? <pre className="text">{revision.data.body}</pre> : <Preview body={revision.data.body} path={path} />}
    </section>
  );
}
