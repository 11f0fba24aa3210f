import './accounts.css';
import type { AccountView } from '@sidekick/contracts';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { usePeople } from '../../staffing/queries.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/empty.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { AccountDialog } from './account-dialog.tsx';
import { Audit } from './audit.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { useAccounts } from './queries.ts';

/** Who may sign in, as what. */
export function AccountsScreen() {
  const { is } = useSession();
  const accounts = useAccounts();
  const [inviting, setInviting] = useState(false);
  const [open, setOpen] = useState<string | null>(null);
  useTitle('Accounts');
  const chosen = accounts.data?.find(({ id }) => id === open);
  const invite = is('manager') && (
    <Button look="primary" icon="plus" onClick={() => setInviting(true)}>
      Invite
    </Button>
  );
  return (
    <main className="wrap">
      <div className="hh">
        <div>
          <h1>Accounts</h1>
          <div className="muted">Who may sign in, and as what</div>
        </div>
        <span className="grow" />
        {invite}
      </div>
      {accounts.error && <ProblemNote error={accounts.error} retry={() => void accounts.refetch()} />}
      {accounts.isPending && <Lines count={6} label="Loading the accounts" />}
      {accounts.data?.length === 0 && (
        <Empty icon="users" title="No accounts yet" action={invite}>
          Make a link for each person and send it to them.
        </Empty>
      )}
      {accounts.data && accounts.data.length > 0 && <AccountTable accounts={accounts.data} open={setOpen} />}
      <Audit />
      {inviting && <InviteDialog close={() => setInviting(false)} />}
      {chosen && <AccountDialog key={chosen.id} account={chosen} close={() => setOpen(null)} />}
    </main>
  );
}

function AccountTable({ accounts, open }: { accounts: AccountView[]; open: (id: string) => void }) {
  const people = usePeople();
  const personOf = (id: string | null) => people.data?.find((person) => person.id === id)?.private.name;
  return (
    <section className="scrollx" aria-label="Accounts">
      <table className="tb0 accs">
        <thead>
          <tr>
            <th>Name</th>
            <th>Roles</th>
            <th>Person</th>
            <th>Last sign-in</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id} className={account.disabled ? 'muted' : undefined}>
              <td>
                <span className="who0">
                  <Avatar name={account.name} large />
                  <span>
                    <b>{account.name}</b>
                    <small>
                      {account.email ?? 'no e-mail'}
                      {account.sample && ' · sample'}
                      {account.disabled && ' · may not sign in'}
                    </small>
                  </span>
                </span>
              </td>
              <td>{account.roles.join(', ')}</td>
              <td>
                {account.person ? (
                  <Link className="link" to={`/people/${account.person}`}>
                    {personOf(account.person) ?? 'gone'}
                  </Link>
                ) : (
                  '–'
                )}
              </td>
              <td className="nw">{account.lastSignInAt ? atMinute(account.lastSignInAt) : 'never'}</td>
              <td className="num">
                <Button onClick={() => open(account.id)} aria-label={`Change ${account.name}`}>
                  Change
                </Button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
