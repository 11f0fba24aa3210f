import { WebhookAnswer, WebhookDelivery, WebhookView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { type ApiProblem, ask, becameOf, bodyOf, tell } from '../../api/ask.ts';
import { useToast } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute, onDay } from '../../ui/instants.ts';
import { Deliveries } from './deliveries.tsx';
import { webhooksKey } from './queries.ts';
import { Secret } from './secret.tsx';
import { eventNames, stateOf } from './words.ts';

interface Props {
  webhook: WebhookView;
  /** Whether what was sent to it stands below. */
  isOpen: boolean;
  toggle: () => void;
  change: () => void;
}

export function WebhookRow({ webhook, isOpen, toggle, change }: Props) {
  const { name, url, events, by, createdAt, oldSecretUntil } = webhook;
  const { tone, icon, word, more } = stateOf(webhook);
  const log = `log-${webhook.id}`;
  return (
    <li aria-label={name}>
      <div className="hk">
        <div className="grow">
          <b>
            <bdi>{name}</bdi>
          </b>{' '}
          <span className={tone}>
            <Icon name={icon} /> {word}
          </span>
          {more && <div className={tone === 'bad' || tone === 'warn' ? tone : 'muted'}>{more}</div>}
          <div className="mono url">{url}</div>
          <div className="muted">
            Told of {eventNames(events)}. Acts for {by?.name ?? 'an account that is gone'}, made {onDay(createdAt)}.
            {oldSecretUntil && ` The secret before signs too until ${atMinute(oldSecretUntil)}.`}
          </div>
        </div>
        <Actions webhook={webhook} change={change} />
      </div>
      <Button look="quiet" aria-expanded={isOpen} aria-controls={log} onClick={toggle}>
        {isOpen ? 'Hide what was sent' : 'What was sent'}
      </Button>
      {isOpen && (
        <div id={log}>
          <Deliveries webhook={webhook} />
        </div>
      )}
    </li>
  );
}

type Asking = 'remove' | 'secret' | null;

function Actions({ webhook, change }: { webhook: WebhookView; change: () => void }) {
  const { id, version, name, stopped } = webhook;
  const client = useQueryClient();
  const toast = useToast();
  const [asking, setAsking] = useState<Asking>(null);
  const box = useRef<HTMLDivElement>(null);
  const asked = useRef<Asking>(null);
  // The focus goes back to the button whose question was not answered with yes.
  useEffect(() => {
    if (asking === null && asked.current !== null) box.current?.querySelector<HTMLElement>(`[data-asks=${asked.current}]`)?.focus();
    asked.current = asking;
  }, [asking]);
  const refetch = () => void client.invalidateQueries({ queryKey: webhooksKey });
  const failed = (not: string, done: string) => (error: ApiProblem) => {
    refetch();
    toast(becameOf(error, not, done), { tone: 'bad', detail: error.message });
  };
  const test = useMutation<WebhookDelivery, ApiProblem>({
    mutationFn: () => ask(WebhookDelivery, `/webhooks/${id}/test`, { method: 'POST' }),
    onSuccess: ({ state, last, reason }) => {
      refetch();
      if (state === 'taken') toast(`“${name}” took the test: ${last?.status} in ${last?.milliseconds} ms`);
      else toast(`“${name}” did not take the test`, { tone: 'bad', detail: reason ?? '' });
    },
    onError: failed('Nothing was sent', 'a test was sent'),
  });
  const turn = useMutation<WebhookView, ApiProblem>({
    mutationFn: () =>
      ask(WebhookView, `/webhooks/${id}`, { method: 'PATCH', version, body: bodyOf('changeWebhook', { on: stopped !== null }) }),
    onSuccess: (now) => {
      refetch();
      toast(now.stopped === null ? `“${name}” is told again from now on` : `“${name}” is told nothing any more`);
    },
    onError: failed('It stays as it was', 'it was changed'),
  });
  const remove = useMutation<void, ApiProblem>({
    mutationFn: () => tell(`/webhooks/${id}`, { method: 'DELETE' }),
    onSuccess: () => {
      refetch();
      toast(`“${name}” is removed`);
    },
    onError: failed('It is still there', 'it was removed'),
  });
  const renew = useMutation<z.infer<typeof WebhookAnswer>, ApiProblem>({
    mutationFn: () => ask(WebhookAnswer, `/webhooks/${id}/secret`, { method: 'POST' }),
    onSuccess: refetch,
    onError: failed('The secret stays', 'there is another secret'),
  });
  if (asking === 'remove')
    return (
      <Sure busy={remove.isPending} act="Remove it" keep={() => setAsking(null)} run={() => remove.mutate()}>
        It is told nothing any more, and its log goes.
      </Sure>
    );
  if (asking === 'secret' && !renew.data)
    return (
      <Sure busy={renew.isPending} act="Make another secret" keep={() => setAsking(null)} run={() => renew.mutate()}>
        Both sign for 24 hours: give the receiver the new one meanwhile.
      </Sure>
    );
  return (
    <div ref={box} className="hka">
      <Button busy={test.isPending} onClick={() => test.mutate()} aria-label={`Test ${name}`}>
        Test
      </Button>
      <Button onClick={change} aria-label={`Change ${name}`}>
        Change
      </Button>
      <Button busy={turn.isPending} onClick={() => turn.mutate()} aria-label={`${stopped === null ? 'Stop' : 'Start'} ${name}`}>
        {stopped === null ? 'Stop' : 'Start'}
      </Button>
      <Button icon="lock" data-asks="secret" onClick={() => setAsking('secret')} aria-label={`Another secret for ${name}`}>
        Secret
      </Button>
      <Button look="quiet" icon="trash" data-asks="remove" onClick={() => setAsking('remove')} aria-label={`Remove ${name}`} />
      {renew.data && (
        <Dialog title="Another secret" onClose={() => renew.reset()} hold>
          <Secret name={name} secret={renew.data.secret} />
          <div className="acts">
            <Button
              onClick={() => {
                renew.reset();
                setAsking(null);
              }}
            >
              Done
            </Button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

function Sure(props: { children: string; act: string; busy: boolean; run: () => void; keep: () => void }) {
  const box = useRef<HTMLDivElement>(null);
  // It takes the place of the button that was pressed.
  useEffect(() => box.current?.querySelector<HTMLButtonElement>('button:last-of-type')?.focus(), []);
  return (
    <div ref={box} className="hka">
      <span className="muted">{props.children}</span>
      <Button look="danger" busy={props.busy} onClick={props.run}>
        {props.act}
      </Button>
      <Button onClick={props.keep}>Keep</Button>
    </div>
  );
}
