import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useAddress } from '../../staffing/address.ts';
import { count } from '../../staffing/format.ts';
import { useUndoRedo } from '../../staffing/use-undo-redo.ts';
import { Button } from '../../ui/button.tsx';
import { useNarrow } from '../../ui/narrow.ts';
import type { Records } from './bars.ts';
import { isFiltered, noFilter, sharedKeys } from './filter.ts';
import type { View } from './scale.ts';
import { TimelineViews } from './timeline-views.tsx';
import type { Selection } from './use-selection.ts';
import { timeSteps, zoomPatch, zooms } from './view-keys.ts';

interface Props {
  by: 'project' | 'person';
  view: View;
  records: Records | undefined;
  today: string;
  /** Moves on in time by so many columns. */
  onStep: (steps: number) => void;
  onToday: () => void;
  summary: ReactNode;
  /** Of which days the summary is, and what it counts. */
  counted: string | undefined;
  canEdit: boolean;
  selection: Pick<Selection, 'selecting' | 'setSelecting'>;
  onAdd: () => void;
}

/** Rows by project or person, the range, the filter, the sum of it all, undo and history. */
export function Toolbar({ by, view, records, today, onStep, onToday, summary, counted, canEdit, selection, onAdd }: Props) {
  const [params, patch] = useAddress();
  const { undo, redo, why } = useUndoRedo(canEdit);
  const filtered = isFiltered(params);
  const narrow = useNarrow();
  const keep = new URLSearchParams(
    [...params].filter(([key]) => ['as', 'at', 'view', 'zoom', 'from', 'weeks', 'load', 'pick', ...sharedKeys].includes(key)),
  ).toString();
  return (
    <div className="tools">
      <h1 className="sr">{by === 'project' ? 'Staffing timeline' : 'Staffing by person'}</h1>
      <nav className="seg" aria-label="Rows">
        <Link to={`/staffing${keep ? `?${keep}` : ''}`} aria-current={by === 'project' ? 'page' : undefined}>
          By project
        </Link>
        <Link to={`/staffing?by=person${keep ? `&${keep}` : ''}`} aria-current={by === 'person' ? 'page' : undefined}>
          By person
        </Link>
        {/* Where there is less room, the row of the whole group leads there. */}
        <Link className="wide" to="/capacity">
          Capacity
        </Link>
      </nav>
      {narrow && <Button icon="menu" aria-label="Show the list" title="A week at a time" onClick={() => patch({ as: null })} />}
      <ZoomSwitch zoom={view.zoom} />
      <TimeSteps view={view} onStep={onStep} onToday={onToday} />
      <Length view={view} />
      <Button
        icon="filter"
        aria-label="Filter"
        aria-pressed={params.has('filter') || filtered}
        onClick={() => patch(params.has('filter') || filtered ? noFilter : { filter: '1' }, { replace: true })}
      >
        <span className="hide-s">Filter</span>
      </Button>
      <TimelineViews records={records} today={today} />
      {/* On a phone it would push the grid down: there the form lists who is free. */}
      {canEdit && (
        <span className="hide-s">
          <Button
            icon="people"
            aria-label={by === 'project' ? 'Free people' : 'Projects'}
            aria-pressed={params.has('pick')}
            title={by === 'project' ? 'People with hours left, to be dragged onto a project' : 'Projects, to be dragged onto a person'}
            onClick={() => patch({ pick: params.has('pick') ? null : '1' }, { replace: true })}
          >
            <span className="wide">{by === 'project' ? 'Free people' : 'Projects'}</span>
          </Button>
        </span>
      )}
      <span className="sum hide-s" title={counted}>
        {summary}
      </span>
      <span className="grow" />
      {canEdit && (
        <>
          <Button
            look="quiet"
            icon="undo"
            disabled={!undo}
            aria-label="Undo"
            title={[undo ? `Undo (Ctrl Z): ${undo.summary}` : 'You have nothing to undo', why].filter(Boolean).join('\n')}
            onClick={undo?.run}
          >
            <span className="wide">Undo</span>
          </Button>
          {/* There before it can be pressed: one more button would push the grid down under the pointer. On a phone the history does it. */}
          <span className="hide-s">
            <Button
              look="quiet"
              icon="redo"
              disabled={!redo}
              aria-label="Redo"
              title={redo ? `Redo (Ctrl Shift Z): ${redo.summary}` : 'You have undone nothing'}
              onClick={redo?.run}
            />
          </span>
        </>
      )}
      {/* Where there is less room the menu of a bar does it. */}
      {canEdit && (
        <span className="wide">
          <Button
            look="quiet"
            icon="check"
            aria-pressed={selection.selecting}
            title="Click bars or draw a box over them to select several (with Alt at any time; key x)"
            onClick={() => selection.setSelecting(!selection.selecting)}
          >
            Select
          </Button>
        </span>
      )}
      <Button look="quiet" icon="clock" aria-label="History" onClick={() => patch({ history: '1' })}>
        <span className="wide">History</span>
      </Button>
      {canEdit && (
        <Button look="primary" icon="plus" onClick={onAdd}>
          Assign
        </Button>
      )}
    </div>
  );
}

/** How long a column is. */
function ZoomSwitch({ zoom }: Pick<View, 'zoom'>) {
  const [, patch] = useAddress();
  return (
    <fieldset className="seg" aria-label="Zoom">
      {zooms.map(({ zoom: one, label, key }) => (
        <button
          key={one}
          type="button"
          aria-pressed={zoom === one}
          title={`${label} (key ${key})`}
          onClick={() => patch(zoomPatch(one), { replace: true })}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}

function TimeSteps({ view: { zoom }, onStep, onToday }: Pick<Props, 'view' | 'onStep' | 'onToday'>) {
  const { words, steps } = timeSteps[zoom];
  return (
    <span className="nav2">
      <Button look="quiet" icon="left" aria-label={`${words} earlier`} title={`${words} earlier (key <)`} onClick={() => onStep(-steps)} />
      <Button look="quiet" onClick={onToday} title="Today (key 0)">
        Today
      </Button>
      <Button look="quiet" icon="right" aria-label={`${words} later`} title={`${words} later (key >)`} onClick={() => onStep(steps)} />
    </span>
  );
}

const choices = { day: [1, 2, 4, 6, 8], week: [8, 16, 26, 52, 104] };

/** How many weeks show; months and years are whole. */
function Length({ view: { zoom, weeks } }: Pick<Props, 'view'>) {
  const [, patch] = useAddress();
  if (zoom !== 'day' && zoom !== 'week') return null;
  return (
    <select aria-label="Weeks shown" value={weeks} onChange={(event) => patch({ weeks: event.currentTarget.value }, { replace: true })}>
      {[...new Set([...choices[zoom], weeks])]
        .sort((a, b) => a - b)
        .map((some) => (
          <option key={some} value={some}>
            {count(some, 'week')}
          </option>
        ))}
    </select>
  );
}
