import './webhooks.css';
import type { WebhookView } from '@sidekick/contracts';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { WebhookDeeds } from './deeds.tsx';
import { useWebhooks } from './queries.ts';
import { WebhookDialog } from './webhook-dialog.tsx';
import { WebhookRow } from './webhook-row.tsx';

/** `/webhooks`: where events are sent to. `/webhooks/{id}` shows what was sent to one. */
export function WebhooksScreen() {
  useTitle('Webhooks');
  const webhooks = useWebhooks();
  const navigate = useNavigate();
  const { id } = useParams();
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<WebhookView | null>(null);
  const items = webhooks.data ?? [];
  const make = (
    <Button look="primary" icon="plus" onClick={() => setMaking(true)}>
      New webhook
    </Button>
  );
  return (
    <main className="wrap hooks">
      <div className="hh">
        <div>
          <h1>Webhooks</h1>
          <div className="muted">Other programs told of what changes here</div>
        </div>
        <span className="grow" />
        {items.length > 0 && make}
      </div>
      {webhooks.error && <ProblemNote error={webhooks.error} retry={() => void webhooks.refetch()} what="The webhooks did not load" />}
      {webhooks.isPending && <Lines count={4} label="Loading the webhooks" />}
      {webhooks.data?.length === 0 && (
        <Empty icon="external" title="No webhooks yet" action={make}>
          Have a chat, a calendar or a program of yours told when a page, a project or an assignment changes.
        </Empty>
      )}
      {id !== undefined && webhooks.data && !items.some((one) => one.id === id) && (
        <div className="conf" role="status">
          <span>There is no such webhook: it may have been removed.</span>
        </div>
      )}
      <ul className="hks">
        {items.map((webhook) => (
          <WebhookRow
            key={webhook.id}
            webhook={webhook}
            isOpen={webhook.id === id}
            toggle={() => void navigate(webhook.id === id ? '/webhooks' : `/webhooks/${webhook.id}`, { replace: true })}
            change={() => setEditing(webhook)}
          />
        ))}
      </ul>
      {webhooks.data && <WebhookDeeds />}
      {making && <WebhookDialog webhook={null} close={() => setMaking(false)} />}
      {editing && <WebhookDialog key={editing.id} webhook={editing} close={() => setEditing(null)} />}
    </main>
  );
}
