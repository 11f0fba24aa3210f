import './history.css';
import { listOf, PageChange, PageView, RevisionSummary } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams, useSearchParams } from 'react-router-dom';
import { ask, askAll } from '../../api/ask.ts';
import { useTitle } from '../../app/title.ts';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { hrefOf, revisionsKey } from '../handbook/index.ts';
import { Revision, type Summary } from './revision.tsx';
import { sayChange } from './say-change.ts';

/** `/history/<page>?revision=&with=`: who changed the page when, its text then, and what differs from another revision. */
export function HistoryScreen() {
  const { id = '' } = useParams();
  const [params, setParams] = useSearchParams();
  const page = useQuery({ queryKey: ['content', 'page-by-id', id], queryFn: () => ask(PageView, `/pages/${id}`) });
  const revisions = useQuery({
    queryKey: revisionsKey(id),
    queryFn: ({ signal }) => askAll<Summary>(listOf(RevisionSummary) as never, `/pages/${id}/revisions`, {}, signal),
  });
  const changes = useQuery({
    queryKey: ['content', 'page-changes', id],
    queryFn: ({ signal }) => ask(listOf(PageChange), `/pages/${id}/changes`, { signal }),
  });
  useTitle(page.data ? `History of ${page.data.title}` : 'History');
  const all = revisions.data ?? [];
  const shown = all.find((one) => one.id === params.get('revision')) ?? all[0];
  const other = all.find((one) => one.id === params.get('with')) ?? (shown && all[all.indexOf(shown) + 1]);
  const error = page.error ?? revisions.error ?? changes.error;
  const compare = (id: string) => setParams({ ...(shown && { revision: shown.id }), with: id }, { replace: true });
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
      {error && <ProblemNote error={error} retry={() => void Promise.all([page.refetch(), revisions.refetch(), changes.refetch()])} />}
      {!error && !revisions.data && <Lines count={6} label="Loading the history" />}
      {revisions.data && (
        <div className="revs">
          <ol aria-label="Changes, newest first">
            {entries(all, changes.data?.items ?? []).map((entry) => (
              <li key={'id' in entry ? entry.id : `${entry.version} ${entry.at}`}>
                {'id' in entry ? <Text entry={entry} shown={entry === shown} /> : <Other change={entry} />}
              </li>
            ))}
          </ol>
          {shown && page.data && <Revision key={shown.id} page={page.data} shown={shown} other={other} all={all} compare={compare} />}
        </div>
      )}
    </main>
  );
}

/** Texts, and changes of other things between them, newest first. */
function entries(texts: Summary[], changes: PageChange[]): (Summary | PageChange)[] {
  const others = changes.filter(({ fields }) => fields.some((field) => field !== 'text'));
  return [...texts, ...others].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
}

function Text({ entry: { id, message, origin, at, by }, shown }: { entry: Summary; shown: boolean }) {
  return (
    <Link to={`?revision=${id}`} replace aria-current={shown ? 'true' : undefined}>
      <b>{message || (origin === 'import' ? 'Imported' : 'Edited')}</b>
      <small>
        {atMinute(at)} · {by}
      </small>
    </Link>
  );
}

function Other({ change }: { change: PageChange }) {
  return (
    <div className="oth">
      {sayChange(change)}
      <small>
        {atMinute(change.at)} · {change.by}
      </small>
    </div>
  );
}
