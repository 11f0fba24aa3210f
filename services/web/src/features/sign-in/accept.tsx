import './sign-in.css';
import { AcceptInvitation, InvitationView, Me } from '@sidekick/contracts';
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

/** Redeems the link of the first manager or of an invitation. */
export function AcceptScreen() {
  const { token = '' } = useParams();
  useTitle('Join');
  const invitation = useQuery({
    queryKey: ['gateway', 'invitation', token],
    queryFn: () => ask(InvitationView, `/auth/invitations/${encodeURIComponent(token)}`),
  });
  if (invitation.error instanceof ApiProblem && invitation.error.status === 404)
    return <UsedUp ask="Ask the person who sent it for a new one." />;
  return (
    <main className="signin">
      {invitation.error && <ProblemNote error={invitation.error} retry={() => void invitation.refetch()} />}
      {invitation.isPending && <Lines count={4} />}
      {invitation.data && (
        <>
          <h1>{invitation.data.first ? 'Welcome: you are the first' : 'Join Sidekick'}</h1>
          <p className="mid">
            {invitation.data.first
              ? 'This account manages the portal: it invites the others and staffs the projects.'
              : `You will be ${invitation.data.roles.join(' and ')} here.`}
            {invitation.data.note && ` ${invitation.data.note}`}
          </p>
          <AcceptForm token={token} email={invitation.data.email ?? ''} />
        </>
      )}
    </main>
  );
}

function AcceptForm({ token, email }: { token: string; email: string }) {
  const [values, setValues] = useState({ name: '', email, password: '' });
  const [wrong, setWrong] = useState<Map<string, string>>(new Map());
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const accept = useMutation<Me, ApiProblem>({
    mutationFn: () =>
      ask(Me, '/auth/accept', { method: 'POST', body: bodyOf('acceptInvitation', { token, ...values, email: values.email.trim() }) }),
    onSuccess: (me) => {
      signedIn(me);
      void navigate('/', { replace: true });
    },
  });
  const send = (event: FormEvent) => {
    event.preventDefault();
    const parsed = AcceptInvitation.safeParse({ token, ...values, email: values.email.trim() });
    setWrong(new Map(parsed.error?.issues.map((issue) => [String(issue.path[0]), words(String(issue.path[0]), issue.message)])));
    if (parsed.success) accept.mutate();
  };
  const field = (name: 'name' | 'email' | 'password') => ({
    name,
    value: values[name],
    error: wrong.get(name) ?? accept.error?.at(name),
    onChange: ({ target }: { target: { value: string } }) => setValues({ ...values, [name]: target.value }),
  });
  return (
    <form className="fm" noValidate onSubmit={send}>
      {accept.error && <ProblemNote what="The account was not made" done="the account was made" error={accept.error} />}
      <Field label="Your name" autoComplete="name" {...field('name')} />
      <Field label="E-mail" type="email" autoComplete="username" {...field('email')} help="You sign in with it." />
      <Field label="Password" type="password" autoComplete="new-password" {...field('password')} help="At least 10 characters." />
      <div className="acts">
        <Button type="submit" look="primary" large busy={accept.isPending}>
          Make the account
        </Button>
      </div>
    </form>
  );
}

function words(field: string, message: string): string {
  if (field === 'name' && !/seen/.test(message)) return 'Say your name, so that others know who you are';
  if (field === 'email') return 'This is no e-mail address';
  return message;
}
