import { Email, Me, Password } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { type ApiProblem, ask, bodyOf, tell } from '../../api/ask.ts';
import { meQuery, useStillMe, useToast } from '../../app/session.tsx';
import { TypedNote, useTyped } from '../../app/typed.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { sessionsKey } from './queries.ts';

/** What one signs in with: another password or e-mail address, each with the password that is right now. */
export function OwnSignIn({ email }: { email: string }) {
  const [open, setOpen] = useState<'password' | 'email' | null>(null);
  const close = () => setOpen(null);
  return (
    <section className="tokens" aria-label="Signing in">
      <div className="sec">
        <h2>Signing in</h2>
        <span className="muted">with {email} and your password</span>
      </div>
      {open === 'password' && <PasswordForm email={email} close={close} />}
      {open === 'email' && <EmailForm email={email} close={close} />}
      {open === null && (
        <div className="acts">
          <Button onClick={() => setOpen('password')}>Change the password</Button>
          <Button onClick={() => setOpen('email')}>Change the e-mail</Button>
        </div>
      )}
    </section>
  );
}

function PasswordForm({ email, close }: { email: string; close: () => void }) {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string>();
  const client = useQueryClient();
  const toast = useToast();
  const save = useMutation<void, ApiProblem>({
    mutationFn: () => tell('/me/password', { method: 'PUT', body: bodyOf('changeOwnPassword', { current, password }) }),
    onSuccess: () => {
      toast('Your password is changed', { detail: 'Everywhere else you are signed out. API tokens go on.' });
      void client.invalidateQueries({ queryKey: sessionsKey });
      close();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const parsed = Password.safeParse(password);
    setWrong(parsed.error?.issues[0]?.message);
    if (parsed.success && current !== '') save.mutate();
  };
  return (
    <form className="fm own" noValidate onSubmit={send}>
      <Unsaid error={save.error} what="The password stays as it was" done="the password was changed" />
      <input type="hidden" name="email" autoComplete="username" value={email} readOnly />
      <CurrentField value={current} change={setCurrent} error={save.error} />
      <Field
        label="New password"
        type="password"
        autoComplete="new-password"
        value={password}
        error={wrong ?? save.error?.at('password')}
        onChange={({ target }) => setPassword(target.value)}
        help="At least 10 characters. Everywhere else you are signed out."
      />
      <Acts busy={save.isPending} disabled={current === '' || password === ''} close={close} />
    </form>
  );
}

function EmailForm({ email, close }: { email: string; close: () => void }) {
  const [current, setCurrent] = useState('');
  const typed = useTyped('own-email', { next: email }, { close });
  const { next } = typed.value;
  const [wrong, setWrong] = useState<string>();
  const client = useQueryClient();
  const toast = useToast();
  const stillMe = useStillMe();
  const save = useMutation<Me, ApiProblem>({
    mutationFn: () => ask(Me, '/me/email', { method: 'PUT', body: bodyOf('changeOwnEmail', { current, email: next.trim() }) }),
    onSuccess: (me) => {
      if (stillMe()) client.setQueryData(meQuery.queryKey, me);
      toast(`You sign in with ${me.email} now`);
      typed.clear();
      close();
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const isRight = Email.safeParse(next.trim()).success;
    setWrong(isRight ? undefined : 'This is no e-mail address');
    if (isRight && current !== '') save.mutate();
  };
  return (
    <form className="fm own" noValidate onSubmit={send}>
      <TypedNote typed={typed} about={(one) => one.next} />
      <Unsaid error={save.error} what="The e-mail stays as it was" done="the e-mail was changed" />
      <Field
        label="New e-mail"
        type="email"
        autoComplete="email"
        value={next}
        error={wrong ?? save.error?.at('email')}
        onChange={({ target }) => typed.set({ next: target.value })}
      />
      <CurrentField value={current} change={setCurrent} error={save.error} />
      <Acts busy={save.isPending} disabled={current === ''} close={typed.cancel} />
    </form>
  );
}

/** A refusal that no field says. */
const Unsaid = ({ error, ...words }: { error: ApiProblem | null; what: string; done: string }) =>
  error && error.code !== 'wrong-password' && !error.problem?.errors ? <ProblemNote error={error} {...words} /> : null;

const CurrentField = ({ value, change, error }: { value: string; change: (value: string) => void; error: ApiProblem | null }) => (
  <Field
    label="Your password now"
    type="password"
    autoComplete="current-password"
    value={value}
    error={error?.code === 'wrong-password' ? error.message : undefined}
    onChange={({ target }) => change(target.value)}
  />
);

const Acts = ({ busy, disabled, close }: { busy: boolean; disabled: boolean; close: () => void }) => (
  <div className="acts">
    <Button type="submit" look="primary" busy={busy} disabled={disabled}>
      Save
    </Button>
    <Button onClick={close}>Cancel</Button>
  </div>
);
