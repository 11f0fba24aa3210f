import { beforeEach, expect, test } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Outlet } from 'react-router-dom';
import { AccountsScreen } from '../features/accounts/accounts-screen.tsx';
import { EditScreen } from '../features/editor/edit-screen.tsx';
import { LeaveScreen } from '../features/leave/leave-screen.tsx';
import { Guard } from '../shell/guard.tsx';
import { Reader } from '../shell/reader.tsx';
import { aMe, aPage, aRevision } from '../testing/builders.ts';
import { type Answer, fakePortal, idOf } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { aStaffing } from '../testing/staffing.ts';
import { clearToasts } from '../ui/toast.tsx';
import { meQuery } from './session.tsx';

const frame = (
  <Reader>
    <Outlet />
  </Reader>
);
const routesOf = (path: string, element: ReactElement) => [
  { element: frame, children: [{ element: <Guard />, children: [{ path, element }] }] },
];
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const ana = aMe();
const noor = aMe({ account: idOf(802), name: 'Noor Haddad' });
const otto = {
  ...{ id: idOf(803), version: 2, name: 'Otto Paz', email: 'otto@example.org', roles: ['engineer'], person: null, disabled: false },
  ...{ createdAt: '2026-11-27T09:00:00.000Z', lastSignInAt: null, sample: false },
};
const holiday = { id: idOf(41), version: 1, region: 'PT', date: '2026-12-08', name: 'Conception', portion: 1, sample: false };
const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
type User = ReturnType<typeof renderRoutes>['user'];

/** A form, what is typed into it and sent, the answer, and what is said of it. */
interface Case {
  portal: () => ReturnType<typeof fakePortal>;
  routes: ReturnType<typeof routesOf>;
  at: string;
  open: (user: User) => Promise<unknown>;
  field: string;
  save: string;
  answer: Answer;
  said: string;
}
const cases: Record<string, Case> = {
  'PATCH /accounts/:id': {
    portal: () => fakePortal({ 'GET /people': list(), 'GET /accounts': list(otto), 'GET /accounts/audit': list() }),
    routes: routesOf('/', <AccountsScreen />),
    at: '/',
    open: async (user) => user.click(await screen.findByRole('button', { name: 'Change Otto Paz' })),
    field: 'Name',
    save: 'Save',
    answer: { body: { ...otto, version: 3, name: 'Otto Paz Reis' } },
    said: 'Saved Otto Paz Reis',
  },
  'POST /changes': {
    portal: () => {
      const { portal } = aStaffing();
      portal.set('GET /holidays', list(holiday));
      return portal;
    },
    routes: routesOf('/leave', <LeaveScreen />),
    at: '/leave?holidays=PT',
    open: async (user) => user.click(await screen.findByRole('button', { name: 'Change Conception' })),
    field: 'Name',
    save: 'Save',
    answer: { status: 201, body: { number: 41, items: [], warnings: [] } },
    said: 'Conception Reis on 8 Dec 2026 in PT',
  },
  'PATCH /pages/:id': {
    portal: () => fakePortal({ [`GET /pages/${idOf(1)}`]: { body: aPage() }, [`GET /revisions/${idOf(100)}`]: { body: aRevision('One') } }),
    routes: routesOf('/edit/:id', <EditScreen />),
    at: `/edit/${idOf(1)}`,
    open: () => screen.findByLabelText('Title'),
    field: 'Title',
    save: 'Save',
    answer: { body: aPage({ version: 4, title: 'Migrations Reis' }) },
    said: 'Published “Migrations Reis”',
  },
};

/** Types, sends, and holds the answer back. */
async function sent(key: string) {
  const one = cases[key] as Case;
  const portal = one.portal();
  portal.set('GET /me', { body: ana });
  let answer: () => void = () => undefined;
  portal.set(key, () => new Promise<Answer>((resolve) => (answer = () => resolve(one.answer))));
  const { user, client } = renderRoutes(one.routes, one.at);
  await one.open(user);
  await user.type(screen.getByLabelText(one.field), ' Reis');
  await user.click(screen.getByRole('button', { name: one.save }));
  const [method = '', path = ''] = key.split(' ');
  await waitFor(() => expect(portal.last(method, path)).toBeDefined());
  return { ...one, portal, client, answer: () => act(async () => answer()) };
}
const keptOf = ({ account }: typeof ana) => Object.keys(localStorage).filter((key) => key.startsWith(`sidekick-unsaved:${account}:`));

test.each(Object.keys(cases))('%s: what became of a save is told to who sent it', async (key) => {
  const { answer, said } = await sent(key);
  await answer();
  await screen.findByText(said);
});

test.each(Object.keys(cases))('%s: an answer that comes once another has signed in is told to nobody, and counts as saved', async (key) => {
  const { answer, said, portal, client } = await sent(key);
  expect(keptOf(ana)).toHaveLength(1);
  portal.set('GET /me', { body: noor });
  await act(() => client.refetchQueries({ queryKey: meQuery.queryKey }));
  await screen.findByText('Noor Haddad is signed in here now');
  await answer();
  await waitFor(() => expect(keptOf(ana)).toEqual([]));
  await act(async () => undefined);
  expect(screen.queryByText(said)).toBeNull();
  expect(document.getElementById('sk-spoken')?.textContent ?? '').not.toContain(said);
});
