import { beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { MeScreen } from './me-screen.tsx';

const instant = '2026-11-27T09:00:00.000Z';
const list = (...items: object[]) => ({ body: { items, nextCursor: null } });
const base = { 'GET /me': { body: aMe() }, 'GET /me/sessions': list(), 'GET /me/feeds': list(), 'GET /tokens': list() };
const open = () => renderRoutes([{ element: <Guard />, children: [{ path: '/', element: <MeScreen /> }] }], '/');
beforeEach(() => localStorage.clear());

test('the secret of a new token is shown once, and a token is taken back after a second look', async () => {
  const token = { id: idOf(9), name: 'nightly', createdAt: instant, lastUsedAt: null, scopes: ['read', 'staff'], expiresAt: null };
  const portal = fakePortal({
    ...base,
    'POST /tokens': { status: 201, body: { ...token, secret: 'sk-1' } },
    [`DELETE /tokens/${token.id}`]: { status: 204 },
  });
  const { user } = open();
  await user.type(await screen.findByLabelText('A new token for'), 'nightly');
  const reads = screen.getByRole<HTMLInputElement>('checkbox', { name: /^Read/ });
  await user.click(reads);
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Make a token' }).disabled).toBe(true);
  // Whoever changes something reads too.
  await user.click(screen.getByRole('checkbox', { name: /^Staff/ }));
  expect([reads.checked, reads.disabled]).toEqual([true, true]);
  await user.selectOptions(screen.getByLabelText('It lasts'), 'no end');
  portal.set('GET /tokens', list(token));
  await user.click(screen.getByRole('button', { name: 'Make a token' }));
  expect(portal.last('POST', '/tokens')?.body).toEqual({ name: 'nightly', scopes: ['read', 'staff'], expiresAt: null });
  expect((await screen.findByLabelText<HTMLInputElement>('Token')).value).toBe('sk-1');
  await user.click(await screen.findByRole('button', { name: 'Take back the token of nightly' }));
  expect(portal.last('DELETE', `/tokens/${token.id}`)).toBeUndefined();
  await user.click(screen.getByRole('button', { name: 'Take it back' }));
  await waitFor(() => expect(portal.last('DELETE', `/tokens/${token.id}`)).toBeDefined());
});

test('what a token may and when it ends is told, and one that ends soon, has ended or may everything stands out', async () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000 + 60_000).toISOString();
  const token = (n: number, over: object) => ({ id: idOf(n), name: `t${n}`, createdAt: instant, lastUsedAt: instant, ...over });
  fakePortal({
    ...base,
    'GET /tokens': list(
      token(1, { scopes: ['system'], expiresAt: inDays(80) }),
      token(2, { scopes: ['read', 'pages'], expiresAt: inDays(3) }),
      token(3, { scopes: ['read'], expiresAt: inDays(-2) }),
      token(4, { scopes: null, expiresAt: null }),
    ),
  });
  open();
  expect(await screen.findByText('may read, write pages')).toBeTruthy();
  expect(screen.getByText(/, in 3 days: make the next one$/)).toBeTruthy();
  expect(screen.getByText(/: it is refused$/)).toBeTruthy();
  expect(screen.getByText('may everything you may')).toBeTruthy();
  expect(screen.getByText(/was made before tokens were limited/)).toBeTruthy();
});

test('a token lasts until the end of the day that was typed, and none is made while it is no day', async () => {
  const portal = fakePortal({ ...base, 'POST /tokens': problem(400, 'invalid-body', 'The request is not valid') });
  const { user } = open();
  await user.type(await screen.findByLabelText('A new token for'), 'nightly');
  await user.selectOptions(screen.getByLabelText('It lasts'), 'until a day');
  const make = screen.getByRole<HTMLButtonElement>('button', { name: 'Make a token' });
  expect(make.disabled).toBe(true);
  await user.type(screen.getByLabelText('Its last day'), '2027-03-01');
  await user.click(make);
  const expiresAt = new Date(2027, 2, 1, 23, 59, 59, 999).toISOString();
  expect(portal.last('POST', '/tokens')?.body).toEqual({ name: 'nightly', scopes: ['read'], expiresAt });
});

test('the own password and e-mail are changed with the password that is right now', async () => {
  const portal = fakePortal({
    ...base,
    'GET /me/sessions': list(),
    'PUT /me/password': problem(403, 'wrong-password', 'This is not your password'),
    'PUT /me/email': { body: aMe({ email: 'h@example.org' }) },
  });
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Change the password' }));
  await user.type(screen.getByLabelText('Your password now'), 'not it');
  await user.type(screen.getByLabelText('New password'), 'short{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('At least 10 characters');
  await user.type(screen.getByLabelText('New password'), ' but longer{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('This is not your password');
  portal.set('PUT /me/password', { status: 204 });
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Your password is changed')).toBeTruthy();
  expect(portal.last('PUT', '/me/password')?.body).toEqual({ current: 'not it', password: 'short but longer' });
  await user.click(await screen.findByRole('button', { name: 'Change the e-mail' }));
  await user.clear(screen.getByLabelText('New e-mail'));
  await user.type(screen.getByLabelText('New e-mail'), 'h@example.org');
  await user.type(screen.getByLabelText('Your password now'), 'right{Enter}');
  expect(await screen.findByText('with h@example.org and your password')).toBeTruthy();
});

test('sessions say where and when, and another one is ended', async () => {
  const session = (n: string, over: object) => ({
    id: n.repeat(32),
    current: false,
    createdAt: instant,
    seenAt: instant,
    expiresAt: instant,
    ...over,
  });
  const here = session('a', { current: true, browser: 'Firefox on Linux', address: '192.0.2.1' });
  const there = session('b', { browser: 'Safari on iOS', address: '198.51.100.7' });
  const path = `/me/sessions/${there.id}`;
  const portal = fakePortal({ ...base, 'GET /me/sessions': list(here, there), [`DELETE ${path}`]: { status: 204 } });
  const { user } = open();
  expect(await screen.findByText('this browser')).toBeTruthy();
  portal.set('GET /me/sessions', list(here));
  await user.click(await screen.findByRole('button', { name: /^End the session of Safari on iOS/ }));
  await waitFor(() => expect(portal.last('DELETE', path)).toBeDefined());
  await waitFor(() => expect(screen.queryByText('Safari on iOS')).toBeNull());
});

test('dates and numbers are written as chosen, at once, and as the browser has it until then', async () => {
  const portal = fakePortal({ ...base, 'PUT /me/reading': { body: aMe({ reading: { language: 'en-US', firstDay: null } }) } });
  portal.set('GET /tokens', list({ id: idOf(9), name: 'nightly', createdAt: instant, lastUsedAt: null, scopes: null, expiresAt: null }));
  const { user } = open();
  expect(await screen.findByText('made 27 Nov 2026, never used')).toBeTruthy();
  expect(screen.getByText('7 Dec 2026, 15:30, 1,234.5 h')).toBeTruthy();
  await user.selectOptions(screen.getByLabelText('Written as in'), 'English (United States)');
  expect(portal.last('PUT', '/me/reading')?.body).toEqual({ language: 'en-US', firstDay: null });
  expect(await screen.findByText('Dec 7, 2026, 3:30 PM, 1,234.5 h')).toBeTruthy();
  expect(screen.getByText('made Nov 27, 2026, never used')).toBeTruthy();
  portal.set('PUT /me/reading', problem(503, 'away', 'The store is away'));
  await user.selectOptions(screen.getByLabelText('A week in a calendar begins on'), 'Saturday');
  expect(await screen.findByText('It stays as it was')).toBeTruthy();
  expect(screen.getByLabelText<HTMLSelectElement>('A week in a calendar begins on').value).toBe('');
});

test('the name of a token and another e-mail are kept until they are sent, the password never', async () => {
  fakePortal({ ...base, 'GET /me/sessions': list() });
  const first = open();
  await first.user.type(await screen.findByLabelText('A new token for'), 'nightly');
  await first.user.click(screen.getByRole('button', { name: 'Change the e-mail' }));
  await first.user.clear(screen.getByLabelText('New e-mail'));
  await first.user.type(screen.getByLabelText('New e-mail'), 'h@example.org');
  await first.user.type(screen.getByLabelText('Your password now'), 'secret words');
  first.unmount();
  const { user } = open();
  expect((await screen.findByLabelText<HTMLInputElement>('A new token for')).value).toBe('nightly');
  await user.click(screen.getByRole('button', { name: 'Change the e-mail' }));
  expect(screen.getByLabelText<HTMLInputElement>('New e-mail').value).toBe('h@example.org');
  expect(JSON.stringify({ ...localStorage })).not.toContain('secret words');
});
