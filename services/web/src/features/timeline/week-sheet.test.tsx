import { beforeEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { type Answer, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aStaffing, atlas, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

type Portal = ReturnType<typeof aStaffing>['portal'];
const sheet = () => within(screen.getByRole('dialog', { name: 'Hours by week' }));
const cellOf = (day: string) => sheet().getByLabelText<HTMLInputElement>(`Hours in the week of ${day}`);
const texts = () =>
  sheet()
    .getAllByRole<HTMLInputElement>('textbox')
    .map(({ value }) => value);

/** Ana's bar in weeks 48 to 63, of which this is the fourth on: she leads Atlas at 24 h. */
async function open(at = '/staffing', name = /^Ana Duarte · lead/) {
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  const bar = await screen.findByRole('button', { name });
  act(() => bar.focus());
  await opened.user.keyboard('h');
  await screen.findByRole('dialog', { name: 'Hours by week' });
  return opened;
}
async function saved(portal: Portal, body: object) {
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject(body));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

test('the weeks of a bar are cells from this week on: digits, arrows, Tab; Enter saves them as one change set of as few assignments as it takes', async () => {
  const { portal } = aStaffing();
  const { user, address } = await open();
  expect([document.activeElement, texts().length, new Set(texts())]).toEqual([cellOf('30 Nov'), 16, new Set(['24'])]);
  await user.keyboard('{ArrowRight}12{ArrowRight}12{Tab}');
  await user.keyboard('{Delete}');
  sheet().getByText('7 Dec 12 h, 14 Dec 12 h, 21 Dec none · 3 assignments then');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.keyboard('{Enter}');
  await saved(portal, {
    commands: [
      {
        do: 'create',
        kind: 'assignment',
        record: { person: ana, project: atlas, role: 'lead', from: '2026-10-05', to: '2026-12-06', hoursPerWeek: 24 },
      },
      { do: 'create', record: { from: '2026-12-07', to: '2026-12-20', hoursPerWeek: 12 } },
      { do: 'change', id: idOf(21), version: 4, patch: { from: '2026-12-28' } },
    ],
  });
  expect(address()).toBe('/staffing');
  await screen.findByText('Ana Duarte, lead on Atlas, hours by week 7 Dec – 27 Dec');
  within(screen.getByRole('region', { name: 'Notices' })).getByRole('button', { name: 'Undo', hidden: false });
});

test('by person, from the menu of a bar, a row of a spreadsheet is pasted from a cell on, and what does not fit is said', async () => {
  const { portal } = aStaffing();
  const { user, unmount } = await open('/staffing?by=person&weeks=4', /^Atlas · lead/);
  await user.keyboard('{Escape}');
  fireEvent.contextMenu(screen.getByRole('button', { name: /^Atlas · lead/ }));
  await user.click(await screen.findByRole('button', { name: 'By week…' }));
  await screen.findByRole('dialog', { name: 'Hours by week' });
  expect(texts()).toHaveLength(4);
  act(() => cellOf('30 Nov').focus());
  await user.paste('8\t7,5\t50 %\t4\r\n');
  expect(texts()).toEqual(['24', '8', '7,5', '50 %']);
  sheet().getByText('1 of 4 numbers are left out: the weeks end before them');
  sheet().getByText(/^30 Nov 8 h, 7 Dec 7.5 h, 14 Dec 20 h/);
  await user.click(sheet().getByRole('button', { name: 'Save' }));
  await saved(portal, {
    commands: [
      { record: { to: '2026-11-29' } },
      { record: { hoursPerWeek: 8 } },
      {},
      { record: { hoursPerWeek: 20 } },
      { patch: { from: '2026-12-21' } },
    ],
  });
  unmount();
});

test('what is no number of hours is said and not saved; what breaks a rule is told before and needs a reason', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
  const { user } = await open();
  await user.keyboard('169{Enter}');
  sheet().getByText('Week of 30 Nov: A week has 168 hours');
  await user.clear(cellOf('30 Nov'));
  await user.type(cellOf('30 Nov'), '40');
  await sheet().findByText(overAllocated.message);
  await user.keyboard('{Enter}');
  expect(document.activeElement).toBe(sheet().getByLabelText('Why save anyway?'));
  sheet().getByText('Say why: the rule refuses this without a reason');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.type(sheet().getByLabelText('Why save anyway?'), 'The release');
  await user.click(sheet().getByRole('button', { name: 'Save anyway' }));
  await saved(portal, { accept: ['over-allocated'], reason: 'The release' });
});

test('what somebody else saves meanwhile takes nothing that is typed, and is asked about where it is the same week', async () => {
  const { portal, assignments } = aStaffing();
  const { user, client } = await open();
  await user.keyboard('12');
  const saves = async (...items: object[]) => {
    portal.set('GET /assignments', { body: { items: [...items, assignments[1]], nextCursor: null } });
    await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  };
  const [lead] = assignments;
  await saves({ ...lead, version: 5, to: '2027-03-07' });
  await waitFor(() => expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({ commands: [{}, {}, { version: 5 }] }));
  expect([cellOf('30 Nov').value, sheet().queryByText(/somebody else/)]).toEqual(['12', null]);
  await saves({ ...lead, version: 6, hoursPerWeek: 20 });
  await sheet().findByText(/^Week of 30 Nov: you typed 12 over 24, somebody else has set 20\./);
  await user.keyboard('{Enter}');
  expect([cellOf('30 Nov').value, cellOf('7 Dec').value, portal.last('POST', '/changes')]).toEqual(['12', '20', undefined]);
  await user.click(sheet().getByRole('button', { name: 'Keep mine' }));
  portal.set('POST /changes', problem(412, 'stale', 'Somebody changed it first'));
  await user.click(sheet().getByRole('button', { name: 'Save' }));
  await sheet().findByText(/What you typed stands over the newest state/);
  await saves();
  await sheet().findByText(/^Somebody has removed this assignment meanwhile/);
  sheet().getByText(/^30 Nov 12 h/);
});

test('while it saves, its cells keep the focus and take nothing; what fails is gone on from where one was', async () => {
  const { portal } = aStaffing();
  const { user } = await open();
  let answer: (value: Answer) => void = () => undefined;
  portal.set('POST /changes', () => new Promise<Answer>((resolve) => (answer = resolve)));
  await user.keyboard('12{Enter}');
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeTruthy());
  await waitFor(() => expect(cellOf('30 Nov').readOnly).toBe(true));
  expect(cellOf('30 Nov').matches(':disabled')).toBe(false);
  await user.keyboard('7{Escape}');
  fireEvent.paste(cellOf('30 Nov'), { clipboardData: { getData: () => '1\t2' } });
  expect([cellOf('30 Nov').value, cellOf('7 Dec').value]).toEqual(['12', '24']);
  act(() => answer(problem(503, 'away', 'The store is away')));
  await sheet().findByText('The store is away');
  expect(document.activeElement).toBe(cellOf('30 Nov'));
  await user.keyboard('8');
  expect(cellOf('30 Nov').value).toBe('128');
});

test('Escape takes back what was typed and offers it again; what is left otherwise is there again', async () => {
  aStaffing();
  const { user } = await open();
  await user.keyboard('12{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(await screen.findByRole('button', { name: 'Bring it back' }));
  await screen.findByRole('dialog', { name: 'Hours by week' });
  expect(cellOf('30 Nov').value).toBe('12');
  await user.click(sheet().getByRole('button', { name: 'Close' }));
  await user.click(await screen.findByRole('button', { name: 'Open it' }));
  await screen.findByRole('dialog', { name: 'Hours by week' });
  sheet().getByText('What you typed before is back.');
  expect(cellOf('30 Nov').value).toBe('12');
});
