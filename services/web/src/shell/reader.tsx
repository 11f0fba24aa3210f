import { Fragment, type ReactNode, useCallback, useState } from 'react';
import { useSession, useSessionWatch } from '../app/session.tsx';
import { SignInAgain } from './sign-in-again.tsx';

/** What is on screen, for the one who reads: begun anew for the next account, covered while a session that ended is begun again. */
export function Reader({ children }: { children: ReactNode }) {
  useSessionWatch();
  const { me } = useSession();
  const count = useCount(me?.account, me?.reading !== undefined);
  return (
    <>
      <Fragment key={count}>{children}</Fragment>
      <SignInAgain />
    </>
  );
}

/** Counts the accounts that read in this tab one after another. What was drawn before the first was known stays, unless that one writes otherwise. */
function useCount(account: string | undefined, writes: boolean): number {
  const [seen, setSeen] = useState({ account, count: 0 });
  if (account === undefined || account === seen.account) return seen.count;
  const count = seen.account === undefined && !writes ? seen.count : seen.count + 1;
  setSeen({ account, count });
  return count;
}

/** Whether something that stands beside the screens is open, and a way to open or close it: what an account opened is closed once it is gone. */
export function useOpened(): [boolean, (open: boolean) => void] {
  const account = useSession().me?.account;
  const [seen, setSeen] = useState({ account, open: false });
  // Who read before it was known is the same one.
  if (seen.account !== account) setSeen({ account, open: seen.open && seen.account === undefined });
  const set = useCallback((open: boolean) => setSeen((old) => ({ ...old, open })), []);
  return [seen.open, set];
}
