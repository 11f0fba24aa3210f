import { Link } from 'react-router-dom';
import { Empty } from '../../ui/empty.tsx';

/** What a link leads to that was used, or is too old. */
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
      It was used already, or it is too old. {ask}
    </Empty>
  </main>
);
