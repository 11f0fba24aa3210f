import '../../ui/form.css';
import '../../ui/lists.css';
import './plan.css';
import type { PlanSummary } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { dayRangeWithYear } from '../../staffing/format.ts';
import { useRecords } from '../../staffing/queries.ts';
import { useToday } from '../../staffing/today.ts';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { usePlans } from './queries.ts';
import { daysOf, readRules, rulesPatch } from './rules.ts';
import { RulesForm } from './rules-form.tsx';
import { outcomeWords } from './words.ts';

/** `/plan`: weeks and rules of a new plan, and what earlier ones came to. */
export function PlansScreen() {
  useTitle('Plans');
  const [params, patch] = useAddress();
  const { today } = useToday();
  const { records, error, retry } = useRecords();
  const plans = usePlans();
  const rules = readRules(params, today);
  return (
    <main className="wrap pln">
      <div className="hh">
        <h1>Sidekicks for all gaps</h1>
      </div>
      <div className="two">
        <section>
          <p className="mid">
            Finds a sidekick for every project-week that wants one: first as many as can be, by priority of the projects, then with the
            lowest peak load, the best fit and fair shares. Nothing is changed before you accept it.
          </p>
          {error && <ProblemNote error={error} retry={retry} />}
          {!records && !error && <Lines count={6} />}
          {records && (
            <RulesForm
              key={params.toString()}
              rules={rules}
              focus={params.get('project')}
              today={today}
              records={records}
              onRules={(next) => patch(rulesPatch(next), { replace: true })}
            />
          )}
        </section>
        <aside>
          <div className="sec">
            <h2>Earlier plans</h2>
          </div>
          {plans.error && <ProblemNote error={plans.error} retry={() => void plans.refetch()} />}
          {plans.isPending && <Lines count={4} />}
          {plans.data && <Earlier items={plans.data.items} />}
        </aside>
      </div>
    </main>
  );
}

function Earlier({ items }: { items: readonly PlanSummary[] }) {
  if (items.length === 0) return <p className="muted">None yet.</p>;
  return (
    <ul className="feed">
      {items.map((one) => (
        <li key={one.id}>
          <Link to={`/plan/${one.id}`}>
            <b>{dayRangeWithYear(...daysOf(one.weeks))}</b>
            <small>
              {atMinute(one.askedAt)} · {outcomeWords(one)}
              {one.accepted.some(({ stands }) => stands) && ' · accepted'}
            </small>
          </Link>
        </li>
      ))}
    </ul>
  );
}
