import type { ChangeSetView } from '@sidekick/contracts';
import { useState } from 'react';
import { useUndo } from '../../staffing/changes.ts';
import { useChanges } from '../../staffing/queries.ts';
import { ruleWords } from '../../staffing/rule-words.ts';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Sheet } from '../../ui/sheet.tsx';
import { Lines } from '../../ui/skeleton.tsx';

/** Who changed what, newest first, each with Undo for those who may. */
export function HistorySheet({ canEdit, onClose, subject }: { canEdit: boolean; onClose: () => void; subject?: string }) {
  const [limit, setLimit] = useState(50);
  const changes = useChanges(limit, subject ? { subject } : {});
  return (
    <Sheet title="Who changed what" onClose={onClose}>
      {changes.error && <ProblemNote error={changes.error} retry={() => void changes.refetch()} />}
      {!changes.data && !changes.error && <Lines count={6} />}
      {changes.data?.items.length === 0 && <p className="mid">Nothing was changed yet.</p>}
      <ul className="hist">
        {changes.data?.items.map((set) => (
          <ChangeRow key={set.number} set={set} canEdit={canEdit} />
        ))}
      </ul>
      {changes.data?.nextCursor && limit < 200 && (
        <p className="acts">
          <Button onClick={() => setLimit(200)}>Show more</Button>
        </p>
      )}
      <span className="gap" />
    </Sheet>
  );
}

function ChangeRow({ set, canEdit }: { set: ChangeSetView; canEdit: boolean }) {
  const undo = useUndo();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await undo(set.number, set.summary);
    setBusy(false);
  };
  return (
    <li>
      <div>
        <span className={set.undoneBy === null ? undefined : 'un'}>{set.summary}</span>
        {set.reason && (
          <small>
            {set.accepted.length > 0 ? `Although ${ruleWords(set.accepted)}: ` : 'Why: '}
            <bdi>{set.reason}</bdi>
          </small>
        )}
        <small>
          {set.by.name}, {atMinute(set.at)}
          {set.undoneBy !== null && ` · undone by change ${set.undoneBy}`}
          {set.undoes !== null && ` · undoes change ${set.undoes}`}
        </small>
      </div>
      {canEdit && set.undoneBy === null && set.undo?.possible === false && <small title={set.undo.why ?? undefined}>overtaken</small>}
      {canEdit && set.undoneBy === null && set.undo?.possible !== false && (
        <Button look="quiet" icon="undo" busy={busy} onClick={() => void run()} aria-label={`Undo: ${set.summary}`}>
          Undo
        </Button>
      )}
    </li>
  );
}
