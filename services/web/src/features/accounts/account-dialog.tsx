import { AccountView, Email, type Role } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { useSession, useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { changeOf, type Draft, type Form, formOf, rebased, type Theirs } from './account-draft.ts';
import { AccountRace } from './account-race.tsx';
import { RecoverLink, useRecoverLink } from './recover-link.tsx';
import { PersonField, RoleFields } from './role-fields.tsx';

/** As a lost race names who won it. */
const Changer = z.looseObject({ name: z.string() });

/** Name, e-mail, roles, the person behind it, and whether it may sign in. Ops change roles alone. */
export function AccountDialog({ account, close }: { account: AccountView; close: () => void }) {
  const { me, is } = useSession();
  const client = useQueryClient();
  const toast = useToast();
  const typed = useTyped<Form>(`account:${account.id}`, formOf(account), {
    close,
    dirty: (form) => form.asked.length > 0 || Object.keys(changeOf(form)).length > 0,
  });
  const form = typed.value;
  const draft = form.typed;
  const [theirs, setTheirs] = useState<Theirs[]>([]);
  const link = useRecoverLink(account);
  const set = (part: Partial<Draft>) => typed.set({ typed: { ...draft, ...part } });
  const changed = changeOf(form);
  const save = useMutation<AccountView, ApiProblem>({
    mutationFn: () =>
      ask(AccountView, `/accounts/${account.id}`, { method: 'PATCH', version: form.version, body: bodyOf('changeAccount', changed) }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['gateway'] });
      toast(saved.disabled ? `${saved.name} cannot sign in any more` : `Saved ${saved.name}`);
      typed.clear(formOf(saved));
      setTheirs([]);
      // The link below is not shown again.
      if (!link.data) close();
    },
    onError: ({ problem }) => {
      const current = AccountView.safeParse(problem?.['current']);
      if (!current.success) return;
      const by = Changer.safeParse(problem?.['by']);
      const next = rebased(form, current.data, by.success ? by.data.name : null);
      setTheirs(next.theirs);
      typed.set(next.form);
    },
  });
  const manages = is('manager');
  const own = account.id === me?.account;
  const noName = draft.name.trim() === '' ? 'A name is needed' : undefined;
  const noEmail =
    manages && changed.email !== undefined && !Email.safeParse(changed.email).success ? 'This is no e-mail address' : undefined;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (form.asked.length > 0 || draft.roles.length === 0 || noName || noEmail) return;
    if (Object.keys(changed).length === 0) typed.leave();
    else save.mutate();
  };
  return (
    <Dialog title={account.name} onClose={typed.leave} busy={save.isPending || link.isPending} hold={link.data !== undefined}>
      <form className="fm" noValidate onSubmit={send}>
        {save.error && save.error.status !== 412 && <ProblemNote error={save.error} what="It was not saved" done="it was saved" />}
        <TypedNote typed={typed} />
        <AccountRace form={form} theirs={theirs} set={typed.set} />
        {manages && (
          <>
            <Field
              label="Name"
              value={draft.name}
              error={noName ?? save.error?.at('name')}
              onChange={({ target }) => set({ name: target.value })}
            />
            {form.base.email !== '' && (
              <Field
                label="E-mail"
                type="email"
                value={draft.email}
                error={noEmail ?? save.error?.at('email')}
                onChange={({ target }) => set({ email: target.value })}
                help={form.base.disabled ? 'Another account may have it while this one may not sign in.' : 'They sign in with it.'}
              />
            )}
          </>
        )}
        <RoleFields value={draft.roles} change={(roles) => set({ roles })} only={mayGive(form.base.roles, { manages, own })} />
        <FieldError error={draft.roles.length === 0 ? 'One role at least' : undefined} />
        {manages && <PersonField value={draft.person} change={(person) => set({ person })} />}
        {manages && !own && (
          <label className="ck">
            <input type="checkbox" checked={draft.disabled} onChange={({ target }) => set({ disabled: target.checked })} />
            <span>
              May not sign in <span className="muted">ends every session and token of this account within two seconds</span>
            </span>
          </label>
        )}
        <div className="acts">
          <Button type="submit" look="primary" busy={save.isPending} disabled={form.asked.length > 0}>
            {form.asked.length > 0 ? `${form.asked.length} to choose` : 'Save'}
          </Button>
          <Button disabled={save.isPending || link.isPending} onClick={link.data ? typed.leave : typed.cancel}>
            {link.data ? 'Done' : 'Cancel'}
          </Button>
        </div>
      </form>
      {manages && !own && !account.sample && !account.disabled && <RecoverLink account={account} link={link} />}
    </Dialog>
  );
}

/** The roles that whoever looks may give or take here: nobody gives themselves one, and ops make nobody manager. */
function mayGive(has: readonly Role[], { manages, own }: { manages: boolean; own: boolean }): Role[] {
  const all: Role[] = manages ? ['engineer', 'manager', 'ops'] : ['engineer', 'ops'];
  return own ? all.filter((role) => has.includes(role) || (role === 'engineer' && has.includes('manager'))) : all;
}
