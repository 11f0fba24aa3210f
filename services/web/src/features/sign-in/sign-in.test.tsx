import { expect, test } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { AcceptScreen } from './accept.tsx';
import { RecoverScreen } from './recover.tsx';
import { SignInScreen } from './sign-in.tsx';

const routes = [
  { path: '/sign-in', element: <SignInScreen /> },
  { path: '/accept/:token', element: <AcceptScreen /> },
  { path: '/recover/:token', element: <RecoverScreen /> },
  { element: <Guard />, children: [{ path: '/staffing', element: <p>the timeline</p> }] },
  { element: <Guard roles={['ops']} />, children: [{ path: '/system', element: <p>the system</p> }] },
];
const nobody = problem(401, 'sign-in-required', 'Sign in');
const options = { body: { local: true, demo: [{ persona: 'manager', name: 'Helena Prado' }] } };
const linkToken = 'abcdefghijklmnopqrstuvwxyz';

test('a persona signs in with one click, in the place of the screen that was asked for', async () => {
  const portal = fakePortal({ 'GET /me': nobody, 'GET /auth/options': options, 'POST /auth/demo': { body: aMe() } });
  const { user, address } = renderRoutes(routes, '/staffing?by=person');
  await user.click(await screen.findByRole('button', { name: /Helena Prado/ }));
  expect(await screen.findByText('the timeline')).toBeTruthy();
  expect([address(), portal.last('POST', '/auth/demo')?.body]).toEqual(['/staffing?by=person', { persona: 'manager' }]);
});

test('a wrong password is said at the field, and the e-mail stays typed', async () => {
  fakePortal({ 'GET /me': nobody, 'GET /auth/options': options, 'POST /auth/sign-in': problem(401, 'wrong-password', 'No') });
  const { user } = renderRoutes(routes, '/sign-in');
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('E-mail and password do not fit');
  expect(screen.getByLabelText<HTMLInputElement>('E-mail').value).toBe('ana@example.org');
});

test('a portal without an account says how the first is made', async () => {
  fakePortal({ 'GET /me': nobody, 'GET /auth/options': { body: { local: true, unclaimed: true, demo: [] } } });
  renderRoutes(routes, '/sign-in');
  expect(await screen.findByText(/one-time link that the start of the portal printed/)).toBeTruthy();
});

test('too many tries are said with what to do', async () => {
  fakePortal({
    'GET /me': nobody,
    'GET /auth/options': options,
    'POST /auth/sign-in': problem(429, 'too-many-at-once', 'Too many at this moment. Wait a minute.', { retryAfter: 5 }),
  });
  const { user } = renderRoutes(routes, '/sign-in');
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('Wait a minute');
  cleanup();
  renderRoutes(routes, '/sign-in?next=%2Fp%2Fa&problem=too-many-at-once&wait=5');
  expect((await screen.findByRole('alert')).textContent).toContain('Try again in a few seconds');
});

test('too many wrong passwords say how long to wait, also when the form without script came back', async () => {
  const title = 'Too many wrong passwords. Try again in 14 minutes 50 seconds';
  fakePortal({
    'GET /me': nobody,
    'GET /auth/options': options,
    'POST /auth/sign-in': problem(429, 'too-many-attempts', title, { retryAfter: 890 }),
  });
  const { user } = renderRoutes(routes, '/sign-in');
  await user.type(await screen.findByLabelText('E-mail'), 'ana@example.org');
  await user.type(screen.getByLabelText('Password'), 'secret{Enter}');
  expect((await screen.findByRole('alert')).textContent).toContain('try again in 14 minutes 50 seconds');
  cleanup();
  renderRoutes(routes, '/sign-in?next=%2Fp%2Fa&problem=too-many-attempts&wait=61');
  expect((await screen.findByRole('alert')).textContent).toContain('try again in 1 minute 1 second');
});

test('whoever signs in where the form without script has led goes on to the page', async () => {
  fakePortal({ 'GET /me': { body: aMe() } });
  const { address } = renderRoutes(routes, '/sign-in?next=%2Fstaffing&problem=wrong-credentials');
  expect(await screen.findByText('the timeline')).toBeTruthy();
  expect(address()).toBe('/staffing');
});

test('a link to get back in sets a password, and says so when it is used up meanwhile', async () => {
  const portal = fakePortal({
    [`GET /auth/recoveries/${linkToken}`]: { body: { name: 'Ana Duarte', email: 'ana@example.org' } },
    'POST /auth/recover': problem(404, 'no-recovery', 'Used'),
  });
  const { user } = renderRoutes(routes, `/recover/${linkToken}`);
  await user.type(await screen.findByLabelText('New password'), 'long enough now{Enter}');
  expect(await screen.findByText('This link does not work any more')).toBeTruthy();
  cleanup();
  portal.set('POST /auth/recover', { body: aMe() });
  const again = renderRoutes(routes, `/recover/${linkToken}`);
  await again.user.type(await screen.findByLabelText('New password'), 'long enough now{Enter}');
  await waitFor(() => expect(again.address()).toBe('/'));
  expect(portal.last('POST', '/auth/recover')?.body).toEqual({ token: linkToken, password: 'long enough now' });
});

test('the first manager makes an account through the printed link', async () => {
  const portal = fakePortal({
    [`GET /auth/invitations/${linkToken}`]: { body: { roles: ['manager'], note: '', first: true } },
    'POST /auth/accept': { body: aMe() },
  });
  const { user, address } = renderRoutes(routes, `/accept/${linkToken}`);
  await user.type(await screen.findByLabelText('Your name'), 'Helena Prado');
  await user.type(screen.getByLabelText('E-mail'), 'helena@example.org');
  await user.type(screen.getByLabelText('Password'), 'short{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('At least 10 characters');
  expect(portal.last('POST', '/auth/accept')).toBeUndefined();
  await user.type(screen.getByLabelText('Password'), ' but longer{Enter}');
  await waitFor(() => expect(address()).toBe('/'));
  expect(portal.last('POST', '/auth/accept')?.body).toMatchObject({ token: linkToken, password: 'short but longer' });
});

test('a used link says so and leads to the sign-in', async () => {
  fakePortal({});
  renderRoutes(routes, `/accept/${linkToken}`);
  expect(await screen.findByText('This link does not work any more')).toBeTruthy();
});

test('a screen of another role names the role it is for', async () => {
  fakePortal({ 'GET /me': { body: aMe() } });
  renderRoutes(routes, '/system');
  expect((await screen.findByText(/It is for ops/)).textContent).toContain('Ask a manager');
});
