import '../../ui/form.css';
import './changes.css';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { Changes } from '../../staffing/history.tsx';
import type { Known } from '../../staffing/links.tsx';
import { byId } from '../../staffing/lists.ts';
import { type HistoryFilter, useAuthors, useChange, useHistory, usePeople, useProjects } from '../../staffing/queries.ts';
import { useToday } from '../../staffing/today.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { filterOf, isFiltered, nothingChosen, numberOf } from './filter.ts';
import { FilterFields } from './filter-fields.tsx';
import { useExport } from './use-export.ts';

/** `/staffing/history`: who changed what, filtered by what the address says; `?change=<number>` shows one change set. */
export function ChangesScreen() {
  useTitle('History');
  const [params] = useAddress();
  const people = usePeople();
  const projects = useProjects();
  const names = people.data && projects.data && { people: byId(people.data), projects: byId(projects.data) };
  const error = people.error ?? projects.error;
  const retry = () => [people, projects].forEach(({ refetch }) => void refetch());
  const number = numberOf(params);
  return (
    <main className="wrap">
      {error && !names && <ProblemNote error={error} retry={retry} what="The names did not load" />}
      {!names && !error && <Lines count={8} />}
      {names && (number === null ? <Filtered names={names} /> : <One key={number} number={number} names={names} />)}
    </main>
  );
}

function Filtered({ names }: { names: Known }) {
  const [params] = useAddress();
  const { today } = useToday();
  const manager = useSession().is('manager');
  const authors = useAuthors();
  const filter = filterOf(params);
  const { sets, more, older, isLoading, error, retry } = useHistory(filter);
  return (
    <>
      <div className="lsth">
        <h1>History</h1>
        <span className="muted" role="status">
          {isLoading || error
            ? ''
            : more
              ? `The newest ${count(sets.length, 'change', 'changes')}`
              : count(sets.length, 'change', 'changes')}
        </span>
        <span className="grow" />
        <Link className="btn" to="/staffing">
          Timeline
        </Link>
      </div>
      <FilterFields {...names} authors={authors.data?.items ?? []} manager={manager} today={today} />
      {authors.error && (
        <ProblemNote error={authors.error} retry={() => void authors.refetch()} what="Who changed something did not load" />
      )}
      {!error && sets.length > 0 && <Export key={JSON.stringify(filter)} filter={filter} today={today} />}
      {error && <ProblemNote error={error} retry={retry} what="The history did not load" />}
      {isLoading && <Lines count={8} />}
      {!isLoading && !error && sets.length === 0 && <Nothing />}
      <Changes sets={sets} names={names} canEdit={manager} />
      {more && (
        <p className="acts">
          <Button onClick={older}>Show older changes</Button>
        </p>
      )}
    </>
  );
}

/** Nothing was changed at all, or nothing that passes the filter. */
function Nothing() {
  const [params, patch] = useAddress();
  if (!isFiltered(params))
    return (
      <Empty
        icon="clock"
        title="Nothing was changed yet"
        action={
          <Link className="btn primary" to="/staffing">
            Open the timeline
          </Link>
        }
      >
        Whatever is added, changed or removed in staffing stands here, with who did it and the way to take it back.
      </Empty>
    );
  return (
    <Empty
      icon="filter"
      title="No change matches"
      action={<Button onClick={() => patch(nothingChosen, { replace: true })}>Show all changes</Button>}
    >
      All that is chosen above has to fit at once.
    </Empty>
  );
}

function Export({ filter, today }: { filter: HistoryFilter; today: string }) {
  const { progress, error, run, stop } = useExport(filter, `history-${today}.csv`);
  return (
    <div className="hex">
      {progress ? (
        <>
          <span className="muted" role="status">
            {count(progress.written, 'change', 'changes')} written{progress.back && `, back to ${onDay(progress.back)}`}
          </span>
          <Button onClick={stop}>Stop</Button>
        </>
      ) : (
        <Button icon="down" onClick={run}>
          Export as CSV
        </Button>
      )}
      {error && <ProblemNote error={error} retry={run} what="The export was not written" />}
    </div>
  );
}

/** One change set, such as one that stands in the way of an undo. */
function One({ number, names }: { number: number; names: Known }) {
  const manager = useSession().is('manager');
  const { data, error, refetch } = useChange(number);
  const isMissing = error !== null && 'status' in error && error.status === 404;
  return (
    <>
      <div className="lsth">
        <h1>Change {number}</h1>
        <span className="grow" />
        <Link className="btn" to="/staffing/history">
          All changes
        </Link>
      </div>
      {error && !isMissing && <ProblemNote error={error} retry={() => void refetch()} what="The change did not load" />}
      {!data && !error && <Lines count={2} />}
      {isMissing && (
        <Empty
          icon="search"
          title="There is no change of this number"
          action={
            <Link className="btn" to="/staffing/history">
              Show all changes
            </Link>
          }
        >
          It may be of records that are for managers alone.
        </Empty>
      )}
      {data && <Changes sets={[data]} names={names} canEdit={manager} />}
    </>
  );
}
