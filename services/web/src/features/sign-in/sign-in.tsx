import './sign-in.css';
import { AuthOptions, Me } from '@sidekick/contracts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router-dom';
import { type ApiProblem, ask, type Body, bodyOf } from '../../api/ask.ts';
import { useSession, useSignedIn } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { WaitNote } from './wait-note.tsx';

const does = { manager: 'staffs the projects', engineer: 'reads, writes, is staffed', ops: 'runs the portal' };

/** A screen of its own at `/sign-in`; elsewhere it stands in place of a screen that needs an account. */
export function SignInScreen() {
  const { me } = useSession();
  const { pathname, state, search } = useLocation();
  useTitle('Sign in');
  if (me && pathname === '/sign-in') return <Navigate to={backTo(state, search)} replace />;
  return (
    <main className="signin">
      <h1>Sign in</h1>
      <p className="mid">To read the whole handbook and see who works on what.</p>
      <SignInForm />
      <p className="pub">
        <Link className="link" to="/p/">
          Read the public pages
        </Link>{' '}
        without an account.
      </p>
    </main>
  );
}

/** The form alone, as it also stands where nothing is shown to anonymous readers. */
export function SignInForm() {
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const { pathname, state, search } = useLocation();
  const options = useQuery({ queryKey: ['gateway', 'options'], queryFn: () => ask(AuthOptions, '/auth/options') });
  const signIn = useMutation<Me, ApiProblem, { path: string; body: Body }>({
    mutationFn: ({ path, body }) => ask(Me, path, { method: 'POST', body }),
    onSuccess: (me) => {
      signedIn(me);
      if (pathname === '/sign-in') void navigate(backTo(state, search), { replace: true });
    },
  });
  const demo = options.data?.demo ?? [];
  // Personas stand above the form: shown before they are known it would jump down under the pointer.
  if (options.isPending) return <Lines count={6} />;
  return (
    <>
      <Refused error={signIn.error} />
      {options.error && <ProblemNote error={options.error} retry={() => void options.refetch()} />}
      {demo.length > 0 && (
        <>
          <div className="or">as one of the made-up group</div>
          <ul className="personas">
            {demo.map(({ persona, name }) => (
              <li key={persona}>
                <Button
                  busy={signIn.isPending}
                  onClick={() => signIn.mutate({ path: '/auth/demo', body: bodyOf('signInAsPersona', { persona }) })}
                >
                  <Avatar name={name} large />
                  {name}
                  <small>
                    {persona}, {does[persona]}
                  </small>
                </Button>
              </li>
            ))}
          </ul>
          <div className="or">or with an account</div>
        </>
      )}
      {options.data?.unclaimed && (
        <p className="mid">
          Nobody has an account here yet. The first is made through the one-time link that the start of the portal printed.
        </p>
      )}
      <LocalForm
        busy={signIn.isPending}
        error={signIn.error}
        submit={(typed) => signIn.mutate({ path: '/auth/sign-in', body: bodyOf('signIn', typed) })}
      />
    </>
  );
}

/** What no field says. The form that works without script comes back with its refusal in the address. */
function Refused({ error }: { error: ApiProblem | null }) {
  const [address] = useSearchParams();
  const wait = Number(error ? error.problem?.['retryAfter'] : address.get('wait'));
  const code = error ? error.code : address.get('problem');
  if (wait > 0 && code === 'too-many-attempts') {
    return <WaitNote key={error?.requestId} seconds={Math.min(wait, 86_400)} />;
  }
  if (error) return error.status === 401 || error.status === 400 ? null : <ProblemNote what="You are not signed in" error={error} />;
  return address.has('problem') ? (
    <p className="fe" role="alert">
      {code === 'too-many-at-once' ? 'Too many sign in at this moment. Try again in a few seconds' : 'E-mail and password do not fit'}
    </p>
  ) : null;
}

function LocalForm({
  busy,
  error,
  submit,
}: {
  busy: boolean;
  error: ApiProblem | null;
  submit: (typed: { email: string; password: string }) => void;
}) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit({ email: email.trim(), password });
  };
  const wrong = error?.status === 401 ? 'E-mail and password do not fit' : undefined;
  return (
    <form className="fm" onSubmit={send}>
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        value={email}
        error={error?.at('email')}
        onChange={({ target }) => setEmail(target.value)}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        error={wrong ?? error?.at('password')}
        onChange={({ target }) => setPassword(target.value)}
      />
      <div className="acts">
        <Button type="submit" look="primary" large busy={busy}>
          Sign in
        </Button>
      </div>
    </form>
  );
}

/** Where the reader came from; only ever a path of this portal. */
function backTo(state: unknown, search: string): string {
  const from = (state as { from?: unknown } | null)?.from ?? new URLSearchParams(search).get('next');
  return typeof from === 'string' && /^\/(?![/\\])[^\\\s]*$/.test(from) ? from : '/';
}
