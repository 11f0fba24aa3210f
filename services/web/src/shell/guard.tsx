import type { Role } from '@sidekick/contracts';
import { Outlet } from 'react-router-dom';
import { useSession } from '../app/session.tsx';
import { SignInScreen } from '../features/sign-in/sign-in.tsx';
import { Empty } from '../ui/empty.tsx';
import { ProblemNote } from '../ui/problem.tsx';
import { Lines } from '../ui/skeleton.tsx';

/** Screens for people who are signed in, `roles` naming who of them: others see the sign-in form in the screen's place. */
export function Guard({ roles }: { roles?: Role[] }) {
  const { me, error, retry, is } = useSession();
  if (me === null) return <SignInScreen />;
  if (me === undefined) {
    return <main className="wrap">{error ? <ProblemNote error={error} retry={retry} /> : <Lines count={6} />}</main>;
  }
  if (roles && !is(...roles)) {
    return (
      <main className="wrap">
        <Empty icon="lock" title="This is not for your role">
          {`It is for ${roles.join(' and ')}. Ask a manager to change your roles if you need it.`}
        </Empty>
      </main>
    );
  }
  return <Outlet />;
}
