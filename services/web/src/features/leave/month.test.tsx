import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aStaffing, jonas } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000 });
const wide = window.matchMedia;
beforeEach(() => localStorage.clear());
afterEach(() => {
  window.matchMedia = wide;
});

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const own = aLeave(idOf(31), ana, { from: '2026-12-21', to: '2026-12-24', private: { kind: 'Surgery', note: null, reason: null } });
const ofJonas = aLeave(idOf(32), jonas, {
  from: '2026-12-28',
  to: '2027-01-05',
  state: 'approved',
  amount: { portion: 0.5 },
  private: null,
});
const holiday = { id: idOf(41), version: 1, region: 'PT', date: '2026-12-08', name: 'Conception', portion: 1, sample: false };
const team = { id: idOf(51), version: 1, name: 'Data', lead: null, people: [jonas], sample: false };

function open(address: string) {
  const { portal } = aStaffing({ roles: ['engineer'], person: ana, leave: [own, ofJonas] });
  portal.set('GET /holidays', { body: { items: [holiday], nextCursor: null } });
  portal.set('GET /teams', { body: { items: [team], nextCursor: null } });
  portal.set('POST /figures', { body: { head: 40, answers: [{ changed: [], lostCover: 0, lostHours: 0, strandedHours: 0 }] } });
  return { portal, ...renderRoutes(routes, address) };
}
const calendar = async (month: string) => within(await screen.findByRole('region', { name: `Who is away in ${month}` }));
const rowOf = (month: Awaited<ReturnType<typeof calendar>>, name: string) =>
  within(month.getByRole('rowheader', { name: new RegExp(name) }).closest('tr') as HTMLElement);

test('everyone sees who is away in a month: of others only that, of oneself the kind, which opens the request', async () => {
  const { user } = open('/leave?month=2026-12');
  const month = await calendar('December 2026');
  const others = rowOf(month, 'Jonas Weber');
  expect(others.getByRole('img', { name: '28 Dec 2026 – 5 Jan 2027, away, half of each day, approved' }).className).toBe('st pt');
  expect(others.queryByRole('button')).toBeNull();
  expect(others.getByRole('img', { name: 'Holiday: Conception' }).closest('li')?.style.gridColumn).toBe('8 / 9');
  const mine = rowOf(month, 'Ana Duarte').getByRole('button', { name: '21 Dec – 24 Dec 2026, Surgery, asked for' });
  expect([mine.className, mine.closest('li')?.style.gridColumn]).toEqual(['st rq', '21 / 25']);
  await user.click(mine);
  await screen.findByRole('dialog', { name: 'Leave' });
});

test('the months before and after come without anything being fetched again; the address names them and Back works', async () => {
  const { user, portal, address } = open('/leave');
  await (await calendar('November 2026')).findByRole('rowheader', { name: /Ana Duarte/ });
  const asked = portal.asked.length;
  for (const name of ['December 2026', 'January 2027']) {
    await user.click(screen.getByRole('button', { name: 'Month after' }));
    await calendar(name);
  }
  expect(address()).toBe('/leave?month=2027-01');
  rowOf(await calendar('January 2027'), 'Jonas Weber').getByRole('img', { name: /away/ });
  await user.click(screen.getByRole('button', { name: 'Month before' }));
  await calendar('December 2026');
  await user.click(screen.getByRole('button', { name: 'This month' }));
  await calendar('November 2026');
  expect(address()).toBe('/leave');
  expect(portal.asked).toHaveLength(asked);
});

test('a team cuts the rows', async () => {
  const { user, address } = open('/leave?month=2026-12');
  const month = await calendar('December 2026');
  await user.selectOptions(await month.findByLabelText('Team'), 'Data');
  await waitFor(() => expect(month.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(['Jonas Weber PT']));
  expect(address()).toBe(`/leave?month=2026-12&team=${team.id}`);
});

test('on a phone the month is a list by week with the same way to what is asked for', async () => {
  window.matchMedia = (query) => ({ ...wide(query), matches: true });
  const { user } = open('/leave?month=2026-12');
  const month = await calendar('December 2026');
  expect(month.queryByRole('table')).toBeNull();
  const week = (name: RegExp) => within(month.getByRole('heading', { name }).closest('section') as HTMLElement);
  week(/^14 Dec – 20 Dec/).getByText('Nobody is away.');
  week(/^7 Dec – 13 Dec/).getByText('○ Tue 8 Dec Conception');
  const last = week(/^28 Dec – 3 Jan/);
  last.getByText('away, half of each day');
  last.getByText('Mon 28 Dec – Sun 3 Jan');
  await user.click(week(/^21 Dec – 27 Dec/).getByRole('button', { name: 'Mon 21 Dec – Thu 24 Dec' }));
  await screen.findByRole('dialog', { name: 'Leave' });
});
