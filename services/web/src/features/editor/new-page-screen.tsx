import { PageView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { type ApiProblem, ask } from '../../app/api.ts';
import { useTitle } from '../../app/title.ts';
import { useUnsaved } from '../../app/unsaved.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { pageKey } from '../handbook/keys.ts';
import { hrefOf } from '../handbook/queries.ts';
import { type Draft, type Fields, isDraft } from './draft.ts';
import { Editor } from './editor.tsx';
import { createOf, pathFor } from './fields.ts';
import { Seen } from './seen.tsx';

const GROUP = 'new:';

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
  const unsaved = useUnsaved<Draft>(GROUP + about, { fits: isDraft, group: GROUP });
  const client = useQueryClient();
  const navigate = useNavigate();
  useTitle('New page');
  const create = useMutation<PageView, ApiProblem, Fields>({
    mutationFn: (fields) => ask(PageView, '/pages', { method: 'POST', body: createOf(fields) }),
    onSuccess: (page) => {
      unsaved.drop();
      client.setQueryData(pageKey(page.path), page);
      void client.invalidateQueries({ queryKey: ['content'] });
      toast(`Published “${page.title}”`);
      void navigate(hrefOf(page.path));
    },
  });
  const errors = create.error?.problem?.errors ?? [];
  const taken = create.error?.status === 409 ? [['path', 'Another page lives at this address'] as const] : [];
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
    review: '',
  };
  return (
    <main className="edw">
      <Editor
        heading="New page"
        page={null}
        unsaved={unsaved}
        saved={begun}
        base={null}
        pathFor={(words) => pathFor(below, words)}
        save={({ fields }) =>
          create.mutateAsync(fields).then(
            () => undefined,
            () => undefined,
          )
        }
        busy={create.isPending}
        wrong={new Map([...errors.map(({ path, message }) => [path, message] as const), ...taken])}
        leave={() => void navigate(hrefOf(below))}
        note={
          <Seen when={create.error}>
            {create.error && <ProblemNote error={create.error} what="It was not published. Your text is still here." />}
          </Seen>
        }
      />
    </main>
  );
}
