import type { ChangeSetView } from '@sidekick/contracts';

/** What undo and redo would take back: own change sets, the newest first. */
export interface UndoState {
  readonly undo: ChangeSetView | null;
  readonly redo: ChangeSetView | null;
  /** The newest own set that stands and that somebody has overtaken, while undo offers an older one, or none. */
  readonly skipped: ChangeSetView | null;
  /** The undo that redo would take back, had nobody overtaken it. */
  readonly lost: ChangeSetView | null;
}

/**
 * A change set that undoes counts as an undo, one that undoes an undo counts as done again. Undo takes the newest own set that
 * stands and can be taken back; redo takes back the newest undo that stands while nothing new of one's own was done after it, so that
 * several undos are done again one by one.
 */
export function undoState(newestFirst: readonly ChangeSetView[], account: string): UndoState {
  const byNumber = new Map(newestFirst.map((set) => [set.number, set]));
  const isUndo = (set: ChangeSetView): boolean => {
    if (set.undoes === null) return false;
    const target = byNumber.get(set.undoes);
    return target ? !isUndo(target) : true;
  };
  const mine = newestFirst.filter(({ by }) => by.account === account);
  const own = mine.filter((set) => set.undoneBy === null && !isUndo(set));
  const undo = own.find(isPossible) ?? null;
  const newest = mine.findIndex(({ undoes }) => undoes === null);
  const undos = mine.slice(0, newest < 0 ? mine.length : newest);
  const last = undos.find((set) => set.undoneBy === null && isUndo(set)) ?? null;
  return {
    undo,
    redo: last && isPossible(last) ? last : null,
    skipped: own[0] && own[0] !== undo ? own[0] : null,
    lost: last && !isPossible(last) ? last : null,
  };
}

const isPossible = ({ undo }: ChangeSetView): boolean => undo?.possible ?? true;

/** Who came over an own change set, and with what. */
export function overtakenBy({ undo, by }: ChangeSetView, newestFirst: readonly ChangeSetView[]): string {
  const last = newestFirst.find(({ number }) => undo?.changedBy.includes(number));
  if (!last) return undo?.why ?? 'Somebody changed it since';
  return `${last.by.account === by.account ? 'You' : last.by.name} changed it since: “${last.summary}”`;
}

/** What an undo took back, which is what would be done again. */
export const undoneIn = ({ undoes, summary }: ChangeSetView, newestFirst: readonly ChangeSetView[]): string =>
  newestFirst.find(({ number }) => number === undoes)?.summary ?? summary;
