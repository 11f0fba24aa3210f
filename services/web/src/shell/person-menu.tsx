import { memo, useCallback } from 'react';
import { Link, useLocation, useNavigate } from 'react-router-dom';
import { useSession, useSignOut } from '../app/session.tsx';
import { Avatar } from '../ui/avatar.tsx';
import { Icon } from '../ui/icons.tsx';
import { Menu } from '../ui/menu.tsx';
import { type ThemeChoice, useThemeChoice } from '../ui/theme.ts';
import { toast } from '../ui/toast.tsx';

const themes: [ThemeChoice, string][] = [
  ['auto', 'Like the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

/** Theme, profile, accounts and sign-out; for anonymous readers theme and sign-in. */
export function PersonMenu() {
  const { me, ended } = useSession();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const leave = useCallback(() => void navigate('/sign-in'), [navigate]);
  return (
    <>
      {(me === null || ended) && pathname !== '/sign-in' && (
        <Link className="btn" to="/sign-in" state={{ from: pathname }}>
          Sign in
        </Link>
      )}
      <AccountMenu leave={leave} />
    </>
  );
}

/** Knows nothing of the address: to go to another screen leaves it alone. */
const AccountMenu = memo(function AccountMenu({ leave }: { leave: () => void }) {
  const { me: reader, ended, is } = useSession();
  const me = ended ? null : reader;
  const [theme, setTheme] = useThemeChoice();
  const signOut = useSignOut();
  const leaves = () => signOut().then(leave, () => toast('You are still signed in: the portal did not answer', { tone: 'bad' }));
  return (
    <Menu position="bottom-end" width={216} withinPortal>
      <Menu.Target>
        <button type="button" className="ic" aria-label={me ? `${me.name}, account and theme` : 'Theme'}>
          {me ? <Avatar name={me.name} large /> : <Icon name="more" />}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {me && (
          <>
            <Menu.Label>
              {me.name} · {me.roles.join(', ')}
            </Menu.Label>
            <Menu.Item component={Link} to="/me">
              Profile and tokens
            </Menu.Item>
            {is('manager', 'ops') && (
              <>
                <Menu.Item component={Link} to="/accounts">
                  Accounts
                </Menu.Item>
                <Menu.Item component={Link} to="/webhooks">
                  Webhooks
                </Menu.Item>
                <Menu.Item component={Link} to="/system">
                  System
                </Menu.Item>
              </>
            )}
            <Menu.Divider />
          </>
        )}
        <Menu.Label>Theme</Menu.Label>
        <Menu.RadioGroup value={theme} onChange={(value) => setTheme(value as ThemeChoice)}>
          {themes.map(([choice, label]) => (
            <Menu.RadioItem key={choice} value={choice} closeMenuOnClick={false}>
              {label}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        {me && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => void leaves()}>Sign out</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
});
