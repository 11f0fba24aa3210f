import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import type { usePlanned } from '../plan/index.ts';

/** Says that a plan is drawn over the timeline, and leads back to it. */
export function PlanStrip({ planned }: { planned: ReturnType<typeof usePlanned> }) {
  const [, patch] = useAddress();
  const { plan, choices, error, retry } = planned;
  if (plan === null) return null;
  return (
    <div className="filt pls">
      {error && <ProblemNote error={error} what="The plan did not load" retry={retry} />}
      {!error && (
        <span role="status">
          <b>A plan is drawn as outlines:</b>{' '}
          {choices === undefined
            ? 'loading'
            : choices.length === 0
              ? 'nothing of it is left to agree'
              : `${count(choices.length, 'choice')}, none agreed yet`}
          .
        </span>
      )}
      <Link className="btn" to={`/plan/${plan}`}>
        Back to the plan
      </Link>
      <Button look="quiet" onClick={() => patch({ plan: null }, { replace: true })}>
        Hide it
      </Button>
    </div>
  );
}
