import type { ImportView } from '@sidekick/contracts';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import type { ApiProblem } from '../../api/ask.ts';
import { useIsMounted } from '../../app/is-mounted.ts';
import { useSession, useStillMe, useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { sentBefore, startImport } from './queries.ts';

/** So many pages are gone that the import stopped before archiving them: keep them, or say yes by importing once more. */
export function AskToArchive({ view }: { view: ImportView }) {
  const [kept, setKept] = useState(false);
  const navigate = useNavigate();
  const here = useIsMounted();
  const toast = useToast();
  const stillMe = useStillMe();
  const { is } = useSession();
  const sent = sentBefore(view.id);
  const archive = useMutation<ImportView, ApiProblem, NonNullable<typeof sent>>({
    mutationFn: ({ zip, settings }) => startImport(zip, { ...settings, source: view.source, into: view.into, archive: true }, stillMe),
    onSuccess: ({ id }) => {
      const look = () => void navigate(`/imports/${id}`);
      if (here()) look();
      else toast(`The import of ${view.source} has begun`, { action: { label: 'Look at it', run: look } });
    },
  });
  const gone = view.report.waitingToArchive.length;
  if (kept) return null;
  return (
    <>
      <div className="conf" role="status">
        <Icon name="warn" />
        <span>
          <b>{gone === 1 ? '1 page is' : `${gone} pages are`} gone from the source.</b> Archive them, or keep them? Until you say so they
          stay as they are.
        </span>
        {!is('manager', 'ops') ? (
          <span>A manager or ops can archive them, by importing once more.</span>
        ) : sent ? (
          <Button busy={archive.isPending} onClick={() => archive.mutate(sent)}>
            Archive them
          </Button>
        ) : (
          <Link className="btn" to={`/imports?source=${encodeURIComponent(view.source)}&archive=true`}>
            Import again and archive them
          </Link>
        )}
        <Button onClick={() => setKept(true)}>Keep them</Button>
      </div>
      {archive.error && <ProblemNote error={archive.error} what="Nothing was archived" done="they were archived" />}
    </>
  );
}
