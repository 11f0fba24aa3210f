import { WebhookDelivery, type WebhookView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type ApiProblem, ask, becameOf } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute, atSecond } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { useDeliveries, webhooksKey } from './queries.ts';
import { deliveryState, eventName } from './words.ts';

/** What was sent to a webhook and what came of it, newest first. */
export function Deliveries({ webhook }: { webhook: WebhookView }) {
  const [limit, setLimit] = useState(10);
  const deliveries = useDeliveries(webhook.id, limit);
  const items = deliveries.data?.items ?? [];
  return (
    <>
      {deliveries.error && (
        <ProblemNote error={deliveries.error} retry={() => void deliveries.refetch()} what="What was sent did not load" />
      )}
      {deliveries.isPending && <Lines count={3} label="Loading what was sent" />}
      {deliveries.data && items.length === 0 && <p className="mid">Nothing was sent yet. A test shows whether the receiver answers.</p>}
      {items.length > 0 && (
        <div className="scrollx">
          <table className="tb0 dls" aria-label={`Sent to ${webhook.name}`}>
            <thead>
              <tr>
                <th>When</th>
                <th>What changed</th>
                <th>Result</th>
                <th className="num">Answer</th>
                <th className="num">Took</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {items.map((one) => (
                <Row key={one.id} webhook={webhook} delivery={one} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="xs">Kept for 30 days, at most 1,000. In no certain order: a receiver goes by the sequence.</p>
      {deliveries.data?.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </>
  );
}

function Row({ webhook, delivery }: { webhook: WebhookView; delivery: WebhookDelivery }) {
  const { id, type, askedAt, tries, nextAt, reason, last, replay } = delivery;
  const client = useQueryClient();
  const toast = useToast();
  const again = useMutation<WebhookDelivery, ApiProblem>({
    mutationFn: () => ask(WebhookDelivery, `/webhooks/${webhook.id}/deliveries/${encodeURIComponent(id)}/replay`, { method: 'POST' }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: webhooksKey });
      toast('It is sent again');
    },
    onError: (error) => toast(becameOf(error, 'It was not sent again', 'it was sent again'), { tone: 'bad', detail: error.message }),
  });
  const { tone, icon, word } = deliveryState(delivery);
  const isEnded = delivery.state === 'taken' || delivery.state === 'given up';
  return (
    <tr>
      <td className="nw">
        <time dateTime={askedAt}>{atMinute(askedAt)}</time>
      </td>
      <td title={type}>
        {eventName(type)}
        {replay && <span className="muted"> · again</span>}
      </td>
      <td>
        <span className={tone}>
          <Icon name={icon} /> {word}
        </span>
        {tries > 1 && <span className="muted"> after {tries} tries</span>}
        {reason && <div className="muted">{reason}</div>}
        {nextAt && <div className="muted">next try {atMinute(nextAt)}</div>}
        {last?.answer && (
          <details>
            <summary>What it answered at {atSecond(last.at)}</summary>
            <pre>{last.answer}</pre>
          </details>
        )}
      </td>
      <td className="num">{last?.status ?? '–'}</td>
      <td className="num nw">{last ? `${last.milliseconds} ms` : '–'}</td>
      <td className="num">
        {isEnded && webhook.stopped === null && type.includes('.changed.') && (
          <Button
            busy={again.isPending}
            onClick={() => again.mutate()}
            aria-label={`Send ${eventName(type)} of ${atMinute(askedAt)} again`}
          >
            Send again
          </Button>
        )}
      </td>
    </tr>
  );
}
