import { Link } from 'react-router-dom';
import { Empty } from '../../ui/empty.tsx';

/** What a link leads to that was used, is too old, or was made by somebody who may not make any now. */
export const UsedUp = ({ ask }: { ask: string }) => (
  <main className="wrap">
    <Empty
      icon="lock"
      title="This link does not work any more"
      action={
        <Link className="btn" to="/sign-in">
          Sign in
        </Link>
      }
    >
      It was used already, it is too old, or who made it does not manage any more. {ask}
    </Empty>
  </main>
);
