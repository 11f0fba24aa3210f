import type { SignInAttempt } from '@sidekick/contracts';
import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icons.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { useSignIns } from './queries.ts';
import { Table } from './table.tsx';

/** Who signed in, from where, and what was refused. */
export function SignIns() {
  const [limit, setLimit] = useState(6);
  const signIns = useSignIns(limit);
  return (
    <>
      <div className="sec later">
        <h2>Sign-ins</h2>
        <span className="muted">newest first, kept for 90 days</span>
      </div>
      {signIns.error && <ProblemNote error={signIns.error} retry={() => void signIns.refetch()} what="Sign-ins did not load" />}
      {signIns.isPending && <Lines count={3} label="Loading sign-ins" />}
      {signIns.data?.items.length === 0 && <p className="mid">Nobody has signed in within 90 days.</p>}
      {signIns.data && signIns.data.items.length > 0 && <Attempts items={signIns.data.items} />}
      {signIns.data?.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </>
  );
}

const how: Record<SignInAttempt['by'], string> = {
  password: 'password',
  demo: 'demo persona',
  invitation: 'invitation link',
  recovery: 'link to get back in',
};
const results: Record<SignInAttempt['outcome'], string> = { ok: 'signed in', refused: 'refused', limited: 'refused: too many tries' };

const Attempts = ({ items }: { items: readonly SignInAttempt[] }) => (
  <Table
    label="Sign-ins"
    heads={
      <>
        <th>When</th>
        <th>Account</th>
        <th>Result</th>
        <th>How</th>
        <th>From</th>
      </>
    }
  >
    {items.map(({ id, at, account, by, outcome, address }) => (
      <tr key={id} className="nw">
        <td>
          <time dateTime={at}>{atMinute(at)}</time>
        </td>
        <td>{account?.name ?? <span className="muted">no account</span>}</td>
        <td className={outcome === 'ok' ? 'good' : 'bad'}>
          <Icon name={outcome === 'ok' ? 'check' : 'x'} /> {results[outcome]}
        </td>
        <td className="mid">{how[by]}</td>
        <td className="mono">{address}</td>
      </tr>
    ))}
  </Table>
);
