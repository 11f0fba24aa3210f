import { WebhookAnswer, WebhookView } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { useSession, useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { webhooksKey } from './queries.ts';
import { Secret } from './secret.tsx';
import { changeOf, type Draft, type Form, fields, formOf, rebased } from './webhook-draft.ts';
import { choices } from './words.ts';

type Saved = WebhookView & { secret?: string };

/** Makes a webhook, or changes one; the secret of a new one is shown once. */
export function WebhookDialog({ webhook, close }: { webhook: WebhookView | null; close: () => void }) {
  const client = useQueryClient();
  const toast = useToast();
  const typed = useTyped<Form>(webhook ? `webhook:${webhook.id}` : 'webhook', formOf(webhook), {
    close,
    dirty: (form) => form.asked.length > 0 || Object.keys(changeOf(form)).length > 0,
  });
  const form = typed.value;
  const draft = form.typed;
  const set = (part: Partial<Draft>) => typed.set({ typed: { ...draft, ...part } });
  const changed = changeOf(form);
  const save = useMutation<Saved, ApiProblem>({
    mutationFn: () =>
      webhook
        ? ask(WebhookView, `/webhooks/${webhook.id}`, {
            ...{ method: 'PATCH', version: form.version },
            body: bodyOf('changeWebhook', changed as Parameters<typeof bodyOf<'changeWebhook'>>[1]),
          })
        : ask(WebhookAnswer, '/webhooks', {
            method: 'POST',
            body: bodyOf('createWebhook', { ...draft, name: draft.name.trim() } as Parameters<typeof bodyOf<'createWebhook'>>[1]),
          }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: webhooksKey });
      typed.clear(formOf(saved));
      if (saved.secret !== undefined) return;
      toast(`Saved ${saved.name}`);
      close();
    },
    onError: ({ problem }) => {
      const current = WebhookView.safeParse(problem?.['current']);
      if (current.success) typed.set(rebased(form, current.data));
    },
  });
  const isWhole = draft.name.trim() !== '' && draft.url.trim() !== '' && draft.events.length > 0;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!isWhole || form.asked.length > 0) return;
    if (webhook && Object.keys(changed).length === 0) typed.leave();
    else save.mutate();
  };
  const secret = save.data?.secret;
  return (
    <Dialog
      title={webhook ? webhook.name : 'A new webhook'}
      size={560}
      onClose={typed.leave}
      busy={save.isPending}
      hold={secret !== undefined}
    >
      {secret !== undefined ? (
        <>
          <Secret name={save.data?.name ?? ''} secret={secret} />
          <div className="acts">
            <Button onClick={close}>Done</Button>
          </div>
        </>
      ) : (
        <form className="fm" noValidate onSubmit={send}>
          {save.error && save.error.status !== 412 && !save.error.at('url') && (
            <ProblemNote error={save.error} what="It was not saved" done="it was saved" />
          )}
          <TypedNote typed={typed} about={({ typed: one }) => one.name || one.url} />
          <Race form={form} set={typed.set} />
          <Field
            label="Name"
            placeholder="team chat"
            value={draft.name}
            maxLength={120}
            onChange={({ target }) => set({ name: target.value })}
          />
          <Field
            label="Address"
            type="url"
            placeholder="https://hooks.example.org/…"
            value={draft.url}
            maxLength={2_000}
            error={save.error?.at('url')}
            onChange={({ target }) => set({ url: target.value })}
            help="Events are posted there as JSON, signed. It has ten seconds to answer."
          />
          <EventFields value={draft.events} change={(events) => set({ events })} />
          <FieldError error={save.error?.at('events')} />
          {webhook && <p className="xs">Whoever saves it is whom it acts for: when that account may no longer, nothing is sent.</p>}
          <div className="acts">
            <Button type="submit" look="primary" busy={save.isPending} disabled={!isWhole || form.asked.length > 0}>
              {form.asked.length > 0 ? `${form.asked.length} to choose` : webhook ? 'Save' : 'Make it'}
            </Button>
            <Button disabled={save.isPending} onClick={typed.cancel}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}

function EventFields({ value, change }: { value: string[]; change: (events: string[]) => void }) {
  const { is } = useSession();
  const all = choices(is('manager'));
  const isAll = all.every(({ type }) => value.includes(type));
  return (
    <fieldset>
      <legend>Tell it when one of these changes</legend>
      <label className="ck">
        <input type="checkbox" checked={isAll} onChange={() => change(isAll ? [] : all.map(({ type }) => type))} />
        <b>everything</b>
      </label>
      <div className="evs">
        {all.map(({ type, name }) => (
          <label key={type} className="ck" title={type}>
            <input
              type="checkbox"
              checked={value.includes(type)}
              onChange={({ target }) => change(target.checked ? [...value, type] : value.filter((one) => one !== type))}
            />
            <span>{name}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** What somebody else saved while the form was open: told where it is merged, to be chosen where both changed the same. */
function Race({ form, set }: { form: Form; set: (patch: Partial<Form>) => void }) {
  const asked = fields.filter(({ key }) => form.asked.includes(key));
  return (
    <>
      {form.theirs.length > 0 && (
        <div className="conf" role="alert">
          <span>
            <b>Somebody else changed this webhook meanwhile.</b> Saving keeps it. <bdi>{form.theirs.join('. ')}</bdi>
          </span>
        </div>
      )}
      {asked.map(({ key, label, words, take }) => {
        const choose = (taken: Draft) => set({ typed: { ...form.typed, ...take(taken) }, asked: form.asked.filter((one) => one !== key) });
        return (
          <div key={key} className="conf bad0" role="alert">
            <span>
              <b>{label}: both of you changed it.</b> Theirs is “<bdi>{words(form.base)}</bdi>”, yours “<bdi>{words(form.typed)}</bdi>”.
            </span>
            <Button onClick={() => choose(form.base)}>Take theirs</Button>
            <Button onClick={() => choose(form.typed)}>Keep mine</Button>
          </div>
        );
      })}
    </>
  );
}
