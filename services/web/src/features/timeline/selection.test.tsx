import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { anAssignment, ana, aPerson, aStaffing, aTimeline, jonas, noor, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  document.elementFromPoint = () => null;
});
afterEach(() => void Reflect.deleteProperty(document, 'elementFromPoint'));

async function open(at = '/staffing') {
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  await screen.findByRole('region', { name: /by project|by person/i });
  const bars = () => [...document.querySelectorAll<HTMLElement>('[data-bar]')];
  const selected = () => bars().flatMap((bar) => (bar.getAttribute('aria-pressed') === 'true' ? [bar.dataset['bar']] : []));
  return { ...opened, bars, selected, barOf: (n: number) => bars().find((bar) => bar.dataset['bar'] === idOf(n)) as HTMLElement };
}
const toolbar = () => within(screen.getByRole('toolbar', { name: 'Selected assignments' }));

test.each(['/staffing', '/staffing?by=person', '/staffing?zoom=day&weeks=8', '/staffing?by=person&zoom=year'])(
  'clicks with Shift and Ctrl, x and Space select and let go, Escape lets all go: %s',
  async (at) => {
    aStaffing();
    const { user, selected, barOf, address } = await open(at);
    fireEvent.click(barOf(21), { shiftKey: true });
    fireEvent.click(barOf(22), { ctrlKey: true });
    expect(selected().sort()).toEqual([idOf(21), idOf(22)]);
    toolbar().getByText('2 assignments selected');
    act(() => barOf(21).focus());
    await user.keyboard('x');
    expect([selected(), document.getElementById('sk-spoken')?.textContent]).toEqual([[idOf(22)], '1 assignment selected']);
    await user.keyboard(' ');
    expect([selected().length, address()]).toEqual([2, at]);
    await user.keyboard('{Escape}');
    expect([selected(), screen.queryByRole('toolbar', { name: 'Selected assignments' })]).toEqual([[], null]);
  },
);

test.each(['', '&by=person'])('tentative work that the filter hides is not changed with what is selected: %s', async (by) => {
  const { portal } = aStaffing();
  const people = [aPerson(ana, 'Ana Duarte'), aPerson(noor, 'Noor Haddad'), aPerson(jonas, 'Jonas Weber')];
  const assignments = [anAssignment(idOf(21), ana), anAssignment(idOf(22), jonas, { role: 'sidekick', state: 'tentative' })];
  portal.set('GET /assignments', { body: { items: assignments, nextCursor: null } });
  portal.set('GET /timeline', ({ query }) => {
    const answer = aTimeline(query.get('from') ?? '', query.get('to') ?? '', people, assignments);
    const counts = (id: string) => (id === idOf(22) ? 'tentative' : 'confirmed');
    return { body: { ...answer, assignments: answer.assignments.map((one) => ({ ...one, counts: counts(one.id) })) } };
  });
  const { user, barOf } = await open(`/staffing?filter=1${by}`);
  await waitFor(() => expect(barOf(22)).toBeTruthy());
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { shiftKey: true });
  toolbar().getByText('2 assignments selected');
  await user.click(screen.getByLabelText('Proposals and tentative work'));
  expect(barOf(22)).toBeUndefined();
  toolbar().getByText('1 assignment selected');
  await user.click(toolbar().getByRole('button', { name: 'Delete…' }));
  await screen.findByRole('dialog', { name: 'Delete 1 assignment' });
});

test('several move by weeks as one change set: what breaks is told before, and accepted with one reason', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
  const { user, barOf } = await open();
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { metaKey: true });
  await user.click(toolbar().getByRole('button', { name: 'Move…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Move 2 assignments' }));
  await user.clear(dialog.getByLabelText('Weeks later'));
  await user.type(dialog.getByLabelText('Weeks later'), '-2');
  await dialog.findByText(overAllocated.message);
  await user.click(dialog.getByRole('button', { name: 'Move anyway' }));
  dialog.getByText('Say why: the rule refuses this without a reason');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.type(dialog.getByLabelText('Why save anyway?'), 'The start slipped');
  await user.click(dialog.getByRole('button', { name: 'Move anyway' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [
      { do: 'change', id: idOf(21), version: 4, patch: { from: '2026-09-21', to: '2027-02-28' } },
      { do: 'change', id: idOf(22), version: 4, patch: { from: '2026-12-14', to: '2027-02-28' } },
    ],
    accept: ['over-allocated'],
    reason: 'The start slipped',
  });
});

test('they go to one person, change their state and are deleted, each at once', async () => {
  const { portal } = aStaffing();
  const { user, barOf } = await open('/staffing?by=person');
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { shiftKey: true });
  const ask = async (button: string, name: string) => {
    await user.click(toolbar().getByRole('button', { name: button }));
    return within(await screen.findByRole('dialog', { name }));
  };
  const done = async (...commands: unknown[]) => {
    await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  };
  const people = await ask('Reassign…', 'Reassign 2 assignments');
  await user.click(people.getByRole('button', { name: 'Reassign' }));
  await people.findByText('Choose a person', { selector: ':not(option)' });
  await user.selectOptions(people.getByLabelText('Person'), noor);
  await user.click(people.getByRole('button', { name: 'Reassign' }));
  await done({ id: idOf(21), patch: { person: noor } }, { id: idOf(22), patch: { person: noor } });
  const state = await ask('State…', 'Change the state of 2 assignments');
  await user.click(state.getByRole('button', { name: 'Change' }));
  await state.findByText('All of them are confirmed already');
  await user.click(state.getByRole('button', { name: 'Tentative' }));
  await user.click(state.getByRole('button', { name: 'Change' }));
  await done({ patch: { state: 'tentative' } }, { patch: { state: 'tentative' } });
  for (const key of ['{Backspace}', '{Delete}']) {
    act(() => barOf(21).focus());
    await user.keyboard(key);
    const remove = within(await screen.findByRole('dialog', { name: 'Delete 2 assignments' }));
    await user.click(remove.getByRole('button', { name: key === '{Delete}' ? 'Delete' : 'Cancel' }));
  }
  await done({ do: 'delete', id: idOf(21) }, { do: 'delete', id: idOf(22) });
});

test('what somebody else saves while the dialog is open is kept, or told where it would be overwritten', async () => {
  const { portal, assignments } = aStaffing();
  const { user, barOf, client } = await open();
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { shiftKey: true });
  await user.click(toolbar().getByRole('button', { name: 'Move…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Move 2 assignments' }));
  const saved = async (over: object, title: RegExp) => {
    portal.set('GET /assignments', { body: { items: [{ ...assignments[0], ...over }, assignments[1]], nextCursor: null } });
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
    await screen.findByRole('button', { name: title });
  };
  await saved({ version: 5, hoursPerWeek: 20 }, /^Ana Duarte · lead · 20 h/);
  expect(dialog.queryByText(/meanwhile/)).toBeNull();
  await saved({ version: 6, hoursPerWeek: 20, to: '2027-03-07' }, /^Ana Duarte · lead · 20 h.* 7 Mar/);
  await dialog.findByText(/^Somebody has changed Ana Duarte, lead on Atlas meanwhile/);
  await user.click(dialog.getByRole('button', { name: 'Move' }));
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(dialog.getByRole('button', { name: 'Take the newest' }));
  await user.click(dialog.getByRole('button', { name: 'Move' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [
        { id: idOf(21), version: 6, patch: { from: '2026-10-12', to: '2027-03-14' } },
        { id: idOf(22), version: 4 },
      ],
    }),
  );
});

test('they are handed to whoever is here, by a name that tells two people apart; of many the first are named', async () => {
  const { portal, assignments } = aStaffing();
  const people = [
    aPerson(ana, 'Ana Duarte'),
    aPerson(noor, 'Noor Haddad', { private: { name: 'Noor Haddad', email: 'noor@example.org', note: null } }),
    aPerson(jonas, 'Noor Haddad', { private: { name: 'Noor Haddad', email: 'haddad@example.org', note: null } }),
    aPerson(idOf(4), 'Left Long-Ago', { contract: { from: null, to: '2026-11-29' } }),
  ];
  portal.set('GET /people', { body: { items: people, nextCursor: null } });
  const more = [23, 24, 25, 26, 27].map((n) => anAssignment(idOf(n), ana, { role: 'contributor' }));
  portal.set('GET /assignments', { body: { items: [...assignments, ...more], nextCursor: null } });
  const { user, bars } = await open();
  for (const bar of bars()) fireEvent.click(bar, { shiftKey: true });
  await user.click(toolbar().getByRole('button', { name: 'Reassign…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Reassign 7 assignments' }));
  expect(
    within(dialog.getByLabelText('Person'))
      .getAllByRole('option')
      .map((option) => option.textContent),
  ).toEqual(['Choose a person', 'Ana Duarte', 'Noor Haddad (noor@example.org)', 'Noor Haddad (haddad@example.org)']);
  const items = dialog.getAllByRole('listitem').map((item) => item.textContent);
  expect([items.length, items[0], items.at(-1)]).toEqual([6, 'Ana Duarte, lead on Atlas', 'and 2 more']);
});

/** Bars below each other, 20 pixels high, since jsdom lays nothing out. */
function lay(bars: HTMLElement[]) {
  for (const [at, bar] of bars.entries())
    bar.getBoundingClientRect = () => ({ left: 300, right: 500, top: 100 + at * 20, bottom: 118 + at * 20 }) as DOMRect;
}

test('a box drawn with Alt selects the bars that it touches, and draws no new assignment', async () => {
  aStaffing();
  const { bars, selected, address } = await open();
  lay(bars());
  const track = document.querySelector('.row[data-project] .tr') as HTMLElement;
  fireEvent.pointerDown(track, { button: 0, altKey: true, clientX: 250, clientY: 90 });
  fireEvent.pointerMove(document, { clientX: 320, clientY: 110 });
  expect([document.querySelector('.selbox') === null, document.querySelector('.ghost')]).toEqual([false, null]);
  fireEvent.pointerUp(document, { clientX: 320, clientY: 110 });
  expect([selected(), document.querySelector('.selbox'), address()]).toEqual([[bars()[0]?.dataset['bar']], null, '/staffing']);
  fireEvent.pointerDown(track, { button: 0, altKey: true, clientX: 250, clientY: 90 });
  fireEvent.pointerMove(document, { clientX: 320, clientY: 400 });
  fireEvent.keyDown(document, { key: 'Escape' });
  fireEvent.pointerUp(document, { clientX: 320, clientY: 400 });
  expect(selected()).toHaveLength(1);
});

test('while selecting is on, a plain click and a plain box select; the menu of a bar turns it on for a finger', async () => {
  aStaffing();
  const { user, bars, selected, barOf, address } = await open();
  lay(bars());
  fireEvent.contextMenu(barOf(21));
  const menu = within(await screen.findByRole('dialog', { name: /^What to do with/ }));
  await user.click(menu.getByRole('button', { name: 'Select' }));
  await waitFor(() => expect([selected(), address()]).toEqual([[idOf(21)], '/staffing']));
  fireEvent.click(barOf(21));
  expect([selected(), address()]).toEqual([[], '/staffing']);
  const track = document.querySelector('.row[data-project] .tr') as HTMLElement;
  fireEvent.pointerDown(track, { button: 0, clientX: 250, clientY: 90 });
  fireEvent.pointerUp(document, { clientX: 250, clientY: 90 });
  expect(selected()).toEqual([]);
  fireEvent.pointerDown(track, { button: 0, clientX: 250, clientY: 90 });
  fireEvent.pointerMove(document, { clientX: 600, clientY: 400 });
  fireEvent.pointerUp(document, { clientX: 600, clientY: 400 });
  expect(selected().sort()).toEqual([idOf(21), idOf(22)]);
});

test('whoever may change nothing selects nothing', async () => {
  aStaffing({ roles: ['engineer'] });
  const { user, selected, barOf } = await open();
  fireEvent.click(barOf(21), { shiftKey: true });
  act(() => barOf(22).focus());
  await user.keyboard('x');
  expect([selected(), screen.queryByRole('button', { name: 'Select' })]).toEqual([[], null]);
});

test('what a filter or its person hides is not changed unseen: what is left is named, and with its row a bar is selected again', async () => {
  const { portal } = aStaffing();
  const { user, barOf } = await open('/staffing?by=person&filter=1');
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { shiftKey: true });
  toolbar().getByText('2 assignments selected');
  await user.type(screen.getByLabelText('Filter by name'), 'jonas');
  toolbar().getByText('1 assignment selected');
  await user.clear(screen.getByLabelText('Filter by name'));
  toolbar().getByText('2 assignments selected');
  fireEvent.click(document.querySelector(`[data-person="${ana}"] [data-load]`) as HTMLElement);
  toolbar().getByText('1 assignment selected');
  await user.click(toolbar().getByRole('button', { name: 'Delete…' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Delete 1 assignment' }));
  expect(dialog.getAllByRole('listitem').map((item) => item.textContent)).toEqual(['Jonas Weber, sidekick on Atlas']);
  await user.click(dialog.getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ do: 'delete', id: idOf(22) }] }));
});

test.each([
  ['/staffing', 'another row is none of its own', 21, 22],
  ['/staffing?by=person', 'each keeps its person', 22, 21],
])(
  'a bar of a selection that is dragged takes the others along by as many weeks, as one change set: %s, %s',
  async (at, _, held, other) => {
    const { portal } = aStaffing();
    const { barOf } = await open(at);
    fireEvent.click(barOf(21), { shiftKey: true });
    fireEvent.click(barOf(22), { shiftKey: true });
    (document.querySelector('.ghead .weeks') as HTMLElement).getBoundingClientRect = () => ({ width: 16 * 70 }) as DOMRect;
    document.elementFromPoint = () => document.querySelector(`.row[data-person="${noor}"]`);
    const placed = () => ['--l', '--w'].map((side) => barOf(other).style.getPropertyValue(side)).join(' ');
    const place = placed();
    const drag = async (key?: string) => {
      fireEvent.pointerDown(barOf(held), { button: 0, clientX: 400, clientY: 100, pointerType: 'mouse' });
      fireEvent.pointerMove(document, { clientX: 400 - 138, clientY: 100 });
      await screen.findByText('2 assignments, 2 weeks earlier', { selector: '.drop b' });
      expect([barOf(other).hasAttribute('data-drag'), placed() === place]).toEqual([true, false]);
      if (key) fireEvent.keyDown(document, { key });
      fireEvent.pointerUp(document, { clientX: 400 - 138, clientY: 100 });
    };
    await drag('Escape');
    expect([placed(), barOf(other).hasAttribute('data-drag')]).toEqual([place, false]);
    expect(portal.last('POST', '/changes')).toBeUndefined();
    await drag();
    const places = new Map([
      [21, { from: '2026-09-21', to: '2027-02-28' }],
      [22, { from: '2026-12-14', to: '2027-02-28' }],
    ]);
    await waitFor(() =>
      expect(portal.last('POST', '/changes')?.body).toHaveProperty(
        'commands',
        [held, other].map((n) => ({ do: 'change', kind: 'assignment', id: idOf(n), version: 4, patch: places.get(n) })),
      ),
    );
    await screen.findByText('2 assignments, 2 weeks earlier', { selector: '.toast span' });
  },
);

test('m takes a selection along too, and what somebody else changed beside the days of one of it is kept', async () => {
  const { portal, assignments } = aStaffing();
  const { user, barOf } = await open();
  fireEvent.click(barOf(21), { shiftKey: true });
  fireEvent.click(barOf(22), { shiftKey: true });
  const theirs = { ...assignments[1], version: 6, hoursPerWeek: 12 };
  portal.set('POST /changes', ({ body }) => {
    const { commands } = body as { commands: { id: string; version: number }[] };
    if (commands.some(({ id, version }) => id === theirs.id && version === 6))
      return { status: 201, body: { number: 41, items: [], warnings: [] } };
    return problem(412, 'stale', 'Changed', { current: { kind: 'assignment', id: theirs.id, version: 6, record: theirs } });
  });
  act(() => barOf(21).focus());
  await user.keyboard('m{ArrowRight}{Enter}');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [
        { id: idOf(21), version: 4, patch: { from: '2026-10-12' } },
        { id: idOf(22), version: 6, patch: { from: '2027-01-04', to: '2027-03-21' } },
      ],
    }),
  );
  await screen.findByText('2 assignments, 1 week later', { selector: '.toast span' });
});
