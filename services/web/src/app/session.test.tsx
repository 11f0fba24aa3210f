import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { Outlet } from 'react-router-dom';
import { bodyOf, tell } from '../api/ask.ts';
import { Guard } from '../shell/guard.tsx';
import { PersonMenu } from '../shell/person-menu.tsx';
import { Reader } from '../shell/reader.tsx';
import { aMe } from '../testing/builders.ts';
import { type Answer, fakePortal, idOf, problem } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { useHotkeys } from './hotkeys.ts';
import { quietWhileComposing } from './input-method.ts';
import { recentSearches, rememberSearch } from './recent-searches.ts';

const ana = aMe({ account: idOf(801), name: 'Ana Duarte' });
const noor = aMe({ account: idOf(802), name: 'Noor Haddad', roles: ['engineer'] });
const nobody = problem(401, 'sign-in-required', 'Sign in first');
const others: ((data: unknown) => void)[] = [];

/** Tabs of one browser: what one posts the others get, never itself. */
class FakeChannel {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  constructor() {
    others.push((data) => this.onmessage?.({ data }));
  }
  postMessage() {}
  close() {}
}

function Note() {
  const [text, setText] = useState('');
  const [said, setSaid] = useState('');
  const save = () =>
    tell('/notes', { method: 'POST', body: bodyOf('changeAccount', { name: text }) }).then(
      () => setSaid('saved'),
      (error: Error) => setSaid(error.message),
    );
  return (
    <>
      <input aria-label="Note" value={text} onChange={({ target }) => setText(target.value)} />
      <button type="button" onClick={() => void save()}>
        Save
      </button>
      <p>{said}</p>
    </>
  );
}

let searched = 0;
function Keys() {
  useHotkeys({ search: () => searched++, go: () => {} });
  return null;
}

const frame = (
  <Reader>
    <PersonMenu />
    <Outlet />
  </Reader>
);
const routes = [{ element: frame, children: [{ element: <Guard />, children: [{ path: '/', element: <Note /> }] }] }];
let portal: ReturnType<typeof fakePortal>;
beforeEach(() => {
  Object.assign(globalThis, { BroadcastChannel: FakeChannel });
  others.length = 0;
  portal = fakePortal({
    'GET /me': { body: ana },
    'GET /setup': { body: { version: 1, sample: false, skipped: [] } },
    'GET /auth/options': { body: { local: true, demo: [] } },
  });
});
afterEach(() => void Reflect.deleteProperty(globalThis, 'BroadcastChannel'));

async function opened() {
  const { user } = renderRoutes(routes, '/');
  await user.type(await screen.findByLabelText('Note'), 'private');
  return { user, note: () => screen.queryByLabelText<HTMLInputElement>('Note')?.value };
}
/** The session ends: everything but the questions about it is refused until somebody signs in. */
async function ended(as: typeof ana) {
  const { user, note } = await opened();
  let signedIn: Answer = nobody;
  portal.set('GET /me', () => signedIn);
  portal.set('POST /notes', () => (signedIn === nobody ? nobody : { status: 204 }));
  portal.set('POST /auth/sign-in', () => {
    signedIn = { body: as };
    return signedIn;
  });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('dialog', { name: 'Your session has ended' });
  return { user, note };
}
const signIn = async (user: Awaited<ReturnType<typeof opened>>['user']) => {
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Password'), 'a long password{Enter}');
};

test('a session that ends under a form is begun again in place, and what was refused is sent again', async () => {
  const { user, note } = await ended(ana);
  expect(screen.queryByRole('button', { name: /Ana Duarte/ })).toBeNull();
  await signIn(user);
  expect(await screen.findByText('saved')).toBeTruthy();
  expect([note(), screen.queryByRole('dialog')]).toEqual(['private', null]);
  expect(portal.last('POST', '/notes')?.headers.get('sidekick-account')).toBe(ana.account);
  expect(await screen.findByRole('button', { name: /Ana Duarte/ })).toBeTruthy();
});

test('somebody else who signs in there begins anew: nothing is sent, nothing of the former is on screen', async () => {
  const { user, note } = await ended(noor);
  const before = portal.asked.filter(({ path }) => path === '/notes').length;
  await signIn(user);
  expect(await screen.findByRole('button', { name: /Noor Haddad/ })).toBeTruthy();
  await waitFor(() => expect(note()).toBe(''));
  expect(portal.asked.filter(({ path }) => path === '/notes')).toHaveLength(before);
});

test('leaving the screen instead shows nothing of it any more', async () => {
  const { user, note } = await ended(ana);
  await user.click(screen.getByRole('button', { name: 'Leave this screen' }));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
  expect(note()).toBeUndefined();
});

test('a request that another account would have done is refused, and the tab shows who is signed in now', async () => {
  const { user, note } = await opened();
  portal.set('GET /me', { body: noor });
  portal.set('POST /notes', problem(409, 'other-account', 'Somebody else has signed in'));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByText('Noor Haddad is signed in here now')).textContent).toContain('kept in this browser for Ana Duarte');
  await waitFor(() => expect(note()).toBe(''));
});

test('a sign-out or a sign-in in another tab counts here at once', async () => {
  const { note } = await opened();
  portal.set('GET /me', { body: noor });
  act(() => void others.map((tab) => tab('in')));
  await waitFor(() => expect(note()).toBe(''));
  expect(await screen.findByRole('button', { name: /Noor Haddad/ })).toBeTruthy();
  portal.set('GET /me', nobody);
  act(() => void others.map((tab) => tab('out')));
  expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeTruthy();
  expect(note()).toBeUndefined();
});

test('recent searches belong to an account', () => {
  rememberSearch(ana.account, 'salary');
  expect([recentSearches(noor.account), recentSearches(null), recentSearches(undefined), recentSearches(ana.account)]).toEqual([
    [],
    [],
    [],
    ['salary'],
  ]);
});

test('a key that belongs to an input method reaches no handler', async () => {
  quietWhileComposing(window);
  searched = 0;
  renderRoutes([{ path: '/', element: <Keys /> }], '/');
  const press = (init: KeyboardEventInit) =>
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true, ...init }));
  press({ isComposing: true });
  press({ keyCode: 229 });
  expect(searched).toBe(0);
  press({});
  expect(searched).toBe(1);
});

test('the search does not open behind a form that covers the screen', () => {
  searched = 0;
  renderRoutes([{ path: '/', element: <Keys /> }], '/');
  const form = document.body.appendChild(document.createElement('div'));
  form.setAttribute('aria-modal', 'true');
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  expect(searched).toBe(0);
  form.remove();
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true });
  expect(searched).toBe(1);
});
