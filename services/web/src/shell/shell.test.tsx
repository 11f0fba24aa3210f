import { describe, expect, jest, test } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import { useHotkeys } from '../app/hotkeys.ts';
import { recentSearches, rememberSearch } from '../app/recent-searches.ts';
import { meQuery } from '../app/session.tsx';
import { aMe } from '../testing/builders.ts';
import { fakePortal, idOf } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { Contained } from '../ui/contained.tsx';
import { PersonMenu } from './person-menu.tsx';
import { SampleNote } from './sample-note.tsx';
import { Shell } from './shell.tsx';

const setup = (sample: boolean) => ({ body: { version: 1, sample, skipped: [] } });

function Keys({ go }: { go: (path: string) => void }) {
  useHotkeys({ search: () => {}, go });
  return <input aria-label="a field" />;
}

function Broken(): never {
  throw new Error('Failed to fetch dynamically imported module');
}

test('`g t`, `g p` and `g l` go to the timeline by project, by person and to leave, but not while a field has the keys', async () => {
  const went: string[] = [];
  const { user } = renderRoutes([{ path: '/', element: <Keys go={(path) => went.push(path)} /> }], '/');
  await user.keyboard('gtgpgl');
  await user.type(screen.getByLabelText('a field'), 'gt');
  expect(went).toEqual(['/staffing', '/staffing?by=person', '/leave']);
});

test('leave is a place of its own in the bar and among the tabs of a phone', async () => {
  fakePortal({ 'GET /me': { body: aMe({ roles: ['engineer'] }) }, 'GET /setup': setup(false) });
  renderRoutes([{ element: <Shell />, children: [{ path: '/leave', element: <p>the screen</p> }] }], '/leave?month=2026-12');
  for (const name of ['Main', 'Main, at the bottom']) {
    const bar = within(await screen.findByRole('navigation', { name, hidden: true }));
    const links = await bar.findAllByRole('link', { hidden: true });
    expect(links.map(({ textContent }) => textContent)).toEqual(['Home', 'Handbook', 'Timeline', 'People', 'Leave']);
    expect(links.filter((link) => link.getAttribute('aria-current')).map(({ textContent }) => textContent)).toEqual(['Leave']);
  }
});

test('the person menu holds the theme, and accounts for those who may see them', async () => {
  fakePortal({ 'GET /me': { body: aMe({ roles: ['engineer'] }) } });
  const { user } = renderRoutes([{ path: '/', element: <PersonMenu /> }], '/');
  await user.click(await screen.findByRole('button', { name: /Helena Prado/ }));
  expect(await screen.findByRole('menuitem', { name: 'Profile and tokens' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Accounts' })).toBeNull();
  await user.click(screen.getByRole('menuitemradio', { name: 'Dark' }));
  expect(localStorage.getItem('sidekick-theme')).toBe('dark');
  await waitFor(() => expect(screen.getByRole('menuitemradio', { name: 'Dark' }).getAttribute('aria-checked')).toBe('true'));
});

test('signing out forgets who was here', async () => {
  const portal = fakePortal({ 'GET /me': { body: aMe() }, 'POST /auth/sign-out': { status: 204 } });
  rememberSearch(aMe().account, 'salary');
  const { user, address } = renderRoutes([{ path: '/', element: <PersonMenu /> }], '/');
  await user.click(await screen.findByRole('button', { name: /Helena Prado/ }));
  await user.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
  await waitFor(() => expect(address()).toBe('/sign-in'));
  expect(portal.last('POST', '/auth/sign-out')).toBeDefined();
  expect(recentSearches(aMe().account)).toEqual([]);
});

test('the note on the sample stands while there is one; only managers remove it', async () => {
  fakePortal({ 'GET /me': { body: aMe({ roles: ['engineer'] }) }, 'GET /setup': setup(true) });
  const first = renderRoutes([{ path: '/', element: <SampleNote /> }], '/');
  const note = await screen.findByRole('complementary', { name: 'Sample data' });
  expect(within(note).queryByRole('button')).toBeNull();
  first.unmount();
  fakePortal({ 'GET /me': { body: aMe() }, 'GET /setup': setup(true) });
  renderRoutes([{ path: '/', element: <SampleNote /> }], '/');
  expect(await screen.findByRole('button', { name: 'Remove the sample' })).toBeTruthy();
});

test('what floats over a screen and fails leaves the screen standing', async () => {
  const quiet = jest.spyOn(console, 'error').mockImplementation(() => {});
  const failed = jest.fn();
  renderRoutes(
    [
      {
        path: '/',
        element: (
          <>
            <p>the screen</p>
            <Contained what="Search" failed={failed}>
              <Broken />
            </Contained>
          </>
        ),
      },
    ],
    '/',
  );
  expect(await screen.findByText('Search did not open')).toBeTruthy();
  expect(screen.getByText('the screen')).toBeTruthy();
  expect(failed).toHaveBeenCalledTimes(1);
  quiet.mockRestore();
});

describe('what one account has opened beside the screens', () => {
  const noor = aMe({ account: idOf(802), name: 'Noor Haddad', roles: ['engineer'] });
  const shell = [{ element: <Shell />, children: [{ path: '/p/*', element: <p>the screen</p> }] }];
  function open() {
    const portal = fakePortal({
      'GET /me': { body: aMe() },
      'GET /setup': setup(true),
      'GET /sources/sample': { body: { removed: 3, editedHere: [] } },
    });
    const view = renderRoutes(shell, '/p/');
    const signIn = async (me: ReturnType<typeof aMe>) => {
      portal.set('GET /me', { body: me });
      await act(() => view.client.refetchQueries({ queryKey: meQuery.queryKey }));
      await screen.findByRole('button', { name: new RegExp(me.name) });
    };
    return { ...view, portal, signIn };
  }
  const words = () => screen.queryByRole<HTMLInputElement>('combobox', { name: 'Search pages, people, projects' })?.value;

  test('is closed for the next one: the question about the sample, without the right to remove it too', async () => {
    const { user, signIn } = open();
    await user.click(await screen.findByRole('button', { name: 'Remove the sample' }));
    await screen.findByRole('dialog', { name: 'Remove the sample?' });
    await signIn(noor);
    await screen.findByRole('complementary', { name: 'Sample data' });
    expect(screen.queryByRole('dialog')).toBeNull();
    await signIn(aMe());
    await screen.findByRole('button', { name: 'Remove the sample' });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  test('is closed for the next one: the search with its words, also where nobody is signed in between', async () => {
    const { user, client, signIn } = open();
    await screen.findByRole('button', { name: /Helena Prado/ });
    const search = async () => {
      await user.click(screen.getByRole('button', { name: /^Search pages/ }));
      await user.type(await screen.findByRole('combobox'), 'salary');
      expect(words()).toBe('salary');
    };
    await search();
    await signIn(noor);
    expect(words()).toBeUndefined();
    await search();
    act(() => client.setQueryData(meQuery.queryKey, null));
    await screen.findByRole('link', { name: 'Sign in' });
    expect(words()).toBeUndefined();
  });

  test('stays while who reads becomes known', async () => {
    const { user, portal, client } = open();
    portal.set('GET /me', () => new Promise(() => undefined));
    await user.click(screen.getByRole('button', { name: /^Search pages/ }));
    await user.type(await screen.findByRole('combobox'), 'deploy');
    act(() => client.setQueryData(meQuery.queryKey, aMe()));
    await screen.findByRole('button', { name: /Helena Prado/ });
    expect(words()).toBe('deploy');
  });
});
