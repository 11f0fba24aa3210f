import '../../ui/form.css';
import '../../ui/lists.css';
import '../../ui/coverage.css';
import './plan.css';
import type { PlanView } from '@sidekick/contracts';
import { Link, useParams } from 'react-router-dom';
import { ApiProblem } from '../../api/ask.ts';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count, dayRangeWithYear } from '../../staffing/format.ts';
import type { Known } from '../../staffing/links.tsx';
import { useRecords } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { Head } from './plan-head.tsx';
import { runs, useEndPlan, usePlan, useStartPlan } from './queries.ts';
import { Result } from './result.tsx';
import { daysOf, rulesAddress } from './rules.ts';
import { Running } from './running.tsx';
import { lockWords } from './words.ts';

/** `/plan/:id`: how a plan goes; then each choice with its reasons, what stays open and why, and what accepting changes. */
export function PlanScreen() {
  const { id = '' } = useParams();
  const plan = usePlan(id);
  const { records, error, retry } = useRecords();
  useTitle('Plan');
  if (plan.error instanceof ApiProblem && plan.error.status === 404) {
    return (
      <main className="wrap pln">
        <Empty
          icon="box"
          title="No such plan"
          action={
            <Link className="btn" to="/plan">
              All plans
            </Link>
          }
        >
          It may have been removed; plans are kept for 100 days.
        </Empty>
      </main>
    );
  }
  const failed = (plan.data ? null : plan.error) ?? error;
  return (
    <main className="wrap pln">
      {failed && (
        <ProblemNote
          error={failed}
          retry={() => {
            void plan.refetch();
            retry();
          }}
        />
      )}
      {!(plan.data && records) && !failed && <Lines count={8} label="Loading the plan" />}
      {plan.data &&
        records &&
        (plan.data.answer ? (
          <Result key={id} view={plan.data} answer={plan.data.answer} records={records} />
        ) : (
          <Without view={plan.data} records={records} />
        ))}
    </main>
  );
}

/** A plan that has no answer: it waits, runs, or ended without one. */
function Without({ view, records }: { view: PlanView; records: Known }) {
  const end = useEndPlan();
  const again = useStartPlan();
  const [params] = useAddress();
  const change = (
    <Link className="btn" to={rulesAddress(view.request)}>
      Change the rules
    </Link>
  );
  if (runs(view)) {
    return (
      <>
        <Head view={view} title={`Sidekicks, ${dayRangeWithYear(...daysOf(view.request.weeks))}`}>
          <Button busy={end.isPending} onClick={() => end.mutate(view.id)}>
            Stop
          </Button>
        </Head>
        {end.error && <ProblemNote error={end.error} what="It was not stopped" done="it was stopped" />}
        <Running view={view} />
      </>
    );
  }
  return (
    <>
      <Head view={view} title={`Sidekicks, ${dayRangeWithYear(...daysOf(view.request.weeks))}`}>
        {change}
        {!view.error && (
          <Button look="primary" busy={again.isPending} onClick={() => again.mutate({ rules: view.request, focus: params.get('project') })}>
            Plan again
          </Button>
        )}
      </Head>
      {again.error && <ProblemNote error={again.error} what="The plan was not started" done="it was started" />}
      <div className={view.state === 'cancelled' ? 'conf' : 'conf bad0'} role="alert">
        <Icon name="warn" />
        <span>
          {view.error ? (
            <>
              <b>The locks contradict each other.</b> {lockWords(view.error, records)} Take a lock away, or change the rules (reading{' '}
              {view.error.rule}).
            </>
          ) : view.state === 'cancelled' ? (
            <>
              <b>Stopped.</b> Nothing was changed.
            </>
          ) : (
            <>
              <b>It ended without an answer.</b> {view.reason}
            </>
          )}
        </span>
      </div>
      {view.request.locks.length > 0 && view.error && (
        <p className="mid">{count(view.request.locks.length, 'lock')} in force: they stand with the rules.</p>
      )}
    </>
  );
}
