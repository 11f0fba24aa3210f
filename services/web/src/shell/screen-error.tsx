import { useEffect } from 'react';
import { Link, useRouteError } from 'react-router-dom';
import { reconnects } from '../app/reconnects.ts';
import { useTitle } from '../app/title.ts';
import { Empty } from '../ui/empty.tsx';
import { ProblemNote } from '../ui/problem.tsx';

/** In the place of a screen that failed to load or to draw. Where the portal was away, the screen opens once it is back. */
export function ScreenError() {
  const error = useRouteError();
  useTitle('Something failed');
  useEffect(() => {
    const left = new AbortController();
    void reconnects(left.signal).then((back) => back && window.location.reload());
    return () => left.abort();
  }, []);
  return (
    <main className="wrap">
      <ProblemNote
        what="This screen did not open"
        error={error instanceof Error ? error : new Error(String(error))}
        retry={() => window.location.reload()}
      />
    </main>
  );
}

export function NotHere() {
  useTitle('Not found');
  return (
    <main className="wrap">
      <Empty
        icon="page"
        title="Nothing lives at this address"
        action={
          <Link className="btn" to="/">
            Go to Home
          </Link>
        }
      >
        The address may have a typing error, or the thing was removed.
      </Empty>
    </main>
  );
}
