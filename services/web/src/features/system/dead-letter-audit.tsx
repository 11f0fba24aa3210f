import type { DeadLetterAuditEntry } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { typeWords } from './event-words.ts';
import { useDeadLetterAudit } from './queries.ts';

/** What was done with dead letters, by whom and why. Nothing is shown before the first. */
export function DeadLetterAudit() {
  const [limit, setLimit] = useState(5);
  const audit = useDeadLetterAudit(limit);
  if (audit.error) return <ProblemNote error={audit.error} retry={() => void audit.refetch()} what="What was done did not load" />;
  if (!audit.data || audit.data.items.length === 0) return null;
  return (
    <>
      <div className="sec later">
        <h2>Done with dead letters</h2>
        <span className="muted">newest first</span>
      </div>
      <ul className="feed deeds" aria-label="Done with dead letters">
        {audit.data.items.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{atMinute(entry.at)}</time>
            <span>
              {whatOf(entry)} <b>{entry.by ?? 'the portal'}</b>
              <small>
                {entry.type ? typeWords(entry.type) : entry.letter === '*' ? 'all that were there' : 'not an event'} · {entry.queue}
                {entry.did !== 'replayed' && ` · ${entry.reason}`}
              </small>
            </span>
          </li>
        ))}
      </ul>
      {audit.data.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </>
  );
}

const whatOf = ({ did }: DeadLetterAuditEntry): string =>
  ({ replayed: 'Sent again by', discarded: 'Discarded by', expired: 'Given up by' })[did];
