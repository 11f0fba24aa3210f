import { PageView, RevisionView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { ApiProblem, ask } from '../../app/api.ts';
import { useTitle } from '../../app/title.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { usePatchPage } from '../handbook/changes.ts';
import { hrefOf } from '../handbook/queries.ts';
import { Conflict } from './conflict.tsx';
import { type Base, type Draft, isDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { fieldsOf } from './fields.ts';
import { type Lost, type Saved, savePage, sayChanges } from './save.ts';
import { Seen } from './seen.tsx';

interface Loaded {
  page: PageView;
  body: string;
}

async function load(id: string): Promise<Loaded> {
  const page = await ask(PageView, `/pages/${id}`);
  const { body } = await ask(RevisionView, `/revisions/${page.revision}`);
  return { page, body };
}

/** `/edit/<id>`: what is loaded once stays the base of the edit, whatever others save meanwhile. */
export function EditScreen() {
  const { id = '' } = useParams();
  const [turn, setTurn] = useState(0);
  const loaded = useQuery({ queryKey: ['editing', id, turn], queryFn: () => load(id), staleTime: Number.POSITIVE_INFINITY, gcTime: 0 });
  useTitle(loaded.data ? `Edit ${loaded.data.page.title}` : 'Edit');
  if (loaded.data) return <Editing key={`${id} ${turn}`} first={loaded.data} again={() => setTurn(turn + 1)} />;
  const gone = loaded.error instanceof ApiProblem && loaded.error.status === 404;
  return (
    <main className="wrap">
      {gone && (
        <Empty
          icon="page"
          title="This page is not there any more"
          action={
            <Link className="btn" to="/p/">
              To the handbook
            </Link>
          }
        />
      )}
      {loaded.error && !gone && <ProblemNote error={loaded.error} retry={() => void loaded.refetch()} what="The page did not load" />}
      {loaded.isPending && <Lines count={8} label="Loading the page" />}
    </main>
  );
}

function Editing({ first, again }: { first: Loaded; again: () => void }) {
  // Whatever makes the query fetch again, the form keeps what it was begun with.
  const [{ page, body }] = useState(first);
  const saved = fieldsOf(page, body);
  const { body: _body, ...meta } = saved;
  const base: Base = { version: page.version, revision: page.revision, fields: meta };
  const [params] = useSearchParams();
  const unsaved = useUnsaved<Draft>(`page:${page.id}`, { fits: isDraft });
  const { send, busy, error, lost, settle } = useSaving({ page, body }, unsaved.drop);
  const navigate = useNavigate();
  const leave = () => void navigate(hrefOf(page.path));
  const takeTheirs = () => {
    unsaved.setAside();
    toast('Your text is set aside', { detail: 'It is offered above the text until you discard it.' });
    again();
  };
  return (
    <main className="edw">
      <Editor
        heading={`Edit ${page.title}`}
        page={page.id}
        unsaved={unsaved}
        saved={saved}
        base={base}
        save={(draft, along) => send({ fields: draft.fields, base: draft.base ?? base }, along)}
        busy={busy}
        about={params.get('panel') === 'about'}
        wrong={new Map(error?.problem?.errors?.map(({ path, message }) => [nameOf(path), message]))}
        leave={leave}
        note={<Seen when={error}>{error && <ProblemNote error={error} what="It was not saved. Your text is still here." />}</Seen>}
        instead={
          lost && (
            <Conflict
              lost={lost}
              busy={busy}
              save={(fields) => void send({ fields, base: lost.base })}
              takeTheirs={takeTheirs}
              back={() => settle()}
            />
          )
        }
      />
    </main>
  );
}

/** A field of the request by the name it has in the form. */
const nameOf = (path: string): string =>
  ({ 'place.parent': 'parent', 'place.order': 'order', reviewEveryWeeks: 'review' })[path] ?? path.replace(/\..*/, '');

/** Saves, merges with what others saved, and leads to the page. `lost` is what has to be chosen first. */
function useSaving({ page, body }: Loaded, drop: () => void) {
  const [error, setError] = useState<ApiProblem | null>(null);
  const [lost, setLost] = useState<Lost | null>(null);
  const [busy, setBusy] = useState(false);
  const [along, setAlong] = useState(true);
  const patchPage = usePatchPage();
  const navigate = useNavigate();
  const done = (saved: Extract<Saved, { did: 'saved' }>) => {
    drop();
    tell(saved);
    void navigate(hrefOf(saved.path));
  };
  const send = async (draft: Draft & { base: Base }, follow = along) => {
    setBusy(true);
    setError(null);
    setAlong(follow);
    try {
      const saved = await savePage({ page, body, patchPage, along: follow }, draft);
      if (saved.did === 'saved') done(saved);
      else setLost(saved.lost);
    } catch (failure) {
      setError(failure instanceof ApiProblem ? failure : new ApiProblem(0, 'failed', String(failure)));
    } finally {
      setBusy(false);
    }
  };
  return { send, busy, error, lost, settle: () => setLost(null) };
}

function tell({ title, since, left }: Extract<Saved, { did: 'saved' }>): void {
  const merged = sayChanges(since);
  toast(`Published “${title}”`, {
    detail: merged === '' ? undefined : `Merged with what ${merged.replace(' changed ', ' changed meanwhile: ')}`,
  });
  const [first, ...more] = left;
  if (first) {
    const others = more.length > 0 ? `, and ${more.length} more` : '';
    toast(`${left.length === 1 ? 'One page' : `${left.length} pages`} below did not move along`, {
      tone: 'bad',
      detail: `/${first.path}: ${first.reason}${others}`,
    });
  }
}
