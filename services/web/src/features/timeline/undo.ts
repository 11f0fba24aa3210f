import type { ChangeSetView } from '@sidekick/contracts';

/** What undo and redo would take back: own change sets, the newest first. */
export interface UndoState {
  readonly undo: ChangeSetView | null;
  readonly redo: ChangeSetView | null;
  /** The newest own set that stands and that somebody has overtaken, while undo offers an older one, or none. */
  readonly skipped: ChangeSetView | null;
}

/**
 * A change set that undoes counts as an undo, one that undoes an undo counts as done again. Undo takes the newest own set that
 * stands and can be taken back; redo takes back an undo while nothing of one's own was done after it.
 */
export function undoState(newestFirst: readonly ChangeSetView[], account: string): UndoState {
  const byNumber = new Map(newestFirst.map((set) => [set.number, set]));
  const isUndo = (set: ChangeSetView): boolean => {
    if (set.undoes === null) return false;
    const target = byNumber.get(set.undoes);
    return target ? !isUndo(target) : true;
  };
  const standing = newestFirst.filter(({ by, undoneBy }) => by.account === account && undoneBy === null);
  const newest = standing[0];
  const own = standing.filter((set) => !isUndo(set));
  const undo = own.find(isPossible) ?? null;
  return {
    undo,
    redo: newest && isUndo(newest) && isPossible(newest) ? newest : null,
    skipped: own[0] && own[0] !== undo ? own[0] : null,
  };
}

const isPossible = ({ undo }: ChangeSetView): boolean => undo?.possible ?? true;
