import { beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import type { ReactElement } from 'react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { answerLost, fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { SampleDialog } from '../sample/sample-dialog.tsx';
import { AccountsScreen } from './accounts-screen.tsx';

const instant = '2026-11-27T09:00:00.000Z';
const otto = {
  id: idOf(801),
  version: 2,
  name: 'Otto Paz',
  email: 'otto@example.org',
  roles: ['engineer'],
  person: null,
  disabled: false,
  createdAt: instant,
  lastSignInAt: null,
  sample: false,
};
const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const base = { 'GET /me': { body: aMe() }, 'GET /people': list(), 'GET /accounts': list(otto) };

const open = (screen: ReactElement) => renderRoutes([{ element: <Guard />, children: [{ path: '/', element: screen }] }], '/');
beforeEach(() => localStorage.clear());

test('an invitation is a link to copy, shown once', async () => {
  const portal = fakePortal({
    ...base,
    'POST /accounts/invitations': { status: 201, body: { id: idOf(5), url: 'http://localhost/accept/x', expiresAt: instant } },
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  await user.click(await screen.findByRole('checkbox', { name: /manager/ }));
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Invitation link')).value).toBe('http://localhost/accept/x');
  expect(portal.last('POST', '/accounts/invitations')?.body).toEqual({
    roles: ['engineer', 'manager'],
    person: null,
    note: '',
    email: null,
  });
});

test('an account is disabled with the version that was read', async () => {
  const portal = fakePortal({ ...base, [`PATCH /accounts/${otto.id}`]: { body: { ...otto, version: 3, disabled: true } } });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
  await user.click(await screen.findByRole('checkbox', { name: /May not sign in/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Otto Paz cannot sign in any more')).toBeTruthy();
  const sent = portal.last('PATCH', `/accounts/${otto.id}`);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"2"', { disabled: true }]);
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

test('somebody who cannot get in gets a link, shown once, after a second look', async () => {
  const path = `/accounts/${otto.id}/recovery`;
  const portal = fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    [`POST ${path}`]: { status: 201, body: { id: idOf(5), url: 'http://localhost/recover/x', expiresAt: instant } },
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
  await user.click(await screen.findByRole('button', { name: 'Make a link to get back in' }));
  expect(portal.last('POST', path)).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Make the link' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Link to get back in')).value).toBe('http://localhost/recover/x');
});

test('an address that somebody signs in with is said at the field of the invitation', async () => {
  const taken = { errors: [{ path: 'email', message: 'Otto Paz signs in with this address already' }] };
  const portal = fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    'POST /accounts/invitations': problem(409, 'email-taken', 'Taken', taken),
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  await user.type(await screen.findByLabelText('E-mail'), 'otto@example.org');
  await user.click(screen.getByRole('button', { name: 'Make a link' }));
  expect((await screen.findByRole('alert')).textContent).toBe('Otto Paz signs in with this address already');
  expect(portal.last('POST', '/accounts/invitations')?.body).toMatchObject({ email: 'otto@example.org' });
});

test('what somebody else saved meanwhile is shown beside the own change, and neither is lost', async () => {
  const theirs = { ...otto, version: 3, name: 'Otto Paz Silva' };
  const path = `/accounts/${otto.id}`;
  const portal = fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    [`PATCH ${path}`]: problem(412, 'stale', 'Stale', { current: theirs }),
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
  await user.click(await screen.findByRole('checkbox', { name: /ops/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Name: Otto Paz Silva, was Otto Paz.');
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Otto Paz Silva');
  portal.set(`PATCH ${path}`, { body: { ...theirs, version: 4, roles: ['engineer', 'ops'] } });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(portal.last('PATCH', path)?.headers.get('if-match')).toBe('"3"'));
  expect(portal.last('PATCH', path)?.body).toEqual({ roles: ['engineer', 'ops'] });
});

test('a change of an account whose answer was lost is not said to be unsaved', async () => {
  fakePortal({ ...base, 'GET /accounts/audit': list(), [`PATCH /accounts/${otto.id}`]: answerLost });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
  await user.click(await screen.findByRole('checkbox', { name: /ops/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('It is not known whether it was saved');
});

test('changes of accounts are told in words', async () => {
  const [helena, ottoIs] = [
    { id: idOf(800), name: 'Helena Prado' },
    { id: otto.id, name: 'Otto Paz' },
  ];
  const entry = (n: number, over: object) => ({ id: idOf(n), at: instant, by: helena, account: ottoIs, before: [], after: [], ...over });
  fakePortal({
    ...base,
    'GET /accounts/audit': list(
      entry(1, { did: 'roles', before: ['engineer'], after: ['engineer', 'ops'] }),
      entry(2, { did: 'recovered', by: null }),
      entry(3, { did: 'joined', after: ['engineer'] }),
      entry(4, { did: 'password', by: ottoIs }),
    ),
  });
  open(<AccountsScreen />);
  const said = within(await screen.findByRole('region', { name: 'Changes of accounts' }));
  await said.findByText(/joined as/);
  expect(said.getAllByRole('listitem').map(({ textContent }) => textContent?.replace(/^.*\d\d:\d\d/, ''))).toEqual([
    'Helena Prado made Otto Paz engineer and ops (was engineer)',
    'Otto Paz got back in by a link, with a new password',
    'Otto Paz joined as engineer by a link of Helena Prado',
    'Otto Paz changed the password of the own account',
  ]);
});

const path = `/accounts/${otto.id}`;
const change = async (user: ReturnType<typeof open>['user']) => user.click(await screen.findByRole('button', { name: 'Change Otto Paz' }));
const raced = (theirs: object) =>
  fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    [`PATCH ${path}`]: problem(412, 'stale', 'Stale', { current: { ...otto, ...theirs }, by: { id: idOf(800), name: 'Helena Prado' } }),
  });

test('a role that somebody else gave meanwhile is not taken back by giving another', async () => {
  const portal = raced({ version: 3, roles: ['engineer', 'manager'] });
  const { user } = open(<AccountsScreen />);
  await change(user);
  await user.click(await screen.findByRole('checkbox', { name: /ops/ }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toBe(
    'Helena Prado changed this account meanwhile. Saving keeps it. Roles: engineer, manager, was engineer.',
  );
  portal.set(`PATCH ${path}`, { body: { ...otto, version: 4 } });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved Otto Paz');
  expect(portal.last('PATCH', path)?.body).toEqual({ roles: ['engineer', 'manager', 'ops'] });
});

test('of a name that both changed, theirs is shown and one is chosen; a reload in between forgets neither', async () => {
  const portal = raced({ version: 3, name: 'Otto Silva' });
  const first = open(<AccountsScreen />);
  await change(first.user);
  await first.user.type(await screen.findByLabelText('Name'), ' Reis');
  await first.user.click(screen.getByRole('button', { name: 'Save' }));
  const asked = 'Name: both of you changed it. Helena Prado’s is “Otto Silva”, yours “Otto Paz Reis”.';
  expect((await screen.findByRole('alert')).textContent).toContain(asked);
  first.unmount();
  portal.set('GET /accounts', list({ ...otto, version: 3, name: 'Otto Silva' }));
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Change Otto Silva' }));
  expect((await screen.findByRole('alert')).textContent).toContain(asked);
  expect(screen.getByRole('button', { name: '1 to choose' })).toHaveProperty('disabled', true);
  await user.click(screen.getByRole('button', { name: 'Keep mine' }));
  portal.set(`PATCH ${path}`, { body: { ...otto, version: 4, name: 'Otto Paz Reis' } });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved Otto Paz Reis');
  const sent = portal.last('PATCH', path);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { name: 'Otto Paz Reis' }]);
});

test('what is typed about an account and into an invitation outlasts a click beside and a reload; Cancel throws it away, with Undo', async () => {
  fakePortal({ ...base, 'GET /accounts/audit': list() });
  const first = open(<AccountsScreen />);
  await first.user.click(await screen.findByRole('button', { name: 'Invite' }));
  await first.user.type(await screen.findByLabelText('Note'), 'Welcome');
  await first.user.click(beside());
  await screen.findByText('What you typed is kept');
  await change(first.user);
  await first.user.type(await screen.findByLabelText('Name'), ' Reis');
  first.unmount();
  const { user } = open(<AccountsScreen />);
  await change(user);
  expect((await screen.findByLabelText<HTMLInputElement>('Name')).value).toBe('Otto Paz Reis');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Note')).value).toBe('Welcome');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await user.click(screen.getAllByRole('button', { name: 'Undo' }).at(-1) as HTMLElement);
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  expect((await screen.findByLabelText<HTMLInputElement>('Note')).value).toBe('Welcome');
});

const beside = () => document.querySelector('.mantine-Modal-overlay') as HTMLElement;

test('a link that was made is lost by neither Escape, a click beside, nor a save', async () => {
  fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    'POST /accounts/invitations': { status: 201, body: { id: idOf(5), url: 'http://localhost/accept/x', expiresAt: instant } },
    [`POST ${path}/recovery`]: { status: 201, body: { id: idOf(5), url: 'http://localhost/recover/x', expiresAt: instant } },
    [`PATCH ${path}`]: { body: { ...otto, version: 3, name: 'Otto Paz Reis' } },
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  await user.click(await screen.findByRole('button', { name: 'Make a link' }));
  await screen.findByLabelText('Invitation link');
  await user.keyboard('{Escape}');
  await user.click(beside());
  expect(screen.getByLabelText('Invitation link')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Done' }));
  await change(user);
  await user.click(await screen.findByRole('button', { name: 'Make a link to get back in' }));
  await user.click(screen.getByRole('button', { name: 'Make the link' }));
  await screen.findByLabelText('Link to get back in');
  await user.type(screen.getByLabelText('Name'), ' Reis');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved Otto Paz Reis');
  await user.keyboard('{Escape}');
  expect(screen.getByLabelText<HTMLInputElement>('Link to get back in').value).toBe('http://localhost/recover/x');
});

test('nothing closes an invitation while its link is made: the link would be lost', async () => {
  let answer: () => void = () => undefined;
  const made = { id: idOf(5), url: 'http://localhost/accept/x', expiresAt: instant };
  fakePortal({
    ...base,
    'GET /accounts/audit': list(),
    'POST /accounts/invitations': () => new Promise((resolve) => (answer = () => resolve({ status: 201, body: made }))),
  });
  const { user } = open(<AccountsScreen />);
  await user.click(await screen.findByRole('button', { name: 'Invite' }));
  await user.click(await screen.findByRole('button', { name: 'Make a link' }));
  await user.click(screen.getByRole('button', { name: 'Close' }));
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Cancel' })).toHaveProperty('disabled', true);
  answer();
  expect((await screen.findByLabelText<HTMLInputElement>('Invitation link')).value).toBe(made.url);
});
