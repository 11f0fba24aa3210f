import { type PageView, type RevisionSummary, RevisionView } from '@sidekick/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { z } from 'zod';
import { ask } from '../../api/ask.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { toast } from '../../ui/toast.tsx';
import { Preview } from '../editor/index.ts';
import { useQuickChange } from '../handbook/index.ts';
import { Diff } from './diff.tsx';

export type Summary = z.infer<typeof RevisionSummary>;

const useRevision = (id: string | undefined) =>
  useQuery({
    queryKey: ['content', 'revision', id],
    queryFn: () => ask(RevisionView, `/revisions/${id}`),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: id !== undefined,
  });

const looks = [
  ['page', 'Page'],
  ['text', 'Markdown'],
  ['diff', 'Changes'],
] as const;

interface Props {
  page: PageView;
  shown: Summary;
  /** What it is compared with; the one before, if there is one. */
  other: Summary | undefined;
  all: Summary[];
  compare: (id: string) => void;
}

/** One revision: as readers saw it, as Markdown, or against another. An older one can be restored. */
export function Revision({ page, shown, other, all, compare }: Props) {
  const revision = useRevision(shown.id);
  const [look, setLook] = useState<(typeof looks)[number][0]>('page');
  const before = useRevision(look === 'diff' ? other?.id : undefined);
  const error = revision.error ?? before.error;
  if (error) return <ProblemNote error={error} retry={() => void Promise.all([revision.refetch(), before.refetch()])} />;
  if (!revision.data) return <Lines count={8} label="Loading the text" />;
  const { title, body } = revision.data;
  return (
    <section aria-label="The page then">
      <div className="hh">
        <h2>{title}</h2>
        <span className="grow" />
        <div className="seg">
          {looks.map(([name, words]) => (
            <button key={name} type="button" aria-pressed={look === name} onClick={() => setLook(name)}>
              {words}
            </button>
          ))}
        </div>
        {shown.id !== page.revision && <Restore page={page} revision={revision.data} />}
      </div>
      {look === 'page' && <Preview body={body} path={page.path} />}
      {look === 'text' && <pre className="text">{body}</pre>}
      {look === 'diff' && <Choice shown={shown} other={other} all={all} compare={compare} />}
      {look === 'diff' && other && !before.data && <Lines count={8} label="Loading the other text" />}
      {look === 'diff' && before.data && <Diff old={before.data} now={revision.data} />}
    </section>
  );
}

function Choice({ shown, other, all, compare }: Omit<Props, 'page'>) {
  const id = useId();
  if (!other) {
    return <p className="muted">{all.length > 1 ? 'This is the first text of this page.' : 'There is no other text of this page yet.'}</p>;
  }
  return (
    <div className="fd with">
      <label htmlFor={id}>Compared with</label>
      <select id={id} value={other.id} onChange={({ target }) => compare(target.value)}>
        {all
          .filter((one) => one.id !== shown.id)
          .map(({ id: one, at, by, message }) => (
            <option key={one} value={one}>
              {atMinute(at)} · {by}
              {message && ` · ${message}`}
            </option>
          ))}
      </select>
    </div>
  );
}

/** Puts an older text, with its title, in the place of today's; what stands there stays in the history. */
function Restore({ page, revision }: { page: PageView; revision: RevisionView }) {
  const { is } = useSession();
  const now = useRevision(page.revision);
  const change = useQuickChange();
  const [busy, setBusy] = useState(false);
  if (!is('engineer', 'manager', 'ops')) return null;
  const restore = async () => {
    if (!now.data) {
      toast('Nothing was restored', { tone: 'bad', detail: 'The text of today did not load. Try again.' });
      return void now.refetch();
    }
    setBusy(true);
    const title = revision.title === page.title ? {} : { title: revision.title };
    const said = { message: `Restored from ${atMinute(revision.at)}` };
    const back = { body: now.data.body, ...(revision.title !== page.title && { title: page.title }), message: 'Restoring undone' };
    await change(page, { body: revision.body, ...title, ...said }, back, `Restored the text from ${atMinute(revision.at)}`);
    setBusy(false);
  };
  return (
    <Button busy={busy || now.isPending} onClick={() => void restore()}>
      Restore this text
    </Button>
  );
}
