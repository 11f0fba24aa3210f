import { ReplayAnswer, type SystemView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, ask, becameOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { LetterRow } from './letter-row.tsx';
import { addressOf, deadLetterAuditKey, lettersKey, systemKey, useDeadLetters } from './queries.ts';
import { keyOf, rowsWith, useSentAgain } from './sent-again.ts';

/** Letters shown at first, and how many more each time. */
const few = 20;

/** Events that no try could handle: each can be looked into, sent again, or given up. */
export function DeadLetters({ system }: { system: SystemView }) {
  const count = system.dead.reduce((sum, queue) => sum + (queue.count ?? 0), 0);
  const [limit, setLimit] = useState(few);
  const again = useSentAgain();
  const letters = useDeadLetters({ count, limit, closely: again.closely() });
  const changed = useChanged();
  const toast = useToast();
  const items = letters.data?.items ?? [];
  const replay = useMutation<void, ApiProblem, (typeof items)[number]>({
    mutationFn: (letter) => tell(`${addressOf(letter)}/replay`, { method: 'POST', query: { replica: letter.replica } }),
    onSuccess: (_, letter) => again.note([letter]),
    onError: (error) => void toast(becameOf(error, 'Not sent again', 'it was sent again'), { tone: 'bad', detail: error.message }),
    onSettled: changed,
  });
  const replayAll = useMutation<number, ApiProblem>({
    mutationFn: async () => {
      let sum = 0;
      for (const queue of new Set(items.map((letter) => letter.queue))) {
        sum += (await ask(ReplayAnswer, `/system/dead-letters/${queue}/replay`, { method: 'POST' })).replayed;
      }
      return sum;
    },
    onSuccess: (sum) => {
      again.note(items);
      toast(sum === 1 ? '1 event was sent again' : `${sum} events were sent again`);
    },
    onError: (error) =>
      void toast(becameOf(error, 'Not all were sent again', 'all were sent again'), { tone: 'bad', detail: error.message }),
    onSettled: changed,
  });
  const rows = rowsWith(items, again.sent);
  return (
    <>
      <div className="sec later">
        <h2>Dead letters</h2>
        <span className="muted">{count === 0 ? 'none' : `${count}, oldest first, kept for 90 days`}</span>
        <span className="grow" />
        {items.length > 1 && (
          <Button look="quiet" icon="replay" busy={replayAll.isPending} onClick={() => replayAll.mutate()}>
            Replay all
          </Button>
        )}
      </div>
      {letters.error && <ProblemNote error={letters.error} retry={() => void letters.refetch()} what="Dead letters did not load" />}
      {letters.isPending && <Lines count={2} label="Loading dead letters" />}
      {letters.data && rows.length === 0 && (
        <p className="mid">Every event was handled. What fails four times, or cannot be read, is put here to be looked into.</p>
      )}
      {rows.length > 0 && (
        <ul className="dead" aria-label="Dead letters">
          {rows.map((row) => (
            <LetterRow
              key={keyOf(row.letter)}
              row={row}
              replay={() => replay.mutate(row.letter)}
              busy={replay.isPending && keyOf(replay.variables) === keyOf(row.letter)}
              discarded={() => {
                again.forget(row.letter);
                changed();
              }}
            />
          ))}
        </ul>
      )}
      {letters.data?.nextCursor && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit + few))} disabled={limit >= 200}>
          {limit >= 200 ? 'The first 200 are shown: replay or discard some' : 'Show more'}
        </Button>
      )}
    </>
  );
}

/** What is shown of dead letters is asked for again. */
function useChanged(): () => void {
  const client = useQueryClient();
  return () => {
    for (const queryKey of [lettersKey, systemKey, deadLetterAuditKey]) void client.invalidateQueries({ queryKey });
  };
}
