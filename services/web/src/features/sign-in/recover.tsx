import './sign-in.css';
import { Me, Password, RecoveryView } from '@sidekick/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useNavigate, useParams } from 'react-router-dom';
import { ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { useSignedIn } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { UsedUp } from './used-up.tsx';

const isGone = (error: unknown): boolean => error instanceof ApiProblem && error.status === 404;

/** Sets a new password by a link that a manager, or ops at the shell, has made. */
export function RecoverScreen() {
  const { token = '' } = useParams();
  const [used, setUsed] = useState(false);
  useTitle('New password');
  const recovery = useQuery({
    queryKey: ['gateway', 'recovery', token],
    queryFn: () => ask(RecoveryView, `/auth/recoveries/${encodeURIComponent(token)}`),
    // What it answers ends when the form below is sent.
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (used || isGone(recovery.error)) return <UsedUp ask="Ask a manager for a new one, or sign in if you know the password." />;
  return (
    <main className="signin">
      {recovery.error && <ProblemNote error={recovery.error} retry={() => void recovery.refetch()} />}
      {recovery.isPending && <Lines count={4} />}
      {recovery.data && (
        <>
          <h1>A new password</h1>
          <p className="mid">
            For {recovery.data.name}. With it you are signed in here, and signed out everywhere else; your API tokens end too. This link
            then works no more.
          </p>
          <PasswordForm token={token} email={recovery.data.email} gone={() => setUsed(true)} />
        </>
      )}
    </main>
  );
}

function PasswordForm({ token, email, gone }: { token: string; email: string; gone: () => void }) {
  const [password, setPassword] = useState('');
  const [wrong, setWrong] = useState<string>();
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const recover = useMutation<Me, ApiProblem>({
    mutationFn: () => ask(Me, '/auth/recover', { method: 'POST', body: bodyOf('recover', { token, password }) }),
    onSuccess: (me) => {
      signedIn(me);
      void navigate('/', { replace: true });
    },
    onError: (error) => isGone(error) && gone(),
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const parsed = Password.safeParse(password);
    setWrong(parsed.error?.issues[0]?.message);
    if (parsed.success) recover.mutate();
  };
  return (
    <form className="fm" noValidate onSubmit={send}>
      {recover.error && <ProblemNote what="The password was not set" done="the password was set" error={recover.error} />}
      <Field label="E-mail" type="email" name="email" autoComplete="username" value={email} readOnly help="You sign in with it." />
      <Field
        label="New password"
        type="password"
        name="password"
        autoComplete="new-password"
        value={password}
        error={wrong ?? recover.error?.at('password')}
        onChange={({ target }) => setPassword(target.value)}
        help="At least 10 characters."
      />
      <div className="acts">
        <Button type="submit" look="primary" large busy={recover.isPending}>
          Set it and sign in
        </Button>
      </div>
    </form>
  );
}
