import { PageView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { ApiProblem, ask, becameOf, bodyOf, isOutcomeUnknown } from '../../api/ask.ts';
import { useIsMounted } from '../../app/is-mounted.ts';
import { useOnlyMe, useStillMe, useToast } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { ulid } from '../../app/ulid.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { hrefOf, pageKey } from '../handbook/index.ts';
import { type Draft, type Fields, isDraft, newPageKey } from './draft.ts';
import { Editor } from './editor.tsx';
import { baseOf, createOf, pathFor } from './fields.ts';
import { Seen } from './seen.tsx';
import { useDraft } from './use-draft.ts';

/** `/new?below=` a page, or `?path=` the address it should have, or `?title=`. */
export function NewPageScreen() {
  const [params] = useSearchParams();
  const about = params.toString();
  // What was written for another address is another text: it is offered, not put here.
  return <NewPage key={about} about={about} params={params} />;
}

function NewPage({ about, params }: { about: string; params: URLSearchParams }) {
  const below = params.get('below') ?? '';
  const title = params.get('title') ?? '';
  const unsaved = useUnsaved<Draft>(newPageKey + about, { fits: isDraft, group: newPageKey });
  const client = useQueryClient();
  const navigate = useNavigate();
  useTitle('New page');
  const begun: Fields = {
    title,
    path: params.get('path') ?? pathFor(below, title),
    body: '',
    visibility: 'internal',
    tags: '',
    message: '',
    parent: null,
    order: '',
    owners: [],
    newOwner: '',
    review: '',
  };
  const begin = (): Draft => ({ id: ulid(), fields: begun, base: null, chosen: [] });
  const draft = useDraft(unsaved, begin, (words) => pathFor(below, words));
  const edit = useUnsaved<Draft>(`page:${draft.now.id}`, { fits: isDraft });
  const here = useIsMounted();
  const stillMe = useStillMe();
  const onlyMe = useOnlyMe();
  const toast = useToast();
  const create = useMutation<PageView, ApiProblem, Draft>({
    mutationFn: (written) => publish(written, onlyMe),
    onSuccess: (page, written) => {
      if (stillMe()) client.setQueryData(pageKey(page.path), page);
      void client.invalidateQueries({ queryKey: ['content'] });
      const read = { label: 'Read it', run: () => void navigate(hrefOf(page.path)) };
      const wroteOn = here() && draft.latest().fields !== written.fields;
      // What was written while it was sent goes on as an edit of the page.
      if (wroteOn && edit.keep({ ...draft.latest(), base: baseOf(page) })) {
        toast(`Published “${page.title}”`, { detail: 'What you wrote since is not in it yet: save it.', action: read });
        unsaved.drop();
        return navigate(`/edit/${page.id}`);
      }
      unsaved.drop(here() ? undefined : written);
      toast(`Published “${page.title}”`, { action: here() ? undefined : read });
      if (here()) read.run();
    },
    onError: (error, { fields }) => {
      if (here() || error.code === 'other-account') return;
      const again = { label: 'Open it', run: () => void navigate(`/new?${about}`) };
      toast(becameOf(error, `“${fields.title}” was not published`, `“${fields.title}” was published`), {
        tone: 'bad',
        detail: 'Your text is kept.',
        action: again,
      });
    },
  });
  const errors = create.error?.problem?.errors ?? [];
  const taken = create.error?.code === 'path-taken' ? [['path', 'Another page lives at this address'] as const] : [];
  return (
    <main className="edw">
      <Editor
        heading="New page"
        page={null}
        unsaved={unsaved}
        draft={draft}
        save={(written) =>
          create.mutateAsync(written).then(
            () => undefined,
            () => undefined,
          )
        }
        busy={create.isPending}
        wrong={new Map([...errors.map(({ path, message }) => [path, message] as const), ...taken])}
        leave={() => void navigate(hrefOf(below))}
        note={<Seen when={create.error}>{create.error && <ProblemNote error={create.error} what={whatBecame(create.error)} />}</Seen>}
      />
    </main>
  );
}

const whatBecame = (error: ApiProblem): string =>
  isOutcomeUnknown(error)
    ? 'No answer came, so it is not known whether it was published. Your text is still here: publish again.'
    : 'It was not published. Your text is still here.';

/** Publishes it once, however often it is sent: where an earlier try went through unheard, its page gets what was written since. */
async function publish({ id, fields }: Draft, onlyMe: () => void): Promise<PageView> {
  const page = createOf(fields);
  try {
    return await ask(PageView, `/pages/${id}`, { method: 'PUT', create: true, body: bodyOf('createPage', page) });
  } catch (error) {
    if (!(error instanceof ApiProblem && error.code === 'page-exists')) throw error;
    onlyMe();
    // As it was made: what somebody else has saved on it by now is not overwritten.
    return ask(PageView, `/pages/${id}`, { method: 'PATCH', version: 1, body: bodyOf('editPage', page) });
  }
}
