import type { ChangeSetView } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../ui/button.tsx';
import { atMinute } from '../ui/instants.ts';
import { useUndo } from './changes.ts';
import { idsIn, type Known, LinkedText, subjectsOf } from './links.tsx';
import { ruleWords } from './rule-words.ts';

/** Why a change set was made, as far as the reader may know; null where nothing was said and no rule stood in the way. */
export function reasonOf({ reason, accepted }: Pick<ChangeSetView, 'reason' | 'accepted'>): string | null {
  if (accepted.length > 0) return `Although ${ruleWords(accepted)}`;
  return reason === null ? null : 'Why';
}

/** One change set: what was done, why, by whom and when, with Undo for those who may. */
export function ChangeRow({ set, canEdit, names }: { set: ChangeSetView; canEdit: boolean; names: Known | undefined }) {
  const undo = useUndo();
  const [busy, setBusy] = useState(false);
  const run = async () => {
    setBusy(true);
    await undo(set.number, set.summary);
    setBusy(false);
  };
  const why = reasonOf(set);
  return (
    <li>
      <div>
        <span className={set.undoneBy === null ? undefined : 'un'}>
          {names ? <LinkedText text={set.summary} subjects={subjectsOf(idsIn(set), names)} /> : set.summary}
        </span>
        {why !== null && (
          <small>
            {why}
            {set.reason && (
              <>
                : <bdi>{set.reason}</bdi>
              </>
            )}
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
