import type { DeadLetterDeed } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { typeWords } from './event-words.ts';
import { useDeeds } from './queries.ts';

/** What was done with dead letters, by whom and why. Nothing is shown before the first. */
export function Deeds() {
  const [limit, setLimit] = useState(5);
  const deeds = useDeeds(limit);
  if (deeds.error) return <ProblemNote error={deeds.error} retry={() => void deeds.refetch()} what="What was done did not load" />;
  if (!deeds.data || deeds.data.items.length === 0) return null;
  return (
    <>
      <div className="sec later">
        <h2>Done with dead letters</h2>
        <span className="muted">newest first</span>
      </div>
      <ul className="feed deeds" aria-label="Done with dead letters">
        {deeds.data.items.map((deed) => (
          <li key={deed.id}>
            <time dateTime={deed.at}>{atMinute(deed.at)}</time>
            <span>
              {whatOf(deed)} <b>{deed.by ?? 'the portal'}</b>
              <small>
                {deed.type ? typeWords(deed.type) : deed.letter === '*' ? 'all that were there' : 'not an event'} · {deed.queue}
                {deed.did !== 'replayed' && ` · ${deed.reason}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {deeds.data.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </>
  );
}

const whatOf = ({ did }: DeadLetterDeed): string => ({ replayed: 'Sent again by', discarded: 'Discarded by', expired: 'Given up by' })[did];
