import { PageConflict, PageView, RevisionView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { ApiProblem, ask } from '../../app/api.ts';
import { useTitle } from '../../app/title.ts';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { usePatchPage } from '../handbook/changes.ts';
import { hrefOf } from '../handbook/queries.ts';
import { ConflictNote, type Lost } from './conflict.tsx';
import { dropDraft, type Fields } from './drafts.ts';
import { Editor } from './editor.tsx';
import { fieldsOf, patchOf } from './fields.ts';
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
  if (loaded.data) return <Editing key={`${id} ${turn}`} loaded={loaded.data} again={() => setTurn(turn + 1)} />;
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

function Editing({ loaded: { page, body }, again }: { loaded: Loaded; again: () => void }) {
  const saved = fieldsOf(page, body);
  const [params] = useSearchParams();
  const [error, setError] = useState<ApiProblem | null>(null);
  const [lost, setLost] = useState<(Lost & { fields: Fields }) | null>(null);
  const [busy, setBusy] = useState(false);
  const navigate = useNavigate();
  const patchPage = usePatchPage();
  const save = async (fields: Fields, version: number | null) => {
    setBusy(true);
    setError(null);
    try {
      const patch = patchOf(saved, fields);
      const now = Object.keys(patch).length > 0 ? await patchPage({ id: page.id, version: version ?? page.version }, patch) : page;
      dropDraft(page.id);
      toast(`Published “${now.title}”`);
      void navigate(hrefOf(now.path));
    } catch (failure) {
      const current = failure instanceof ApiProblem && failure.status === 412 ? await currentOf(failure, page.id) : null;
      if (current) setLost({ ...current, mine: fields.body, fields });
      else setError(failure instanceof ApiProblem ? failure : new ApiProblem(0, 'failed', String(failure)));
    } finally {
      setBusy(false);
    }
  };
  const takeTheirs = () => {
    dropDraft(page.id);
    again();
  };
  return (
    <main className="edw">
      <Editor
        heading={`Edit ${page.title}`}
        draft={page.id}
        saved={saved}
        version={page.version}
        save={(fields, version) => save(fields, lost ? lost.version : version)}
        busy={busy}
        about={params.get('panel') === 'about'}
        wrong={new Map(error?.problem?.errors?.map(({ path, message }) => [path, message]))}
        leave={() => void navigate(hrefOf(page.path))}
        note={
          <Seen when={error ?? lost}>
            {error && <ProblemNote error={error} what="It was not saved. Your text is still here." />}
            {lost && (
              <ConflictNote lost={lost} busy={busy} overwrite={() => void save(lost.fields, lost.version)} takeTheirs={takeTheirs} />
            )}
          </Seen>
        }
      />
    </main>
  );
}

/** What is stored now, from the answer to the lost race or, without it there, asked for. */
async function currentOf(problem: ApiProblem, id: string): Promise<{ version: number; revision: RevisionView } | null> {
  const told = PageConflict.safeParse(problem.problem);
  if (told.success) return told.data.current;
  try {
    const page = await ask(PageView, `/pages/${id}`);
    return { version: page.version, revision: await ask(RevisionView, `/revisions/${page.revision}`) };
  } catch {
    return null;
  }
}
