import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { list } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const aDay = (id: number, date: string, name: string, over: object = {}) => ({
  ...{ id: idOf(id), version: 3, region: 'PT', date, name, portion: 1, sample: false },
  ...over,
});
const freedom = aDay(41, '2026-04-25', 'FREEDOM  day');
const conception = aDay(42, '2026-12-08', 'Conception', { portion: 0.5 });
const own = aDay(43, '2026-06-13', 'Saint Anthony');
const closed = aDay(44, '2026-12-24', 'Closed', { region: '*' });
const proposals = [
  { date: '2026-04-25', name: 'Freedom Day', portion: 1 },
  { date: '2026-12-08', name: 'Immaculate Conception', portion: 1 },
  { date: '2026-12-24', name: 'Christmas Eve', portion: 0.5 },
  { date: '2026-12-25', name: 'Christmas Day', portion: 1 },
];

async function compared() {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([freedom, conception, own, closed]));
  portal.set('GET /holidays/proposals', { body: { items: proposals } });
  portal.set('POST /changes', problem(503, 'away', 'The store is away'));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const region = await screen.findByRole('region', { name: 'PT 2026 beside the published calendar' });
  const sent = () => (portal.last('POST', '/changes')?.body as { commands: { id: string; record?: object; patch?: object }[] })?.commands;
  return { portal, user, part: within(region), sent };
}

test('a year is shown beside its calendar: what is only there, only here, and otherwise; names of one form and company days are none', async () => {
  const { part } = await compared();
  part.getByText('1 day as in the published calendar, 3 differences.');
  const rows = part.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(rows).toEqual([
    'Fri 25 Dec Christmas DayAdd',
    'Tue 8 Dec Conception, 50 % of the day → in the calendar Immaculate Conception, the whole dayRename',
    'Sat 13 Jun Saint AnthonyRemove',
  ]);
});

test('each difference is taken by itself, one change set a choice', async () => {
  const { user, part, sent } = await compared();
  await user.click(part.getByRole('button', { name: 'Rename Tue 8 Dec' }));
  const renamed = [{ do: 'change', kind: 'holiday', id: conception.id, version: 3, patch: { name: 'Immaculate Conception', portion: 1 } }];
  await waitFor(() => expect(sent()).toEqual(renamed));
  await part.findByText('The store is away');
  await user.click(part.getByRole('button', { name: 'Remove Sat 13 Jun' }));
  await waitFor(() => expect(sent()).toEqual([{ do: 'delete', kind: 'holiday', id: own.id, version: 3 }]));
  await user.click(part.getByRole('button', { name: 'Add Fri 25 Dec' }));
  await waitFor(() => expect(sent()).toMatchObject([{ do: 'create', record: { region: 'PT', date: '2026-12-25' } }]));
  const first = sent()[0]?.id;
  await user.click(part.getByRole('button', { name: 'Add Fri 25 Dec' }));
  await waitFor(() => expect(sent()[0]?.id).toBe(first));
});

test('all are taken as one change set, which says before what it does', async () => {
  const { user, part, sent, portal } = await compared();
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.click(part.getByRole('button', { name: 'Take all: 1 added, 1 changed, 1 removed' }));
  await waitFor(() => expect(sent()).toMatchObject([{ do: 'create' }, { do: 'change' }, { do: 'delete' }]));
  await screen.findByText('Holidays of PT 2026 as in the calendar: 1 added, 1 changed, 1 removed');
});

test('a company day is added under every region, and stands among the days of each', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([own, closed]));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const sheet = within(await screen.findByRole('dialog', { name: 'Holidays' }));
  expect((await sheet.findByRole('button', { name: 'Change Closed' })).closest('li')?.textContent).toMatch(/every region$/);
  await user.selectOptions(sheet.getByLabelText('Region'), 'Every region');
  expect(sheet.queryByRole('button', { name: 'Change Saint Anthony' })).toBeNull();
  await user.click(sheet.getByRole('button', { name: 'Add a company day' }));
  await user.type(sheet.getByLabelText('Day'), '31 dec');
  await user.type(sheet.getByLabelText('Name'), 'Year end');
  await user.click(sheet.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'create', kind: 'holiday', record: { region: '*', date: '2026-12-31', name: 'Year end' } }],
    }),
  );
});

test('an engineer reads the holidays and is offered no difference', async () => {
  const { portal } = aStaffing({ roles: ['engineer'] });
  portal.set('GET /holidays', list([own, closed]));
  portal.set('GET /holidays/proposals', { body: { items: proposals } });
  renderRoutes(routes, '/leave?holidays=PT');
  await screen.findByText('Saint Anthony', { exact: false });
  expect(screen.queryByRole('region', { name: /beside the published calendar/ })).toBeNull();
  expect(screen.queryByRole('button', { name: /Add|Change|Remove/ })).toBeNull();
});

test('a calendar that fails is none that is unknown: it is asked again', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([freedom]));
  portal.set('GET /holidays/proposals', problem(500, 'internal', 'Staffing failed'));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const note = within((await screen.findByText('The published calendar did not load')).closest('[role=alert]') as HTMLElement);
  expect(screen.queryByText(/No published calendar/)).toBeNull();
  portal.set('GET /holidays/proposals', { body: { items: proposals } });
  await user.click(note.getByRole('button', { name: 'Try again' }));
  await screen.findByRole('region', { name: 'PT 2026 beside the published calendar' });
});

test('a region that the calendars do not know is told as that', async () => {
  const { portal } = aStaffing();
  portal.set('GET /holidays', list([freedom]));
  portal.set('GET /holidays/proposals', problem(404, 'no-calendar', 'No published calendar is known for PT'));
  renderRoutes(routes, '/leave?holidays=PT');
  await screen.findByText(/^No published calendar is known for/);
  expect(screen.queryByText(/did not load/)).toBeNull();
});
