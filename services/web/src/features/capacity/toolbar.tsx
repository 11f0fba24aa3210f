import type { TeamView } from '@sidekick/contracts';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { Button } from '../../ui/button.tsx';
import { lengths, moved, ofLength, type Shown } from './range.ts';

interface Props {
  shown: Shown;
  teams: readonly TeamView[];
  summary: ReactNode;
}

/** Range, buckets, rows, unit and team: each is part of the address. */
export function CapacityToolbar({ shown, teams, summary }: Props) {
  const [, patch] = useAddress();
  const put = (change: Record<string, string | null>) => patch(change, { replace: true });
  const step = shown.by === 'week' ? 4 : 7;
  const words = shown.by === 'week' ? 'Four weeks' : 'A week';
  const options = [...new Set([...lengths[shown.by], shown.length])].sort((a, b) => a - b);
  return (
    <div className="tools">
      <h1>Capacity</h1>
      <nav className="seg" aria-label="Staffing">
        <Link to="/staffing">By project</Link>
        <Link to="/staffing?by=person">By person</Link>
        <Link to="/capacity" aria-current="page">
          Capacity
        </Link>
      </nav>
      <Segment
        label="Buckets"
        value={shown.by}
        options={{ week: 'Week', day: 'Day' }}
        onChange={(by) => put({ by: by === 'day' ? 'day' : null, to: null, at: null })}
      />
      <span className="nav2">
        <Button look="quiet" icon="left" aria-label={`${words} earlier`} onClick={() => put(moved(shown, -step))} />
        <Button look="quiet" onClick={() => put({ from: null, to: null, at: null })}>
          Today
        </Button>
        <Button look="quiet" icon="right" aria-label={`${words} later`} onClick={() => put(moved(shown, step))} />
      </span>
      <select
        aria-label={shown.by === 'week' ? 'Weeks shown' : 'Days shown'}
        value={shown.length}
        onChange={(event) => put(ofLength(shown, Number(event.currentTarget.value)))}
      >
        {options.map((length) => (
          <option key={length} value={length}>
            {length} {shown.by === 'week' ? 'weeks' : 'days'}
          </option>
        ))}
      </select>
      <Segment
        label="Rows"
        value={shown.rows}
        options={{ people: 'People', teams: 'Teams' }}
        onChange={(rows) => put({ rows: rows === 'teams' ? 'teams' : null })}
      />
      <Segment
        label="Unit"
        value={shown.unit}
        options={{ percent: '% of net', hours: 'Hours' }}
        onChange={(unit) => put({ unit: unit === 'hours' ? 'hours' : null })}
      />
      <TeamSelect value={shown.team} teams={teams} onChange={(team) => put({ team })} />
      <span className="sum hide-s">{summary}</span>
      <span className="grow" />
      <Link className="btn" to="/capacity/free">
        Who is free?
      </Link>
    </div>
  );
}

interface SegmentProps<T extends string> {
  label: string;
  value: T;
  options: Readonly<Record<T, string>>;
  onChange: (value: T) => void;
}

function Segment<T extends string>({ label, value, options, onChange }: SegmentProps<T>) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a few buttons of which one is pressed, no fieldset
    <span className="seg" role="group" aria-label={label}>
      {(Object.keys(options) as T[]).map((one) => (
        <button key={one} type="button" aria-pressed={one === value} onClick={() => onChange(one)}>
          {options[one]}
        </button>
      ))}
    </span>
  );
}

interface TeamProps {
  value: string | null;
  teams: readonly TeamView[];
  onChange: (team: string | null) => void;
}

/** Everybody, or the people of one team; nothing where there is no team. */
function TeamSelect({ value, teams, onChange }: TeamProps) {
  const known = teams.some(({ id }) => id === value);
  if (teams.length === 0 && value === null) return null;
  return (
    <select aria-label="Team" value={value ?? ''} onChange={(event) => onChange(event.currentTarget.value || null)}>
      <option value="">Everybody</option>
      {[...teams]
        .sort((a, b) => a.name.localeCompare(b.name))
        .map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      {value !== null && !known && <option value={value}>A team that is gone</option>}
    </select>
  );
}
