import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { useUndo } from '../../staffing/changes.ts';
import { count } from '../../staffing/format.ts';
import { useChanges } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { isFiltered, unfiltered } from './filter-bar.tsx';
import type { View } from './scale.ts';
import { undoState } from './undo.ts';
import { timeSteps, zoomPatch, zooms } from './view-keys.ts';

interface Props {
  by: 'project' | 'person';
  view: View;
  /** Moves on in time by so many columns. */
  onStep: (steps: number) => void;
  onToday: () => void;
  summary: ReactNode;
  /** Of which days the summary is, and what it counts. */
  counted: string | undefined;
  canEdit: boolean;
  onAdd: () => void;
}

/** Undo and redo of one's own last change sets; used by the buttons and by the key `u`. */
export function useUndoRedo(on: boolean) {
  const { me } = useSession();
  const changes = useChanges(50, on);
  const run = useUndo();
  const { undo, redo, skipped } = undoState(changes.data?.items ?? [], me?.account ?? '');
  return {
    undo: undo && { summary: undo.summary, run: () => void run(undo.number, undo.summary) },
    redo: redo && { summary: redo.summary, run: () => void run(redo.number, redo.summary, 'Done again') },
    /** Why a newer own change is not the one that Undo offers. */
    why: skipped && `“${skipped.summary}” cannot be undone: ${skipped.undo?.why ?? 'somebody changed it since'}`,
  };
}

/** Rows by project or person, the range, the filter, the sum of it all, undo and history. */
export function Toolbar({ by, view, onStep, onToday, summary, counted, canEdit, onAdd }: Props) {
  const [params, patch] = useAddress();
  const { undo, redo, why } = useUndoRedo(canEdit);
  const filtered = isFiltered(params);
  const keep = new URLSearchParams([...params].filter(([key]) => ['zoom', 'from', 'weeks', 'load', 'q'].includes(key))).toString();
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
      </nav>
      <ZoomSwitch zoom={view.zoom} />
      <TimeSteps view={view} onStep={onStep} onToday={onToday} />
      <Length view={view} />
      <Button
        icon="filter"
        aria-label="Filter"
        aria-pressed={params.has('filter') || filtered}
        onClick={() => patch(params.has('filter') || filtered ? unfiltered : { filter: '1' }, { replace: true })}
      >
        <span className="hide-s">Filter</span>
      </Button>
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
            title={[undo ? `Undo: ${undo.summary}` : 'You have nothing to undo', why].filter(Boolean).join('\n')}
            onClick={undo?.run}
          >
            <span className="hide-s">Undo</span>
          </Button>
          {/* On a phone one more button would push the grid down; an undo can be undone in the history. */}
          {redo && (
            <span className="hide-s">
              <Button look="quiet" icon="redo" aria-label="Redo" title={`Redo: ${redo.summary}`} onClick={redo.run} />
            </span>
          )}
        </>
      )}
      <Button look="quiet" icon="clock" aria-label="History" onClick={() => patch({ history: '1' })}>
        <span className="hide-s">History</span>
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
