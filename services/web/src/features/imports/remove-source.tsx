import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type ApiProblem, ask } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { SourceRemoval } from './queries.ts';

/** Removes every page of a source, after naming those that somebody changed here. */
export function RemoveSource({ source, close }: { source: string; close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const path = `/sources/${encodeURIComponent(source)}`;
  const would = useQuery({ queryKey: ['content', 'source', source], queryFn: () => ask(SourceRemoval, path) });
  const remove = useMutation<SourceRemoval, ApiProblem>({
    mutationFn: () => ask(SourceRemoval, path, { method: 'DELETE' }),
    onSuccess: ({ removed }) => {
      void client.invalidateQueries({ queryKey: ['content'] });
      toast(`Removed ${removed === 1 ? '1 page' : `${removed} pages`} of ${source}`);
      close();
    },
  });
  return (
    <Dialog title={`Remove the pages of ${source}?`} onClose={close}>
      {would.isPending && <Lines count={2} />}
      {remove.error && <ProblemNote error={remove.error} what="Nothing was removed" done="they were removed" />}
      {would.error && !remove.error && <ProblemNote error={would.error} what="Nothing was removed" />}
      {would.data && (
        <>
          <p>
            {would.data.removed === 1 ? '1 page goes' : `${would.data.removed} pages go`}, with their history. This cannot be undone;
            importing again brings back what the source holds.
          </p>
          {would.data.editedHere.length > 0 && (
            <div className="fd">
              <p className="warn b">Changed here by hand, and lost too:</p>
              <ul className="pgs">
                {would.data.editedHere.map(({ path: page, title }) => (
                  <li key={page}>{title}</li>
                ))}
              </ul>
            </div>
          )}
          <div className="acts">
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              Remove them
            </Button>
            <Button onClick={close}>Keep them</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}
