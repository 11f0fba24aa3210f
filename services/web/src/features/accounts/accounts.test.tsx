import { expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { SampleDialog } from '../sample/index.tsx';
import { AccountsScreen, MeScreen } from './index.tsx';

const AT = '2026-11-27T09:00:00.000Z';
const otto = {
  id: idOf(801),
  version: 2,
  name: 'Otto Paz',
  email: 'otto@example.org',
  roles: ['engineer'],
  person: null,
  disabled: false,
  createdAt: AT,
  lastSignInAt: null,
  sample: false,
};
const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const base = { 'GET /me': { body: aMe() }, 'GET /people': list(), 'GET /accounts': list(otto), 'GET /tokens': list() };

test('an invitation is a link to copy, shown once', async () => {
  const portal = fakePortal({
    ...base,
    'POST /accounts/invitations': { status: 201, body: { id: idOf(5), url: 'http://localhost/accept/x', expiresAt: AT } },
  });
  const { user } = renderRoutes([{ path: '/', element: <AccountsScreen /> }], '/');
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  await user.click(await screen.findByRole('checkbox', { name: /manager/ }));
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Invitation link')).value).toBe('http://localhost/accept/x');
  expect(portal.last('POST', '/accounts/invitations')?.body).toEqual({ roles: ['engineer', 'manager'], person: null, note: '' });
});

test('an account is disabled with the version that was read', async () => {
  const portal = fakePortal({ ...base, [`PATCH /accounts/${otto.id}`]: { body: { ...otto, version: 3, disabled: true } } });
  const { user } = renderRoutes([{ path: '/', element: <AccountsScreen /> }], '/');
  await user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
  await user.click(await screen.findByRole('checkbox', { name: /May not sign in/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Otto Paz cannot sign in any more')).toBeTruthy();
  const sent = portal.last('PATCH', `/accounts/${otto.id}`);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"2"', { disabled: true }]);
});

test('the secret of a new token is shown once, and a token is taken back after a second look', async () => {
  const token = { id: idOf(9), name: 'nightly', createdAt: AT, lastUsedAt: null };
  const portal = fakePortal({
    ...base,
    'POST /tokens': { status: 201, body: { ...token, secret: 'sk-1' } },
    [`DELETE /tokens/${token.id}`]: { status: 204 },
  });
  const { user } = renderRoutes([{ path: '/', element: <MeScreen /> }], '/');
  await user.type(await screen.findByLabelText('A new token for'), 'nightly');
  portal.set('GET /tokens', list(token));
  await user.click(screen.getByRole('button', { name: 'Make a token' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Token')).value).toBe('sk-1');
  await user.click(await screen.findByRole('button', { name: 'Take back the token of nightly' }));
  expect(portal.last('DELETE', `/tokens/${token.id}`)).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Take it back' }));
  await waitFor(() => expect(portal.last('DELETE', `/tokens/${token.id}`)).toBeDefined());
});

const sample = {
  'GET /sources/sample': { body: { removed: 20, editedHere: [{ path: 'a', title: 'Releasing' }] } },
  'GET /sample': {
    body: {
      records: { person: 14, project: 11, assignment: 40, timeOff: 8, holiday: 12 },
      madeByHand: [{ kind: 'assignment', id: idOf(3), text: 'Noor Haddad on Atlas' }],
    },
  },
  'DELETE /sources/sample': { body: { removed: 20, editedHere: [] } },
  'DELETE /sample': { body: { number: 9, items: [], warnings: [] } },
};

test('removing the sample first lists what was made by hand, then removes all three parts', async () => {
  const portal = fakePortal({ ...base, ...sample, 'DELETE /accounts/sample': { body: { removed: 3 } } });
  const { user } = renderRoutes([{ path: '/', element: <SampleDialog onClose={() => {}} /> }], '/');
  expect(await screen.findByText('Noor Haddad on Atlas')).toBeTruthy();
  expect(screen.getByText('Page “Releasing”, edited here')).toBeTruthy();
  expect(portal.asked.some(({ method }) => method === 'DELETE')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Remove the sample' }));
  expect(await screen.findByText(/The sample is gone/)).toBeTruthy();
  expect(portal.asked.filter(({ method }) => method === 'DELETE').map(({ path }) => path)).toEqual([
    '/sources/sample',
    '/sample',
    '/accounts/sample',
  ]);
});

test('without a manager of its own the portal keeps the sample accounts, and says what to do', async () => {
  fakePortal({ ...base, ...sample, 'DELETE /accounts/sample': problem(409, 'needs-account', 'There is no other manager') });
  const { user } = renderRoutes([{ path: '/', element: <SampleDialog onClose={() => {}} /> }], '/');
  await user.click(await screen.findByRole('button', { name: 'Remove the sample' }));
  expect((await screen.findByRole('alert')).textContent).toContain('open the link that the start printed');
});
