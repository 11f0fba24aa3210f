import { ConflictDialog } from './conflict-dialog.tsx';
import { DeedWords } from './deed-words.tsx';
import { DropHint } from './drop-hint.tsx';
import type { useBarMoves } from './use-bar-moves.ts';

/** What is said of a change from a bar, and of a move: at the pointer while it goes on, and let go where rules break, to save anyway with a reason or put back. */
export function MoveWords({
  grid: { hint, keys, moving, deeds },
}: {
  grid: Pick<ReturnType<typeof useBarMoves>, 'hint' | 'keys' | 'moving' | 'deeds'>;
}) {
  const { move } = moving;
  return (
    <>
      <DeedWords deeds={deeds} />
      <DropHint hint={hint} move={move} keyboard={keys.active} said={moving.said} />
      {move?.dropped && moving.refused.length > 0 && (
        <ConflictDialog
          id={move.assignment.id}
          said={moving.said(move)}
          broken={moving.refused}
          busy={moving.busy}
          error={moving.error}
          onSave={(reason) => moving.drop(move, reason, moving.refused)}
          onPutBack={moving.put}
        />
      )}
    </>
  );
}
