import { Fragment, type ReactNode, useState } from 'react';
import { useSession, useSessionWatch } from '../app/session.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** What is on screen, for the one who reads: begun anew for the next account, covered while a session that ended is begun again. */
export function Reader({ children }: { children: ReactNode }) {
  useSessionWatch();
  const count = useCount(useSession().me?.account);
  return (
    <>
      <Fragment key={count}>{children}</Fragment>
      <SignInAgain />
    </>
  );
}

/** Counts the accounts that read in this tab one after another. */
function useCount(account: string | undefined): number {
  const [seen, setSeen] = useState({ account, count: 0 });
  if (account === undefined || account === seen.account) return seen.count;
  const count = seen.account === undefined ? seen.count : seen.count + 1;
  setSeen({ account, count });
  return count;
}
