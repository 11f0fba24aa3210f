import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { routes } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, jonas } from '../../testing/staffing.ts';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
const left = aPerson(ana, 'Ana Duarte', { contract: { from: null, to: '2026-11-20' } });
const anAccount = (id: string, person: string | null) => ({
  ...{ id, version: 1, name: 'Ana D.', email: null, roles: ['engineer'], person, disabled: true },
  ...{ createdAt: '2026-01-01T00:00:00.000Z', lastSignInAt: null, sample: false },
});

function open(who = left, options: Parameters<typeof aStaffing>[0] = {}) {
  const { portal } = aStaffing(options);
  portal.set('GET /people', list([who, aPerson(jonas, 'Jonas Weber')]));
  portal.set('GET /accounts', list([anAccount(idOf(801), ana), anAccount(idOf(802), jonas)]));
  const path = `POST /people/${ana}/redact`;
  return { portal, path, ...renderRoutes(routes, `/people/${ana}`) };
}

test('whoever has left is made anonymous once their name is typed, with their accounts, and what it did is shown', async () => {
  const { portal, path, user } = open();
  await user.click(await screen.findByRole('link', { name: 'Make anonymous…' }));
  const dialog = within(await screen.findByRole('dialog', { name: /^Make Ana Duarte anonymous for good/ }));
  const go = dialog.getByRole('button', { name: 'Make anonymous' });
  await waitFor(() => expect(go.hasAttribute('disabled')).toBe(false));
  await user.type(dialog.getByRole('textbox'), 'Ana');
  await user.click(go);
  dialog.getByText('This is not their name. Type Ana Duarte');
  expect(portal.last('POST', `/people/${ana}/redact`)).toBeUndefined();
  portal.set(path, problem(409, 'still-here', 'Only who has left can be made anonymous'));
  await user.type(dialog.getByRole('textbox'), ' duarte ');
  await user.click(go);
  await dialog.findByText(/Only who has left can be made anonymous/);
  portal.set(path, { status: 201, body: { number: 41, items: [], warnings: [] } });
  const before = portal.asked.filter(({ path: asked }) => asked === '/people').length;
  await user.click(go);
  await screen.findByText(`Former colleague ${ana.slice(-4)}`);
  expect(portal.last('POST', `/people/${ana}/redact`)?.body).toEqual({ id: expect.any(String), accounts: [idOf(801)] });
  await waitFor(() => expect(portal.asked.filter(({ path: asked }) => asked === '/people').length).toBeGreaterThan(before));
  expect(JSON.stringify({ ...localStorage })).not.toContain('Ana');
});

test('it is offered of nobody who is still here, nor is anonymous already, and to managers alone', async () => {
  const offered = () => screen.queryByRole('link', { name: 'Make anonymous…' });
  const here = open(aPerson(ana, 'Ana Duarte'));
  await screen.findByRole('link', { name: 'Leaves…' });
  expect(offered()).toBeNull();
  here.unmount();
  const former = open(aPerson(ana, `Former colleague ${ana.slice(-4)}`, { contract: left.contract }));
  await screen.findByText(/^Made anonymous/);
  expect(offered()).toBeNull();
  former.unmount();
  open(left, { roles: ['engineer'], person: ana });
  await screen.findByText('left');
  expect(offered()).toBeNull();
});
