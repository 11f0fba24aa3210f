import { beforeEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, atlas, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

type Portal = ReturnType<typeof aStaffing>['portal'];
const lead = { by: 'project', name: /^Ana Duarte · lead/ };
const ways = [
  [lead.by, '/staffing', lead.name],
  ['person', '/staffing?by=person&zoom=day', /^Atlas · lead/],
] as const;

async function open(at: string, name: RegExp = lead.name) {
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  await screen.findByRole('region', { name: /by project|by person/i });
  const bar = await screen.findByRole('button', { name });
  act(() => bar.focus());
  return { ...opened, bar };
}
const saved = (portal: Portal, commands: unknown[]) =>
  waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands }));
const spoken = () => document.getElementById('sk-spoken')?.textContent;

test.each(ways)('by %s, s splits at the day that the arrows choose, and it is said', async (_, at, name) => {
  const { portal } = aStaffing();
  const { user, bar } = await open(at, name);
  await user.keyboard('s');
  expect([spoken(), bar.querySelector('.cut') === null]).toEqual([
    'Second part from Mon 7 Dec. Left and right choose the day, Enter splits, Escape leaves it whole.',
    false,
  ]);
  await user.keyboard('{ArrowRight}{ArrowLeft}{ArrowLeft}{ArrowRight}{Enter}');
  await saved(portal, [
    { do: 'change', id: idOf(21), version: 4, patch: { to: '2026-12-06' } },
    { do: 'create', kind: 'assignment', record: { person: ana, project: atlas, role: 'lead', from: '2026-12-07', to: '2027-03-14' } },
  ]);
  await waitFor(() => expect(spoken()).toBe('Ana Duarte, lead on Atlas, split at 7 Dec 2026'));
  expect(bar.querySelector('.cut')).toBeNull();
});

test('Escape leaves a bar whole, and the arrows go from bar to bar again', async () => {
  const { portal } = aStaffing();
  const { user, bar } = await open('/staffing');
  await user.keyboard('s{ArrowRight}{Escape}');
  expect([bar.querySelector('.cut'), spoken(), document.activeElement === bar]).toEqual([null, 'Left whole', true]);
  await user.keyboard('{ArrowDown}');
  expect(document.activeElement).not.toBe(bar);
  expect(portal.last('POST', '/changes')).toBeUndefined();
});

test.each(ways)(
  'by %s, a bar that is picked up has its keys alone: nothing ends, copies, deletes or lets it go meanwhile',
  async (_, at, name) => {
    const { portal } = aStaffing();
    const { user } = await open(at, name);
    await user.keyboard('xm{ArrowRight}ed{Delete}{Backspace}');
    expect(document.querySelector('.grid')?.getAttribute('data-keys')).toBe('off');
    await user.keyboard('{Escape}');
    const held = document.activeElement;
    expect([spoken(), held?.getAttribute('data-bar'), held?.getAttribute('aria-pressed')]).toEqual(['Put back', idOf(21), 'true']);
    expect(portal.last('POST', '/changes')).toBeUndefined();
    expect(screen.queryByRole('dialog')).toBeNull();
  },
);

test.each(['s', 'm'])(
  'a bar on which %s was pressed is left as it was with the focus, or once it is gone, and the arrows work again',
  async (key) => {
    const { portal, assignments } = aStaffing();
    const { user, client } = await open('/staffing');
    const keys = () => document.querySelector('.grid')?.getAttribute('data-keys');
    const [ana, jonas] = [21, 22].map((n) => document.querySelector<HTMLElement>(`[data-bar="${idOf(n)}"]`));
    await user.keyboard(key);
    expect(keys()).toBe('off');
    fireEvent.blur(ana as HTMLElement);
    // The window alone lost the focus.
    expect(keys()).toBe('off');
    act(() => jonas?.focus());
    expect([keys(), document.querySelector('.cut')]).toEqual(['on', null]);
    await user.keyboard(key);
    expect(keys()).toBe('off');
    portal.set('GET /assignments', { body: { items: [assignments[0]], nextCursor: null } });
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
    await waitFor(() => expect([keys(), document.querySelector(`[data-bar="${idOf(22)}"]`)]).toEqual(['on', null]));
  },
);

test.each([
  ['d', { do: 'create', record: { from: '2027-03-15', to: '2027-08-22' } }],
  ['e', { do: 'change', id: idOf(21), patch: { to: '2026-11-30' } }],
  ['{Delete}', { do: 'delete', id: idOf(21), version: 4 }],
])('%s on a bar is one change set with Undo', async (key, command) => {
  const { portal } = aStaffing();
  portal.set('POST /changes/41/undo', { status: 201, body: { number: 42, items: [], warnings: [] } });
  const { user } = await open('/staffing');
  await user.keyboard(key);
  await saved(portal, [command]);
  await user.click(await waitFor(toastUndo));
  await waitFor(() => expect(portal.last('POST', '/changes/41/undo')).toBeDefined());
});
const toastUndo = () => within(document.querySelector('.toasts') as HTMLElement).getByRole('button', { name: 'Undo' });

test('what breaks a rule asks for a reason in the same dialog as a move, and is saved with it', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
  const { user } = await open('/staffing');
  await user.keyboard('d');
  const dialog = within(await screen.findByRole('dialog', { name: /Ana Duarte, lead on Atlas, once more 15 Mar/ }));
  expect(dialog.getByText(overAllocated.message)).toBeTruthy();
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.type(dialog.getByLabelText('Why save anyway?'), 'Agreed with her');
  await user.click(dialog.getByRole('button', { name: 'Save anyway' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(portal.last('POST', '/changes')?.body).toMatchObject({ accept: ['over-allocated'], reason: 'Agreed with her' });
});

test.each(ways)('by %s, the menu of a bar changes role, hours and state, splits, and leads to the form and back', async (_, at, name) => {
  const { portal } = aStaffing();
  const { user, bar, address } = await open(at, name);
  const menu = async () => {
    fireEvent.contextMenu(bar);
    return within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  };
  await user.click((await menu()).getByRole('button', { name: 'Contributor' }));
  await saved(portal, [{ do: 'change', id: idOf(21), patch: { role: 'contributor' } }]);
  await user.click((await menu()).getByRole('button', { name: 'Tentative' }));
  await saved(portal, [{ do: 'change', id: idOf(21), patch: { state: 'tentative' } }]);
  const hours = await menu();
  await user.clear(hours.getByLabelText('Hours a week'));
  await user.type(hours.getByLabelText('Hours a week'), '50 %{Enter}');
  await saved(portal, [{ do: 'change', id: idOf(21), patch: { hoursPerWeek: 20 } }]);
  const second = await menu();
  const day = second.getByLabelText<HTMLInputElement>('Second part from');
  expect(day.value).toBe('7 Dec 2026');
  await user.clear(day);
  await user.type(day, '5 Oct 2026{Enter}');
  await second.findByText(/^The second part begins on a day of 6 Oct 2026/);
  await user.clear(day);
  await user.type(day, '9 Dec 2026{Enter}');
  await saved(portal, [{ patch: { to: '2026-12-08' } }, { do: 'create', record: { from: '2026-12-09' } }]);
  await user.click((await menu()).getByRole('button', { name: 'Change…' }));
  await user.click(await screen.findByRole('button', { name: 'More…' }));
  await screen.findByRole('dialog', { name: /^What to do with/ });
  expect(new URLSearchParams(address().split('?')[1]).get('menu')).toBe(idOf(21));
});

test('a note is typed in the menu, stands on the bar and in its words, and is asked about where somebody else has noted something', async () => {
  const { portal, assignments } = aStaffing();
  const { user, bar, client } = await open('/staffing');
  const menu = async () => {
    fireEvent.contextMenu(bar);
    return within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  };
  const first = await menu();
  await user.type(first.getByLabelText('Note'), 'Mornings only');
  await user.click(first.getByRole('button', { name: 'Save note' }));
  await saved(portal, [{ do: 'change', id: idOf(21), version: 4, patch: { private: { note: 'Mornings only' } } }]);
  const stands = async (version: number, note: string) => {
    const noted = { ...assignments[0], version, private: { reason: null, note } };
    portal.set('GET /assignments', { body: { items: [noted, assignments[1]], nextCursor: null } });
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
    await waitFor(() =>
      expect([bar.dataset['tip'], bar.querySelector('.nk')?.textContent]).toEqual([expect.stringContaining(`Note: ${note}`), '“']),
    );
  };
  await stands(5, 'Mornings only');
  const second = await menu();
  const field = second.getByLabelText<HTMLTextAreaElement>('Note');
  expect(field.value).toBe('Mornings only');
  await user.clear(field);
  await stands(6, 'Afternoons');
  await user.click(second.getByRole('button', { name: 'Save note' }));
  second.getByText(/^Somebody has noted “Afternoons” meanwhile/);
  await user.click(second.getByRole('button', { name: 'Save note' }));
  await saved(portal, [{ do: 'change', id: idOf(21), version: 6, patch: { private: { note: null } } }]);
});

test('a bar saved against a rule says so, and why, in its menu too', async () => {
  const { portal, assignments } = aStaffing();
  const broken = { ...assignments[0], accepted: ['over-allocated'], private: { reason: 'Two weeks only' } };
  portal.set('GET /assignments', { body: { items: [broken, assignments[1]], nextCursor: null } });
  const { bar } = await open('/staffing');
  const words = 'Saved although the person is over-allocated: Two weeks only';
  expect([bar.querySelector('.mk')?.textContent, bar.dataset['tip']]).toEqual(['!', expect.stringContaining(words)]);
  fireEvent.contextMenu(bar);
  within(await screen.findByRole('dialog', { name: /^What to do with/ })).getByText(words);
});

test('a click with Alt splits at the step nearest the pointer', async () => {
  const { portal } = aStaffing();
  const { bar } = await open('/staffing');
  for (const track of document.querySelectorAll('.tr, .weeks'))
    track.getBoundingClientRect = () => ({ left: 240, width: 16 * 70 }) as DOMRect;
  fireEvent.click(bar, { altKey: true, clientX: 240 + 70 * 3 + 20 });
  await saved(portal, [{ patch: { to: '2026-12-13' } }, { do: 'create', record: { from: '2026-12-14' } }]);
});

test('whoever may change nothing has neither keys nor menu', async () => {
  const { portal } = aStaffing({ roles: ['engineer'] });
  const { user, bar, address } = await open('/staffing');
  await user.keyboard('sde{Delete}');
  fireEvent.contextMenu(bar);
  fireEvent.click(bar, { altKey: true });
  expect(address()).toMatch(/^\/staffing(\?edit=.*)?$/);
  expect(portal.last('POST', '/changes')).toBeUndefined();
});

test('what somebody else has set while the reason is typed is not overwritten, though the grid shows it by then', async () => {
  const { portal, assignments } = aStaffing();
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] }));
  const { user, bar, client } = await open('/staffing');
  fireEvent.contextMenu(bar);
  const menu = within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  await user.clear(menu.getByLabelText('Hours a week'));
  await user.type(menu.getByLabelText('Hours a week'), '40{Enter}');
  const dialog = within(await screen.findByRole('dialog', { name: /now 40 h a week/ }));
  const theirs = { ...assignments[0], version: 5, hoursPerWeek: 20 };
  portal.set('GET /assignments', { body: { items: [theirs, assignments[1]], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await screen.findByRole('button', { name: /^Ana Duarte · lead · 20 h/ });
  portal.set('POST /changes', ({ body }) => {
    const [{ version }] = (body as { commands: [{ version: number }] }).commands;
    if (version === 5) return { status: 201, body: { number: 41, items: [], warnings: [] } };
    return problem(412, 'stale', 'Changed', { current: { kind: 'assignment', id: theirs.id, version: 5, record: theirs } });
  });
  await user.type(dialog.getByLabelText('Why save anyway?'), 'Agreed with her');
  await user.click(dialog.getByRole('button', { name: 'Save anyway' }));
  await screen.findByText('Somebody changed it first. What you see is the newest state.', { selector: '.toast small' });
  expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ version: 4, patch: { hoursPerWeek: 40 } }] });
});

test('one at a time: a second key while the first is being saved is told so, loses no refusal, and a key that is held does it once', async () => {
  const { portal } = aStaffing();
  let refuse: () => void = () => undefined;
  const refused = problem(409, 'broken-rules', 'This breaks a rule', { broken: [overAllocated] });
  portal.set('POST /changes', () => new Promise((resolve) => (refuse = () => resolve(refused))));
  const { user, bar } = await open('/staffing');
  fireEvent.keyDown(bar, { key: 'd' });
  fireEvent.keyDown(bar, { key: 'd', repeat: true });
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  expect(screen.queryByText('Not done: the change before it is still being saved')).toBeNull();
  await user.keyboard('e');
  await screen.findByText('Not done: the change before it is still being saved');
  await act(async () => refuse());
  await screen.findByRole('dialog', { name: /Ana Duarte, lead on Atlas, once more/ });
  expect(portal.asked.filter(({ path }) => path === '/changes').filter(({ method }) => method === 'POST')).toHaveLength(1);
});

test('hours, a note and a day that were typed before are back, and what somebody else has set since is told before it is replaced', async () => {
  const { portal, assignments } = aStaffing();
  const { user, bar, client } = await open('/staffing');
  fireEvent.contextMenu(bar);
  const menu = within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  await user.clear(menu.getByLabelText('Hours a week'));
  await user.type(menu.getByLabelText('Hours a week'), '30');
  await user.type(menu.getByLabelText('Note'), 'Mine');
  await user.clear(menu.getByLabelText('Second part from'));
  await user.type(menu.getByLabelText('Second part from'), '11 Jan');
  fireEvent.pointerDown(document.body);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const theirs = { ...assignments[0], version: 5, private: { ...assignments[0]?.private, note: 'Theirs' } };
  portal.set('GET /assignments', { body: { items: [theirs, assignments[1]], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  fireEvent.contextMenu(await screen.findByRole('button', { name: lead.name }));
  const again = within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  const values = ['Hours a week', 'Note', 'Second part from'].map((label) => again.getByLabelText<HTMLInputElement>(label).value);
  expect(values).toEqual(['30', 'Mine', '11 Jan']);
  await user.click(again.getByRole('button', { name: 'Save note' }));
  again.getByText('Somebody has noted “Theirs” meanwhile: Save note once more replaces it');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(again.getByRole('button', { name: 'Save note' }));
  await saved(portal, [{ version: 5, patch: { private: { note: 'Mine' } } }]);
});

test('what somebody else sets while the menu stands open is told before it is replaced', async () => {
  const { portal, assignments } = aStaffing();
  const { user, bar, client } = await open('/staffing');
  fireEvent.contextMenu(bar);
  const menu = within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  await user.clear(menu.getByLabelText('Hours a week'));
  await user.type(menu.getByLabelText('Hours a week'), '30');
  const theirs = { ...assignments[0], version: 5, hoursPerWeek: 20, to: '2027-03-07' };
  portal.set('GET /assignments', { body: { items: [theirs, assignments[1]], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await screen.findByRole('button', { name: /^Ana Duarte · lead · 20 h/ });
  await user.click(menu.getByRole('button', { name: 'Split' }));
  menu.getByText(/^Somebody has changed its days meanwhile, to 5 Oct 2026 – 7 Mar 2027/);
  await user.click(menu.getByRole('button', { name: 'Set' }));
  menu.getByText('Somebody has set 20 h a week meanwhile: Set once more replaces it');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(menu.getByRole('button', { name: 'Set' }));
  await saved(portal, [{ id: idOf(21), version: 5, patch: { hoursPerWeek: 30 } }]);
});
