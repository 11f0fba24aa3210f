import { ChangeAnswer, SampleView } from '@sidekick/contracts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import { ApiProblem, ask, tell } from '../../api/ask.ts';
import { useOnlyMe, useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { SourceRemoval } from '../imports/index.ts';

type Sample = z.infer<typeof SampleView>;

/** A part that holds nothing of the sample any more counts as removed: the removal can be repeated after a failure. */
const orNothing = (error: unknown) => {
  if (error instanceof ApiProblem && error.status === 404) return null;
  throw error;
};

const readPages = () => ask(SourceRemoval, '/sources/sample').catch(orNothing);
const readRecords = () => ask(SampleView, '/sample').catch(orNothing);

/** Pages, records and accounts of the sample, in this order: the account that does it goes last. */
async function removeAll(onlyMe: () => void): Promise<void> {
  await ask(SourceRemoval, '/sources/sample', { method: 'DELETE' }).catch(orNothing);
  onlyMe();
  await ask(ChangeAnswer, '/sample', { method: 'DELETE' }).catch(orNothing);
  onlyMe();
  await tell('/accounts/sample', { method: 'DELETE' });
}

/** One click removes the sample, after naming what was made by hand and goes with it. */
export function SampleDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const onlyMe = useOnlyMe();
  const pages = useQuery({ queryKey: ['content', 'sample'], queryFn: readPages });
  const records = useQuery({ queryKey: ['staffing', 'sample'], queryFn: readRecords });
  const remove = useMutation<void, Error>({
    mutationFn: () => removeAll(onlyMe),
    onSettled: () => client.invalidateQueries(),
    onSuccess: () => {
      toast('The sample is gone. What you made yourself is still here.');
      onClose();
    },
  });
  const noAccount = remove.error instanceof ApiProblem && remove.error.code === 'needs-account';
  const error = remove.error ?? pages.error ?? records.error;
  const made = [
    ...(pages.data?.editedHere ?? []).map(({ title, path }) => ({ key: path, text: `Page “${title}”, edited here` })),
    ...handMade(records.data),
  ];
  return (
    <Dialog title="Remove the sample?" onClose={onClose}>
      {noAccount ? (
        <p className="warn" role="alert">
          Pages and records are removed. The accounts stay until a manager with an account of their own exists: open the link that the start
          printed, or invite one, then remove the sample once more.
        </p>
      ) : (
        error && <ProblemNote error={error} what="The sample is still here, or a part of it" />
      )}
      {(pages.isPending || records.isPending) && <Lines count={3} />}
      {pages.data !== undefined && records.data !== undefined && (
        <>
          <p>{whatGoes(pages.data?.removed ?? 0, records.data)} What you made yourself stays.</p>
          {made.length > 0 && (
            <div className="fd">
              <p className="warn b">Made by hand on top of it, and gone too:</p>
              <ul className="pgs">
                {made.map(({ key, text }) => (
                  <li key={key}>{text}</li>
                ))}
              </ul>
            </div>
          )}
          <div className="acts">
            <Button look="danger" busy={remove.isPending} onClick={() => remove.mutate()}>
              Remove the sample
            </Button>
            <Button onClick={onClose}>Keep it</Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

const handMade = (view: Sample | null | undefined) => (view?.madeByHand ?? []).map(({ id, text }) => ({ key: id, text }));

const several = (count: number, one: string, many = `${one}s`) => (count === 1 ? `1 ${one}` : `${count} ${many}`);

function whatGoes(pages: number, view: Sample | null): string {
  const { person = 0, project = 0, assignment = 0, timeOff = 0 } = view?.records ?? {};
  const parts = [several(pages, 'page'), several(person, 'person', 'people'), several(project, 'project')];
  return `${parts.join(', ')}, ${several(assignment, 'assignment')}, ${several(timeOff, 'leave record')} and the accounts of the made-up group go.`;
}
