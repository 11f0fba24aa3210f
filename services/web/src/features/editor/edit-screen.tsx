import { PageView, RevisionView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router-dom';
import { ApiProblem, ask } from '../../api/ask.ts';
import { useTitle } from '../../app/title.ts';
import { keptDays, useUnsaved } from '../../app/unsaved.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { hrefOf } from '../handbook/index.ts';
import { Conflict } from './conflict.tsx';
import { type Draft, isDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { baseOf, fieldsOf } from './fields.ts';
import { BeginAnew, Gone } from './gone.tsx';
import { Seen } from './seen.tsx';
import { withChoice } from './settle.ts';
import { useDraft } from './use-draft.ts';
import { type Loaded, useSaving } from './use-saving.ts';

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
  if (loaded.error instanceof ApiProblem && loaded.error.status === 404) return <Gone key={id} page={id} />;
  return (
    <main className="wrap">
      {loaded.error && <ProblemNote error={loaded.error} retry={() => void loaded.refetch()} what="The page did not load" />}
      {loaded.isPending && <Lines count={8} label="Loading the page" />}
    </main>
  );
}

function Editing({ first, again }: { first: Loaded; again: () => void }) {
  // Whatever makes the query fetch again, the form keeps what it was begun with.
  const [{ page, body }] = useState(first);
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const unsaved = useUnsaved<Draft>(`page:${page.id}`, { fits: isDraft });
  const draft = useDraft(unsaved, () => ({ id: page.id, fields: fieldsOf(page, body), base: baseOf(page), chosen: [] }));
  const { send, busy, moving, failed, lost, settle } = useSaving({ page, body }, draft, unsaved);
  const takeTheirs = () => {
    if (!unsaved.setAside(draft.latest())) {
      toast('Your text was not set aside', { tone: 'bad', detail: 'This browser has no room for it: save it, or copy it first.' });
      return;
    }
    unsaved.drop();
    toast('Your text is set aside', { detail: `It is offered above the text until you discard it, for ${keptDays} days.` });
    again();
  };
  const isGone = failed?.error.status === 404;
  return (
    <main className="edw">
      <Editor
        heading={`Edit ${page.title}`}
        page={page.id}
        unsaved={unsaved}
        draft={draft}
        save={send}
        busy={busy}
        about={params.get('panel') === 'about'}
        wrong={new Map(failed?.what == null ? [] : failed.error.problem?.errors?.map(({ path, message }) => [nameOf(path), message]))}
        leave={() => void navigate(hrefOf(page.path))}
        note={
          <>
            {moving && (
              <div className="conf" role="status">
                Moving the page and those below it… Thousands take a while: keep this tab open.
              </div>
            )}
            <Seen when={failed}>
              {failed?.what && <ProblemNote error={failed.error} what={failed.what} />}
              {failed?.what === null && (
                <div className="conf" role="alert">
                  {failed.error.message}
                </div>
              )}
              {isGone && <BeginAnew draft={draft.latest} dropped={unsaved.drop} />}
            </Seen>
          </>
        }
        instead={
          lost && (
            <Conflict
              key={lost.base.version}
              lost={lost}
              chosen={draft.now.chosen}
              choose={(choice) => draft.put({ ...draft.latest(), chosen: withChoice(draft.latest().chosen, choice) })}
              busy={busy}
              save={(fields) => {
                // All of it was chosen: that is the own text now, begun from what is stored.
                draft.put({ ...draft.latest(), fields, base: lost.base });
                void send(draft.latest());
              }}
              takeTheirs={takeTheirs}
              back={settle}
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
