import './money.css';
import type { PersonView, ProjectView, RateView } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { amountWords } from '../../staffing/amounts.ts';
import { useArrival } from '../../staffing/arrival.ts';
import { dayText } from '../../staffing/date-fields.tsx';
import { useProjects } from '../../staffing/queries.ts';
import { useToday } from '../../staffing/today.ts';
import { useSeen } from '../../staffing/use-seen.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';

import { CurrencyWord } from './currency-word.tsx';
import { RateForm } from './forms.tsx';
import { useCurrency, useRates } from './queries.ts';

/** What an hour of a person costs, by project and day; nothing for whom it is not. `?rate=<id>` and `?rate=new` open the form. */
export function PersonRates({ person }: { person: PersonView }) {
  return useSession().is('manager') ? <Rates person={person} /> : null;
}

function Rates({ person }: { person: PersonView }) {
  const rates = useRates();
  const projects = useProjects();
  const { currency, error: currencyError, refetch } = useCurrency();
  const { today } = useToday();
  const [params, patch] = useAddress();
  const own = (rates.data ?? []).filter((rate) => rate.person === person.id);
  const opened = params.get('rate');
  const rate = own.find(({ id }) => id === opened) ?? null;
  const edited = opened !== null && opened !== 'new' ? `${person.id}:${opened}` : null;
  const seen = useSeen({ kind: 'rate', id: edited, there: rate !== null, loaded: rates.isSuccess && !rates.isFetching });
  const error = rates.error ?? projects.error ?? currencyError;
  const retry = () => [rates.refetch, projects.refetch, refetch].forEach((again) => void again());
  const ready = rates.data && projects.data && currency !== undefined;
  useArrival('rates', ready === true);
  return (
    <section id="rates" className="money">
      <div className="sec">
        <h2>Rates</h2>
        <span className="muted">for managers alone</span>
        <span className="grow" />
        {ready && <Button onClick={() => patch({ rate: 'new' })}>Add a rate</Button>}
      </div>
      {error && <ProblemNote error={error} retry={retry} what="The rates did not load" />}
      {!ready && !error && <Lines count={3} />}
      {ready && own.length === 0 && (
        <p className="mid">No rate yet: hours of this person are counted on projects, and what they cost is not.</p>
      )}
      {ready && own.length > 0 && <RateTable rates={own} projects={projects.data} currency={currency} today={today} />}
      <CurrencyWord />
      {ready && (opened === 'new' || seen) && (
        <RateForm
          key={opened}
          id={opened ?? 'new'}
          rate={rate}
          person={person}
          others={own.length}
          projects={projects.data}
          currency={currency}
          today={today}
          onClose={() => patch({ rate: null }, { replace: true })}
        />
      )}
    </section>
  );
}

interface TableProps {
  rates: readonly RateView[];
  projects: readonly ProjectView[];
  currency: string;
  today: string;
}

/** Those that count everywhere first, then by project; the newest first. */
function RateTable({ rates, projects, currency, today }: TableProps) {
  const names = new Map(projects.map(({ id, name }) => [id, name]));
  const nameOf = (id: string | null) => (id === null ? '' : (names.get(id) ?? ''));
  const sorted = [...rates].sort((a, b) => nameOf(a.project).localeCompare(nameOf(b.project)) || (a.from < b.from ? 1 : -1));
  const inForce = new Set(
    sorted
      .filter(({ from }) => from <= today)
      .filter((rate, at, all) => all.findIndex(({ project }) => project === rate.project) === at)
      .map(({ id }) => id),
  );
  return (
    <div className="scrollx">
      <table className="lst">
        <thead>
          <tr>
            <th>On</th>
            <th>From</th>
            <th className="num">An hour</th>
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, project, from, amount }) => (
            <tr key={id}>
              <td>
                <Link className="b" to={`?rate=${id}`}>
                  {project === null ? 'Every project' : <bdi>{nameOf(project) || 'A project that is gone'}</bdi>}
                </Link>{' '}
                {inForce.has(id) && <span className="tag">in force</span>}
              </td>
              <td className="nw">{dayText(from)}</td>
              <td className="num">{amountWords(amount, currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
