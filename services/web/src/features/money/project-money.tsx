import './money.css';
import type { BurnAnswer, ProjectView, Question } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { amountWords } from '../../staffing/amounts.ts';
import { useArrival } from '../../staffing/arrival.ts';
import { FigureButton } from '../../staffing/figure-button.tsx';
import { count, dayRangeWithYear, hours, weekdayAndDay } from '../../staffing/format.ts';
import { byId, sum } from '../../staffing/lists.ts';
import { nameOf } from '../../staffing/people-names.ts';
import { usePeople } from '../../staffing/queries.ts';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { BurnBar } from './burn-bar.tsx';
import { CurrencyWord } from './currency-word.tsx';
import { BudgetForm } from './forms.tsx';
import { useBudgets, useBurn, useCurrency } from './queries.ts';

/** What a project has cost, comes to and may cost; nothing for whom it is not. `?budget=edit` opens the budget. */
export function ProjectMoney({ project }: { project: ProjectView }) {
  return useSession().is('manager') ? <Money project={project} /> : null;
}

function Money({ project }: { project: ProjectView }) {
  const burn = useBurn(project.id);
  const budgets = useBudgets();
  const { currency, error: currencyError, refetch } = useCurrency();
  const { today } = useToday();
  const [params, patch] = useAddress();
  const budget = budgets.data?.find((one) => one.project === project.id) ?? null;
  const error = burn.error ?? budgets.error ?? currencyError;
  const retry = () => [burn.refetch, budgets.refetch, refetch].forEach((again) => void again());
  const ready = budgets.data !== undefined && currency !== undefined;
  useArrival('money', burn.data !== undefined);
  return (
    <section id="money" className="money">
      <div className="sec">
        <h2>Money</h2>
        <span className="muted">for managers alone</span>
        <span className="grow" />
        {ready && <Button onClick={() => patch({ budget: 'edit' })}>{budget ? 'Change the budget' : 'Set a budget'}</Button>}
      </div>
      {error && <ProblemNote error={error} retry={retry} what="The money did not load" />}
      {!burn.data && !error && <Lines count={4} />}
      {burn.data && <Burn burn={burn.data} />}
      <CurrencyWord />
      {ready && params.get('budget') === 'edit' && (
        <BudgetForm
          key={project.id}
          budget={budget}
          project={project}
          currency={currency}
          today={today}
          onClose={() => patch({ budget: null }, { replace: true })}
        />
      )}
    </section>
  );
}

type MoneyFigure = 'spent' | 'forecast' | 'sidekickCost' | 'runsOut';
const asked = ({ project }: BurnAnswer, what: MoneyFigure): Question => ({ what, args: { project } });

function Burn({ burn }: { burn: BurnAnswer }) {
  const { currency, spent, forecast, tentative, sidekicks, budget, until, open } = burn;
  const words = (minor: number) => amountWords(minor, currency);
  const cost = sidekicks.spent.money + sidekicks.forecast.money;
  return (
    <>
      <div className="figs">
        <Figure label="Spent to yesterday" value={words(spent.money)} detail={hoursOf(spent)} question={asked(burn, 'spent')} />
        <Figure
          label={`Forecast to ${dayWithYear(until)}`}
          value={words(forecast.money)}
          question={asked(burn, 'forecast')}
          detail={
            open
              ? `${hours(forecast.hours)} confirmed; the project has no end, two years are counted`
              : `${hours(forecast.hours)} confirmed`
          }
        />
        <RunsOut burn={burn} />
        <Figure
          label="Of both, sidekicks"
          value={words(cost)}
          question={asked(burn, 'sidekickCost')}
          detail={`${hours(sidekicks.spent.hours + sidekicks.forecast.hours)}, ${words(sidekicks.spent.money)} of it spent`}
        />
      </div>
      <BurnBar
        what="Money"
        spent={spent.money}
        forecast={forecast.money}
        tentative={tentative.money}
        budget={budget?.money ?? null}
        words={words}
      />
      <BurnBar
        what="Hours"
        spent={spent.hours}
        forecast={forecast.hours}
        tentative={tentative.hours}
        budget={budget?.hours ?? null}
        words={hours}
      />
      <UnpricedNote burn={burn} />
    </>
  );
}

const dayWithYear = (day: string): string => `${weekdayAndDay(day)} ${day.slice(0, 4)}`;

const hoursOf = ({ hours: all, unpriced }: BurnAnswer['spent']): string =>
  unpriced > 0 ? `${hours(all)}, ${hours(unpriced)} of them without a rate` : hours(all);

function Figure({ label, value, detail, question }: { label: string; value: string; detail: string; question?: Question }) {
  return (
    <div>
      <div className="k">{label}</div>
      <div className="v">
        {question ? (
          <FigureButton question={question} label={`${label}: ${value}, what it is made of`}>
            {value}
          </FigureButton>
        ) : (
          value
        )}
      </div>
      <div className="d">{detail}</div>
    </div>
  );
}

function RunsOut({ burn }: { burn: BurnAnswer }) {
  const { budget, runsOut, today, unpriced } = burn;
  const question = asked(burn, 'runsOut');
  if (!budget) return <Figure label="Budget" value="–" detail="None is set" />;
  const days = [runsOut.money, runsOut.hours].filter((day) => day !== null).sort();
  const [day] = days;
  const blind = budget.money !== null && unpriced.some(({ tentative }) => !tentative);
  if (!day)
    return (
      <Figure label="Budget" value="Lasts" detail={blind ? 'as far as hours have a rate' : 'confirmed work fits it'} question={question} />
    );
  const label = day < today ? 'Budget ran out' : 'Budget runs out';
  const of = [runsOut.money === day && 'money', runsOut.hours === day && 'hours'].filter(Boolean).join(' and ');
  const other = days[1] && days[1] !== day ? `, ${of === 'money' ? 'hours' : 'money'} on ${dayWithYear(days[1])}` : '';
  return (
    <div className="bad0">
      <div className="k">{label}</div>
      <div className="v">
        <Icon name="warn" />{' '}
        <FigureButton question={question} label={`${label}: ${dayWithYear(day)}, what it is made of`}>
          {dayWithYear(day)}
        </FigureButton>
      </div>
      <div className="d">
        {of}
        {other}
        {blind ? '; sooner with the hours that have no rate' : ''}
      </div>
    </div>
  );
}

/** Hours that no amount holds: named, never priced at nothing. */
function UnpricedNote({ burn: { unpriced } }: { burn: BurnAnswer }) {
  const people = usePeople().data;
  if (unpriced.length === 0) return null;
  const names = byId(people ?? []);
  return (
    <div className="conf warn0" role="status">
      <Icon name="warn" />
      <div>
        <b>{hours(sum(unpriced.map((one) => one.hours)))} have no rate and are in no amount of money.</b>
        <ul className="unp">
          {unpriced.map(({ person, from, to, days, hours: own, tentative }) => (
            <li key={`${person} ${tentative}`}>
              <span>
                <bdi>{nameOf(person, names)}</bdi>: {hours(own)} on {count(days, 'day')}, {dayRangeWithYear(from, to)}
                {tentative ? ', tentative' : ''}
              </span>
              <Link className="btn" to={`/people/${person}?rate=new#rates`}>
                Set a rate
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
