import './month.css';
import { addMonths } from '@sidekick/calendar/iso';
import type { TeamView } from '@sidekick/contracts';
import { useMemo } from 'react';
import { useAddress } from '../../staffing/address.ts';
import { count, monthName } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { useNarrow } from '../../ui/narrow.ts';
import { type MonthProps, monthIn } from './month.ts';
import { MonthList } from './month-list.tsx';
import { MonthTable } from './month-table.tsx';

interface Props extends Omit<MonthProps, 'month' | 'people'> {
  teams: readonly TeamView[];
}

/** Who is away, by month, for everyone: `?month=2026-12` and `?team=<id>`. On a phone a list by week. */
export function MonthCalendar({ teams, ...props }: Props) {
  const { all, today } = props;
  const [params, patch] = useAddress();
  const narrow = useNarrow();
  const month = monthIn(params.get('month'), today);
  const team = teams.find(({ id }) => id === params.get('team'));
  const people = useMemo(() => [...all.values()].filter(({ id }) => !team || team.people.includes(id)), [all, team]);
  const name = `${monthName(`${month}-01`)} ${month.slice(0, 4)}`;
  const go = (to: string) => patch({ month: to === today.slice(0, 7) ? null : to });
  const shown = { ...props, month, people };
  return (
    <section className="lcm" aria-label={`Who is away in ${name}`}>
      <div className="mch">
        <Button icon="left" look="quiet" aria-label="Month before" onClick={() => go(addMonths(month, -1))} />
        <h2 aria-live="polite">{name}</h2>
        <Button icon="right" look="quiet" aria-label="Month after" onClick={() => go(addMonths(month, 1))} />
        <Button look="quiet" disabled={month === today.slice(0, 7)} onClick={() => go(today.slice(0, 7))}>
          This month
        </Button>
        {teams.length > 0 && (
          <select
            aria-label="Team"
            value={team?.id ?? ''}
            onChange={(event) => patch({ team: event.currentTarget.value || null }, { replace: true })}
          >
            <option value="">Everyone</option>
            {[...teams]
              .sort((a, b) => a.name.localeCompare(b.name))
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
          </select>
        )}
        <span className="grow" />
        <span className="muted">{count(people.length, 'person', 'people')}</span>
      </div>
      {narrow ? <MonthList {...shown} /> : <MonthTable {...shown} />}
    </section>
  );
}
