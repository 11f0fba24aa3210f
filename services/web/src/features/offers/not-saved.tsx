import { ProblemNote } from '../../ui/problem.tsx';

/** Why the last click did not go. */
export const NotSaved = ({ error, stale }: { error: Error | null; stale: boolean }) => (
  <>
    {stale && <p className="warn">Somebody changed it first. What you see is the newest state.</p>}
    {error && <ProblemNote error={error} what="This was not saved" done="this was saved" />}
  </>
);
