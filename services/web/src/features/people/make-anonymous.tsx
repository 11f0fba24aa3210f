import { ChangeAnswer, type PersonView, typedKey } from '@sidekick/contracts';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router-dom';
import { type ApiProblem, ask, bodyOf } from '../../api/ask.ts';
import { useOnlyMe } from '../../app/session.tsx';
import { ulid } from '../../app/ulid.ts';
import { count } from '../../staffing/format.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Field } from '../../ui/field.tsx';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { useAccounts } from '../accounts/index.ts';

interface Props {
  person: PersonView;
  onClose: () => void;
}

/** Takes the words about somebody who has left out of everything, once their name is typed. What is typed is their name, so nothing of it is kept. */
export function MakeAnonymous({ person, onClose }: Props) {
  // As it was when the dialog opened: by the time of the answer the person has it no more.
  const [name] = useState(person.private.name);
  const [id] = useState(ulid);
  const [typed, setTyped] = useState('');
  const [asked, setAsked] = useState(false);
  const client = useQueryClient();
  const onlyMe = useOnlyMe();
  const accounts = useAccounts();
  const own = accounts.data?.filter((one) => one.person === person.id);
  const redact = useMutation<unknown, ApiProblem>({
    mutationFn: async () => {
      onlyMe();
      const body = bodyOf('redactPerson', { id, accounts: (own ?? []).map((one) => one.id) });
      await ask(ChangeAnswer, `/people/${person.id}/redact`, { method: 'POST', body });
    },
    // Every change set before it reads otherwise now.
    onSuccess: () => client.invalidateQueries({ queryKey: ['staffing'] }),
  });
  if (redact.isSuccess) return <Done person={person} name={name} accounts={own?.length ?? 0} onClose={onClose} />;
  const isSame = typedKey(typed) === typedKey(name) && typedKey(typed) !== '';
  const send = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (isSame && own) redact.mutate();
  };
  return (
    <Dialog
      title={
        <>
          Make <bdi>{name}</bdi> anonymous for good?
        </>
      }
      onClose={onClose}
      busy={redact.isPending}
    >
      <form className="fm" onSubmit={send} noValidate>
        <p>
          The name, the mail address and all notes about them are taken out of staffing, its history and search, and so are reasons that
          name them. Figures stay as they were. Nobody can bring it back: there is no Undo.
        </p>
        <p className="mid fd">
          It does not touch handbook pages, texts of others that still name them, accounts, and backups made before. Hand their pages over
          with{' '}
          <Link className="link" to="?leaves=1">
            Leaves…
          </Link>{' '}
          first, and change such texts: afterwards nobody knows what to look for.
        </p>
        {accounts.error && (
          <ProblemNote
            error={accounts.error}
            retry={() => void accounts.refetch()}
            what="Their accounts did not load, and without them their name would stay beside what they changed"
          />
        )}
        {!own && !accounts.error && <Lines count={1} />}
        {own && own.length > 0 && (
          <p className="mid">
            {count(own.length, 'account')} of theirs can still sign in where it is not disabled; beside what it changed, its name goes too.
          </p>
        )}
        <Field
          label={`Type ${name} to confirm`}
          value={typed}
          autoComplete="off"
          data-autofocus
          error={asked && !isSame ? `This is not their name. Type ${name}` : undefined}
          onChange={({ target }) => setTyped(target.value)}
        />
        {redact.error && <ProblemNote error={redact.error} what="They were not made anonymous" done="they were made anonymous" />}
        <div className="acts">
          <Button look="danger" type="submit" busy={redact.isPending} disabled={!own}>
            Make anonymous
          </Button>
          <Button onClick={onClose} disabled={redact.isPending}>
            Keep the name
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** What it has done, and what is left to do by hand. */
function Done({ person, name, accounts, onClose }: Props & { name: string; accounts: number }) {
  return (
    <Dialog title="Made anonymous" onClose={onClose}>
      <div className="fm">
        <p role="status">
          <bdi>{name}</bdi> is called <b>{`Former colleague ${person.id.slice(-4)}`}</b> from now on, in the history as well. No mail
          address and no note is left, and figures stay as they were.
        </p>
        {accounts > 0 && (
          <p className="mid">
            {count(accounts, 'account')} of theirs keeps its name and mail address until it is changed under{' '}
            <Link className="link" to="/accounts">
              Accounts
            </Link>
            .
          </p>
        )}
        <p className="mid">
          <Link className="link" to={`/search?q=${encodeURIComponent(name)}`}>
            Look for pages and texts that still name them
          </Link>
        </p>
        <div className="acts">
          <Button look="primary" onClick={onClose} data-autofocus>
            Close
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
