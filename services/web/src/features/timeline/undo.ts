import type { ChangeSetView } from '@sidekick/contracts';

/** What undo and redo would take back: own change sets, the newest first. */
export interface UndoState {
  readonly undo: ChangeSetView | null;
  readonly redo: ChangeSetView | null;
}

/**
 * A change set that undoes counts as an undo, one that undoes an undo counts as done again. Undo takes the newest own set that
 * stands; redo takes back an undo while nothing of one's own was done after it.
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
  return {
    undo: standing.find((set) => !isUndo(set)) ?? null,
    redo: newest && isUndo(newest) ? newest : null,
  };
}
