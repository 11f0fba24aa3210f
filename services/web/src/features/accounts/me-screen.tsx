import './accounts.css';
import type { Me } from '@sidekick/contracts';
import { Link } from 'react-router-dom';
import { useSession } from '../../app/session.tsx';
import { useTitle } from '../../app/title.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { OwnFeeds } from '../calendars/index.ts';
import { OwnReading } from './own-reading.tsx';
import { OwnSignIn } from './own-sign-in.tsx';
import { Sessions } from './sessions.tsx';
import { Tokens } from './tokens.tsx';

/** Own profile, how and where one signs in, calendar feeds and API tokens. */
export function MeScreen() {
  const { me } = useSession();
  useTitle('Me');
  if (!me) return null;
  return (
    <main className="wrap me0">
      <Profile me={me} />
      {me.email !== null && <OwnSignIn email={me.email} />}
      <OwnReading reading={me.reading} />
      <OwnFeeds />
      <Sessions />
      <Tokens />
    </main>
  );
}

function Profile({ me }: { me: Me }) {
  return (
    <>
      <div className="hh">
        <Avatar name={me.name} large />
        <div>
          <h1>{me.name}</h1>
          <div className="muted">
            {me.email ?? 'no e-mail'} · {me.roles.join(', ')}
          </div>
        </div>
      </div>
      <p className="mid">
        {me.person ? (
          <>
            In staffing this is you:{' '}
            <Link className="link" to={`/people/${me.person}`}>
              your weeks, skills and hours
            </Link>
            .
          </>
        ) : (
          'This account is not linked to a person in staffing. A manager can link it.'
        )}
      </p>
    </>
  );
}
