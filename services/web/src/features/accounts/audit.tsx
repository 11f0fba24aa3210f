import type { AccountAuditEntry } from '@sidekick/contracts';
import { createElement, Fragment, type ReactNode, useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { atMinute } from '../../ui/instants.ts';
import { ProblemNote } from '../../ui/problem.tsx';
import { Lines } from '../../ui/skeleton.tsx';
import { useAudit } from './queries.ts';

/** Who changed what an account may do, kept for good. */
export function Audit() {
  const [limit, setLimit] = useState(10);
  const audit = useAudit(limit);
  return (
    <section className="audit" aria-label="Changes of accounts">
      <div className="sec">
        <h2>Changes</h2>
        <span className="muted">who changed what an account may do, newest first</span>
      </div>
      {audit.error && <ProblemNote error={audit.error} retry={() => void audit.refetch()} what="The changes did not load" />}
      {audit.isPending && <Lines count={3} label="Loading the changes" />}
      {audit.data?.items.length === 0 && <p className="mid">Nothing was changed yet.</p>}
      <ul className="feed">
        {audit.data?.items.map((entry) => (
          <li key={entry.id}>
            <time dateTime={entry.at}>{atMinute(entry.at)}</time>
            <span>{createElement(Fragment, null, ...partsOf(entry))}</span>
          </li>
        ))}
      </ul>
      {audit.data?.nextCursor && limit < 200 && (
        <Button look="quiet" onClick={() => setLimit(Math.min(200, limit * 4))}>
          Show more
        </Button>
      )}
    </section>
  );
}

/** The parts of a sentence: `Helena Prado made Ben Carter engineer and ops (was engineer)`. */
function partsOf({ did, by, account, before, after }: AccountAuditEntry): ReactNode[] {
  const who = <b>{by?.name ?? 'Somebody'}</b>;
  const whom = by && by.id === account?.id ? 'the own account' : <b>{account?.name ?? 'an account that is gone'}</b>;
  if (did === 'roles') return [who, ' made ', whom, ` ${list(after)} (was ${list(before)})`];
  if (did === 'invited') return [who, ` made an invitation link for ${list(after)}`];
  if (did === 'joined') return [whom, ` joined as ${list(after)} by `, ...(by ? ['a link of ', who] : ['the link of the start'])];
  if (did === 'disabled') return [who, ' took sign-in from ', whom];
  if (did === 'enabled') return [who, ' let ', whom, ' sign in again'];
  if (did === 'person') return [who, ' changed which person ', whom, ' is'];
  if (did === 'recovery-link') return [who, ' made a link to get back in for ', whom];
  if (did === 'recovered') return [whom, ' got back in by a link, with a new password'];
  if (did === 'token-made') return [who, ' made an API token'];
  if (did === 'token-removed') return [who, ' took an API token back'];
  return [who, ` changed the ${did === 'email' ? 'e-mail' : 'password'} of `, whom];
}

const list = (roles: readonly string[]): string => roles.join(' and ');
