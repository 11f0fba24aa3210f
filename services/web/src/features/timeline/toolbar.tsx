import { addWeeks, weekOf } from '@sidekick/calendar/iso';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useAddress } from '../../staffing/address.ts';
import { useUndo } from '../../staffing/changes.ts';
import { useChanges } from '../../staffing/queries.ts';
import { Button } from '../../ui/button.tsx';
import { undoState } from './undo.ts';

interface Props {
  by: 'project' | 'person';
  from: string;
  weeks: number;
  today: string;
  summary: ReactNode;
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
export function Toolbar({ by, from, weeks, today, summary, canEdit, onAdd }: Props) {
  const [params, patch] = useAddress();
  const { undo, redo, why } = useUndoRedo(canEdit);
  const filtered = params.has('q') || params.has('gaps') || params.has('mine');
  const keep = new URLSearchParams([...params].filter(([key]) => key === 'from' || key === 'weeks' || key === 'q')).toString();
  const step = (count: number) => patch({ from: addWeeks(from, count) }, { replace: true });
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
      <span className="nav2">
        <Button look="quiet" icon="left" aria-label="Four weeks earlier" title="Four weeks earlier" onClick={() => step(-4)} />
        <Button look="quiet" onClick={() => patch({ from: null }, { replace: true })} title={`From ${addWeeks(weekOf(today), -1)}`}>
          Today
        </Button>
        <Button look="quiet" icon="right" aria-label="Four weeks later" title="Four weeks later" onClick={() => step(4)} />
      </span>
      <select aria-label="Weeks shown" value={weeks} onChange={(event) => patch({ weeks: event.currentTarget.value }, { replace: true })}>
        {[...new Set([8, 16, 26, 52, 104, weeks])]
          .sort((a, b) => a - b)
          .map((count) => (
            <option key={count} value={count}>
              {count} weeks
            </option>
          ))}
      </select>
      <Button
        icon="filter"
        aria-label="Filter"
        aria-pressed={params.has('filter') || filtered}
        onClick={() =>
          patch(params.has('filter') || filtered ? { filter: null, q: null, gaps: null, mine: null } : { filter: '1' }, { replace: true })
        }
      >
        <span className="hide-s">Filter</span>
      </Button>
      <span className="sum hide-s">{summary}</span>
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
