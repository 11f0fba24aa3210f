import { beforeEach, describe, expect, test } from '@jest/globals';
import { act, cleanup, configure, screen, waitFor, within } from '@testing-library/react';
import { Outlet } from 'react-router-dom';
import { Guard } from '../../shell/guard.tsx';
import { Reader } from '../../shell/reader.tsx';
import { aMe } from '../../testing/builders.ts';
import { type Answer, idOf, problem } from '../../testing/portal.ts';
import { keeps, list, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { fakeTabs } from '../../testing/tabs.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
let tabs: ReturnType<typeof fakeTabs>;
let first: string;
beforeEach(async () => {
  localStorage.clear();
  clearToasts();
  tabs = fakeTabs();
  first = await tabs.open();
});

const frame = (
  <Reader>
    <Outlet />
  </Reader>
);
const routes = [{ element: frame, children: [{ element: <Guard />, children: [{ path: '/leave', element: <LeaveScreen /> }] }] }];
const conception = { id: idOf(41), version: 1, region: 'PT', date: '2026-12-08', name: 'Conception', portion: 1, sample: false };
const saved = { status: 201, body: { number: 41, items: [], warnings: [] } };
const name = () => screen.getByLabelText<HTMLInputElement>('Name');
const day = () => screen.getByLabelText<HTMLInputElement>('Day');

test('a holiday of which something typed is kept says so in the list, the year and the region, until it is saved', async () => {
  const { portal } = aStaffing();
  const christmas = { ...conception, id: idOf(42), date: '2026-12-25', name: 'Christmas' };
  portal.set('GET /holidays', list([conception, christmas]));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const sheet = within(await screen.findByRole('dialog', { name: 'Holidays' }));
  const rowOf = (name: string) => sheet.getByRole('button', { name: `Change ${name}` }).closest('li')?.textContent;
  await user.click(await sheet.findByRole('button', { name: 'Change Conception' }));
  await user.type(sheet.getByLabelText('Name'), ' Day');
  // Another day is opened: the form of the first is closed, and what was typed in it is kept.
  await user.click(sheet.getByRole('button', { name: 'Change Christmas' }));
  expect(rowOf('Conception')).toMatch(/Unsaved$/);
  sheet.getByRole('option', { name: 'PT · unsaved' });
  await user.selectOptions(sheet.getByLabelText('Year'), '2027');
  sheet.getByRole('option', { name: '2026 · unsaved' });
  await user.selectOptions(sheet.getByLabelText('Year'), '2026');
  await user.click(sheet.getByRole('button', { name: 'Cancel' }));
  expect(rowOf('Christmas')).not.toMatch(/Unsaved/);
  await user.click(sheet.getByRole('button', { name: 'Change Conception' }));
  await user.click(sheet.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(rowOf('Conception')).not.toMatch(/Unsaved/));
  expect(sheet.queryByRole('option', { name: /unsaved/ })).toBeNull();
});

test('a letter that was typed and deleted again leaves nothing unsaved', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([conception, { ...conception, id: idOf(42), date: '2026-12-25', name: 'Christmas' }]));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  await user.click(await screen.findByRole('button', { name: 'Change Conception' }));
  await user.type(name(), 's');
  expect(localStorage.length).toBe(1);
  await user.type(name(), '{Backspace}');
  expect(localStorage.length).toBe(0);
  await user.click(screen.getByRole('button', { name: 'Change Christmas' }));
  await screen.findByRole('button', { name: 'Change Conception' });
  expect(screen.queryByText('Unsaved')).toBeNull();
});

test('a new holiday that is kept for one region marks it while a new one of another is open', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([conception, { ...conception, id: idOf(42), region: 'ES', name: 'Immaculate' }]));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  await user.click(await screen.findByRole('button', { name: 'Add a holiday' }));
  expect(document.activeElement).toBe(screen.getByLabelText('Day'));
  await user.type(name(), 'Carnival');
  expect(screen.queryByRole('option', { name: /unsaved/ })).toBeNull();
  await user.selectOptions(screen.getByLabelText('Region'), 'ES');
  await screen.findByRole('option', { name: 'PT · unsaved' });
  expect(name().value).toBe('');
});

test('what was typed of a holiday that somebody removed, or of a new one, is offered after a reload', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([conception]));
  const before = renderRoutes(routes, '/leave?holidays=PT');
  await before.user.click(await screen.findByRole('button', { name: 'Change Conception' }));
  await before.user.type(screen.getByLabelText('Name'), ' Day');
  cleanup();
  portal.set('GET /holidays', list([]));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  await user.click(await screen.findByRole('button', { name: 'Show what you typed' }));
  expect(name().value).toBe('Conception Day');
  screen.getByText(/Somebody removed this while you had it open/);
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(screen.queryByText(/Unsaved/)).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Add a holiday' }));
  await user.type(screen.getByLabelText('Name'), 'Carnival');
  cleanup();
  renderRoutes(routes, '/leave?holidays=PT');
  expect((await screen.findByRole('button', { name: 'Add a holiday' })).closest('p')?.textContent).toMatch(/Unsaved$/);
});

describe('a new holiday', () => {
  /** Opens its form in the tab that is in front. */
  async function add(change: (portal: ReturnType<typeof aStaffing>['portal']) => void = () => undefined) {
    const { portal } = aStaffing();
    change(portal);
    const view = renderRoutes(routes, '/leave?holidays=PT');
    await view.user.click(await screen.findByRole('button', { name: 'Add a holiday' }));
    return { portal, ...view };
  }
  const fill = async (user: Awaited<ReturnType<typeof add>>['user'], when: string, what: string) => {
    await user.type(day(), when);
    await user.type(name(), what);
  };
  const press = (user: Awaited<ReturnType<typeof add>>['user'], button = 'Save') =>
    user.click(screen.getByRole('button', { name: button }));

  test('is another one in each tab, through a reload and the save of the other', async () => {
    await fill((await add()).user, '17 feb 2027', 'Carnival');
    cleanup();
    await tabs.open();
    const two = await add();
    expect([day().value, name().value, screen.queryByText(/Unsaved text from/)]).toEqual(['', '', null]);
    await fill(two.user, '26 mar 2027', 'Good Friday');
    await press(two.user);
    await waitFor(() => expect(screen.queryByLabelText('Name')).toBeNull());
    expect(saves(two.portal)).toMatchObject([{ do: 'create', record: { region: 'PT', date: '2027-03-26', name: 'Good Friday' } }]);
    cleanup();
    await tabs.show(first);
    await tabs.reload();
    const one = await add();
    expect([day().value, name().value]).toEqual(['17 feb 2027', 'Carnival']);
    await press(one.user);
    await waitFor(() => expect(screen.queryByLabelText('Name')).toBeNull());
    expect(saves(one.portal)).toMatchObject([{ do: 'create', record: { date: '2027-02-17', name: 'Carnival' } }]);
    const sentBy = ({ portal }: typeof one) => portal.last('POST', '/changes')?.body as { commands: { id: string }[] };
    expect(sentBy(one).commands[0]?.id).not.toBe(sentBy(two).commands[0]?.id);
  });

  test('that a closed tab left behind is offered, with what it is', async () => {
    await fill((await add()).user, '17 feb 2027', 'Carnival');
    cleanup();
    await tabs.open();
    tabs.close(first);
    const { user } = await add();
    await screen.findByText(/^Unsaved text from .*Day 17 feb 2027, Name Carnival$/);
    await user.click(screen.getByRole('button', { name: 'Take it' }));
    expect([day().value, name().value]).toEqual(['17 feb 2027', 'Carnival']);
  });

  test('whose save was not answered is the same one after a reload, and is not made twice', async () => {
    const lost = await add((portal) => portal.set('POST /changes', () => Promise.reject(new TypeError('Failed to fetch'))));
    await fill(lost.user, '17 feb 2027', 'Carnival');
    await press(lost.user);
    await screen.findByText('It is not known whether this was saved');
    const { id } = saves(lost.portal)[0] as unknown as { id: string };
    cleanup();
    const stored = { id, version: 1, region: 'PT', date: '2027-02-17', name: 'Carnival', portion: 1, sample: false };
    const { portal, user } = await add((other) => keeps(other, 'holiday', stored));
    screen.getByText('What you typed before is back.');
    await press(user);
    await waitFor(() => expect(screen.queryByLabelText('Name')).toBeNull());
    // The one try to make it; what the answer shows of it is what was wanted.
    expect(saves(portal)).toMatchObject([{ do: 'create', id }]);
  });

  test('stays as it is, with the focus, when somebody else adds one', async () => {
    const { portal, user, client } = await add();
    await fill(user, '17 feb 2027', 'Carni');
    portal.set('GET /holidays', list([conception]));
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
    await screen.findByRole('button', { name: 'Change Conception' });
    expect(document.activeElement).toBe(name());
    await user.keyboard('val');
    expect([day().value, name().value]).toEqual(['17 feb 2027', 'Carnival']);
    await press(user);
    await waitFor(() => expect(saves(portal)).toMatchObject([{ do: 'create', record: { name: 'Carnival' } }]));
  });

  test('waits for the sign-in where the session has ended, and is saved once', async () => {
    const { portal, user } = await add();
    await fill(user, '17 feb 2027', 'Carnival');
    const nobody = problem(401, 'sign-in-required', 'Sign in first');
    let session: Answer = nobody;
    portal.set('GET /me', () => session);
    portal.set('GET /auth/options', { body: { local: true, demo: [] } });
    portal.set('POST /changes', () => (session === nobody ? nobody : saved));
    portal.set('POST /auth/sign-in', () => {
      session = { body: aMe() };
      return session;
    });
    await press(user);
    await screen.findByRole('dialog', { name: 'Your session has ended' });
    expect(name().value).toBe('Carnival');
    await user.type(await screen.findByLabelText('E-mail'), 'helena@example.org');
    await user.type(screen.getByLabelText('Password'), 'a long password{Enter}');
    await waitFor(() => expect(screen.queryByLabelText('Name')).toBeNull());
    // Refused without a session, then sent again as the very same.
    const sent = portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes').map(({ body }) => body);
    expect(sent).toHaveLength(2);
    expect(sent[1]).toEqual(sent[0]);
    await screen.findByText('Carnival on 17 feb 2027 in PT');
  });
});
