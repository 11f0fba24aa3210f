import type { WebhookDeed } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { useWebhookDeeds } from './queries.ts';

const did: Record<WebhookDeed['did'], string> = {
  made: 'made',
  changed: 'changed',
  removed: 'removed',
  secret: 'made another secret for',
  stopped: 'stopped',
  tested: 'tested',
  replayed: 'sent something again to',
};

/** Who did what with webhooks, kept for good. */
export function WebhookDeeds() {
  const [limit, setLimit] = useState(6);
  const deeds = useWebhookDeeds(limit);
  if (deeds.data?.items.length === 0) return null;
  return (
    <section className="audit" aria-label="Changes of webhooks">
      <div className="sec">
        <h2>Changes</h2>
        <span className="muted">who did what with webhooks, newest first</span>
      </div>
      {deeds.error && <ProblemNote error={deeds.error} retry={() => void deeds.refetch()} what="The changes did not load" />}
      <ul className="feed">
        {deeds.data?.items.map((deed) => (
          <li key={deed.id}>
            <time dateTime={deed.at}>{atMinute(deed.at)}</time>
            <span>
              <b>{deed.did === 'stopped' && deed.by === null ? 'The portal' : (deed.by?.name ?? 'Somebody')}</b> {did[deed.did]}{' '}
              <bdi>{deed.name}</bdi> <span className="muted">{deed.host}</span>
            </span>
          </li>
        ))}
      </ul>
      {deeds.data?.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </section>
  );
}
