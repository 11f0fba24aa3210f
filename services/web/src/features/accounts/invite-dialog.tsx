import { Email, InvitationAnswer, type Role } from '@sidekick/contracts';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { CopyLine } from '../../ui/copy-line.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, FieldError } from '../../ui/field.tsx';
import { onDay } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { PersonField, RoleFields } from './role-fields.tsx';

interface Invitation {
  roles: Role[];
  person: string | null;
  email: string;
  note: string;
}
const begun: Invitation = { roles: ['engineer'], person: null, email: '', note: '' };

/** Makes a link that one person redeems once. */
export function InviteDialog({ close }: { close: () => void }) {
  const typed = useTyped('invitation', begun, { close });
  const { roles, person, email, note } = typed.value;
  const [wrong, setWrong] = useState<string>();
  const invite = useMutation<z.infer<typeof InvitationAnswer>, ApiProblem>({
    mutationFn: () =>
      ask(InvitationAnswer, '/accounts/invitations', {
        method: 'POST',
        body: bodyOf('inviteAccount', { roles, person, note, email: email.trim() || null }),
      }),
    onSuccess: () => typed.clear(),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const isRight = email.trim() === '' || Email.safeParse(email.trim()).success;
    setWrong(isRight ? undefined : 'This is no e-mail address');
    if (roles.length > 0 && isRight) invite.mutate();
  };
  return (
    <Dialog title="Invite somebody" onClose={typed.leave} busy={invite.isPending} hold={invite.data !== undefined}>
      {invite.data ? (
        <>
          <p>Send this link. It works once, until {onDay(invite.data.expiresAt)}, and is not shown again.</p>
          <CopyLine label="Invitation link" value={invite.data.url} />
          <div className="acts">
            <Button onClick={close}>Done</Button>
          </div>
        </>
      ) : (
        <form className="fm" noValidate onSubmit={send}>
          <TypedNote typed={typed} about={(one) => one.email || one.note} />
          {invite.error && !invite.error.at('email') && <ProblemNote error={invite.error} what="No link was made" done="a link was made" />}
          <Field
            label="E-mail"
            type="email"
            value={email}
            error={wrong ?? invite.error?.at('email')}
            onChange={({ target }) => typed.set({ email: target.value })}
            help="Not needed. It fills in the form, and says here when somebody signs in with it already."
          />
          <RoleFields value={roles} change={(next) => typed.set({ roles: next })} />
          <FieldError error={roles.length === 0 ? 'One role at least' : undefined} />
          <PersonField value={person} change={(next) => typed.set({ person: next })} />
          <Field
            label="Note"
            value={note}
            maxLength={200}
            onChange={({ target }) => typed.set({ note: target.value })}
            help="Shown on the page that the link opens."
          />
          <div className="acts">
            <Button type="submit" look="primary" busy={invite.isPending}>
              Make a link
            </Button>
            <Button disabled={invite.isPending} onClick={typed.cancel}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
