import { AccountView, type Role } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiProblem, ask } from '../../app/api.ts';
import { useSession } from '../../app/session.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { toast } from '../../ui/toast.tsx';
import { PersonField, RoleFields } from './role-fields.tsx';

/** Name, roles, the person behind it, and whether it may sign in. Ops change roles alone. */
export function AccountDialog({ account, close }: { account: AccountView; close: () => void }) {
  const { me, is } = useSession();
  const client = useQueryClient();
  const [name, setName] = useState(account.name);
  const [roles, setRoles] = useState<Role[]>(account.roles);
  const [person, setPerson] = useState(account.person);
  const [disabled, setDisabled] = useState(account.disabled);
  const changed = {
    ...(name.trim() !== account.name && { name: name.trim() }),
    ...(roles.join() !== account.roles.join() && { roles }),
    ...(person !== account.person && { person }),
    ...(disabled !== account.disabled && { disabled }),
  };
  const save = useMutation<AccountView, ApiProblem>({
    mutationFn: () => ask(AccountView, `/accounts/${account.id}`, { method: 'PATCH', version: account.version, body: changed }),
    onSuccess: (saved) => {
      void client.invalidateQueries({ queryKey: ['gateway'] });
      toast(saved.disabled ? `${saved.name} cannot sign in any more` : `Saved ${saved.name}`);
      close();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (roles.length === 0 || name.trim() === '') return;
    if (Object.keys(changed).length === 0) close();
    else save.mutate();
  };
  return (
    <Dialog title={account.name} onClose={close}>
      <form className="fm" onSubmit={send}>
        {save.error && <ProblemNote error={save.error} what="It was not saved" />}
        {is('manager') && (
          <Field
            label="Name"
            value={name}
            error={name.trim() === '' ? 'A name is needed' : save.error?.at('name')}
            onChange={({ target }) => setName(target.value)}
          />
        )}
        <RoleFields value={roles} change={setRoles} />
        <FieldError error={roles.length === 0 ? 'One role at least' : undefined} />
        {is('manager') && <PersonField value={person} change={setPerson} />}
        {is('manager') && account.id !== me?.account && (
          <label className="ck">
            <input type="checkbox" checked={disabled} onChange={({ target }) => setDisabled(target.checked)} />
            <span>
              May not sign in <span className="muted">ends every session and token of this account at once</span>
            </span>
          </label>
        )}
        <div className="acts">
          <Button type="submit" look="primary" busy={save.isPending}>
            Save
          </Button>
          <Button onClick={close}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}
