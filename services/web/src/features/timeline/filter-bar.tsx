import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { useTeams } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import type { Records } from './bars.ts';
import { isFiltered, noFilter } from './filter.ts';
import { FilterChoices } from './filter-choices.tsx';
import { filterWords } from './filter-words.ts';
import { PeopleFilter } from './people-filter.tsx';
import { hidesTentative } from './tentative.ts';

/** The filter, shown while it is asked for or set; it lives in the address. */
export function FilterBar({
  by,
  shown,
  all,
  records,
}: {
  by: 'project' | 'person';
  shown: number;
  all: number;
  records: Records | undefined;
}) {
  const [params, patch] = useAddress();
  const { me } = useSession();
  if (!params.has('filter') && !isFiltered(params)) return null;
  const toggle = (key: string) => patch({ filter: '1', [key]: params.has(key) ? null : '1' }, { replace: true });
  return (
    <div className="filt">
      <input
        type="search"
        aria-label="Filter by name"
        placeholder={by === 'project' ? 'Project, client, person, skill' : 'Person, project, skill'}
        value={params.get('q') ?? ''}
        onChange={(event) => patch({ filter: '1', q: event.currentTarget.value || null }, { replace: true })}
      />
      <label>
        <input type="checkbox" className="cb" checked={params.has('gaps')} onChange={() => toggle('gaps')} />
        {by === 'project' ? 'Only with gaps or an open lead' : 'Only over capacity'}
      </label>
      {me?.person && (
        <label>
          <input type="checkbox" className="cb" checked={params.has('mine')} onChange={() => toggle('mine')} />
          Only mine
        </label>
      )}
      {by === 'person' && <TeamFilter value={params.get('team')} onChange={(team) => patch({ filter: '1', team }, { replace: true })} />}
      {records && <FilterChoices by={by} records={records} />}
      {records && <PeopleFilter records={records} />}
      <label>
        <input
          type="checkbox"
          className="cb"
          checked={!hidesTentative(params)}
          onChange={() => patch({ filter: '1', tentative: hidesTentative(params) ? null : 'hide' }, { replace: true })}
        />
        Proposals and tentative work
      </label>
      <span className="muted" role="status">
        {shown} of {all} shown
      </span>
      {isFiltered(params) && (
        <Button look="quiet" icon="x" onClick={() => patch({ ...noFilter, filter: '1' }, { replace: true })}>
          Clear
        </Button>
      )}
    </div>
  );
}

function TeamFilter({ value, onChange }: { value: string | null; onChange: (team: string | null) => void }) {
  const teams = useTeams().data ?? [];
  if (teams.length === 0 && value === null) return null;
  return (
    <select aria-label="Team" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
      <option value="">Every team</option>
      {teams.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
      {value !== null && !teams.some(({ id }) => id === value) && <option value={value}>A team that is gone</option>}
    </select>
  );
}

/** The filter leaves nothing: said, with the way out. */
export function NothingMatches({ by, all, records }: { by: 'project' | 'person'; all: number; records: Records }) {
  const [params, patch] = useAddress();
  const what = by === 'project' ? count(all, 'project') : count(all, 'person', 'people');
  return (
    <Empty
      icon="filter"
      title={by === 'project' ? 'No project matches' : 'Nobody matches'}
      action={<Button onClick={() => patch(noFilter, { replace: true })}>Show all {what}</Button>}
    >
      {filterWords(params, by, records)}. The figures above count only what is shown.
    </Empty>
  );
}
