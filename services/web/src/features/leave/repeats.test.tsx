import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aStaffing, atlas, jonas, nothingBreaks } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const alone = (week: string) => ({ project: atlas, week, before: 'covered', after: 'alone' });
const commandsIn = (body: unknown) =>
  (body as { commands: { do: string; id: string; record: Record<string, unknown>; patch?: unknown }[] }).commands;
const newYear = { id: idOf(71), version: 1, region: 'PT', date: '2027-01-01', name: 'New Year', portion: 1, sample: false };
const christmas = { ...newYear, id: idOf(72), date: '2026-12-25', name: 'Christmas', portion: 0.5 };

/** Each day costs 4 h; the 18th of December leaves Atlas alone. */
const priced = (portal: ReturnType<typeof aStaffing>['portal']) => {
  portal.set('POST /figures', ({ body }) => {
    const { questions } = body as { questions: { args: { days: [string, string] } }[] };
    const answers = questions.map(({ args: { days } }) => {
      const changed = days[0] === '2026-12-18' ? [alone('2026-W51')] : [];
      return { changed, lostCover: changed.length, lostHours: 4, strandedHours: 0 };
    });
    return { body: { head: 40, answers } };
  });
  portal.set('POST /changes/preview', ({ body }) => ({
    body: { ...nothingBreaks, leave: commandsIn(body).map(({ id }) => ({ timeOff: id, days: 1, hours: 8 })) },
  }));
  portal.set('GET /holidays', { body: { items: [newYear, christmas], nextCursor: null } });
};

test('an engineer asks for every second Friday: each day is read with its price before one change set is sent, a holiday is left out', async () => {
  const { portal } = aStaffing({ roles: ['engineer'], person: ana });
  priced(portal);
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
  await user.type(form.getByLabelText('From – to, both included'), '4 dec');
  await user.click(form.getByRole('button', { name: 'Every 2nd week' }));
  await user.click(form.getByRole('button', { name: 'Ask' }));
  await form.findByText('Say until when it comes again, such as 7 Dec, or 10 times');
  await user.type(form.getByLabelText('Until'), '15 jan');
  const list = await form.findByRole('list', { name: 'Days asked for' });
  await waitFor(() => expect(within(list).getAllByText('1 day, 8 h')).toHaveLength(3));
  const rows = within(list).getAllByRole('listitem');
  expect(rows.map(({ textContent }) => textContent?.slice(0, 15))).toEqual(['Fri 4 Dec 2026 ', 'Fri 18 Dec 2026', 'Fri 15 Jan 2027']);
  await waitFor(() => expect(rows[1]?.textContent).toMatch(/Atlas alone/));
  expect(rows[0]?.textContent).not.toMatch(/Atlas/);
  form.getByText('Left out: Fri 1 Jan 2027 (New Year)');
  form.getByText('3 days, 24 h');
  form.getByText('1 covered week lost');
  portal.set('POST /changes', problem(503, 'away', 'The store is away'));
  await user.click(form.getByRole('button', { name: 'Ask' }));
  await form.findByText('This was not saved');
  const first = portal.last('POST', '/changes')?.body;
  const sent = commandsIn(first);
  expect(sent.map(({ record: { from, to, state } }) => [from, to, state])).toEqual(
    ['2026-12-04', '2026-12-18', '2027-01-15'].map((day) => [day, day, 'requested']),
  );
  expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  expect(new Set(sent.map(({ record }) => record['set']))).toEqual(new Set([sent[0]?.id]));
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.click(form.getByRole('button', { name: 'Ask' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(portal.last('POST', '/changes')?.body).toEqual(first);
});

test('until the holidays are here, leave that comes again is not asked for; that they did not load is told, and asked again', async () => {
  const { portal } = aStaffing({ roles: ['engineer'], person: ana });
  priced(portal);
  portal.set('GET /holidays', problem(500, 'internal', 'Staffing failed'));
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
  await user.type(form.getByLabelText('From – to, both included'), '4 dec');
  expect(form.queryByText(/The holidays did not load/)).toBeNull();
  await user.click(form.getByRole('button', { name: 'Every 2nd week' }));
  await user.type(form.getByLabelText('Until'), '15 jan');
  const note = within((await form.findByText(/^The holidays did not load/)).closest('[role=alert]') as HTMLElement);
  await user.click(form.getByRole('button', { name: 'Ask' }));
  form.getByText(/^The holidays are not here yet/);
  expect(portal.last('POST', '/changes')).toBeUndefined();
  portal.set('GET /holidays', { body: { items: [newYear, christmas], nextCursor: null } });
  await user.click(note.getByRole('button', { name: 'Try again' }));
  await form.findByText('Left out: Fri 1 Jan 2027 (New Year)');
  expect(form.queryByText(/The holidays/)).toBeNull();
});

test('a price that is not known is said, and asked again', async () => {
  const { portal } = aStaffing({ roles: ['engineer'], person: ana });
  portal.set('POST /figures', problem(500, 'internal', 'Staffing failed'));
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
  await user.type(form.getByLabelText('From – to, both included'), '4 dec');
  const note = within((await form.findByText('What it costs is not known')).closest('[role=alert]') as HTMLElement);
  priced(portal);
  await user.click(note.getByRole('button', { name: 'Try again' }));
  await form.findByText('No covered week is lost');
  expect(form.queryByText('What it costs is not known')).toBeNull();
});

test('half days of two weekdays, three weeks apart, so many times; a day that nobody works is left out', async () => {
  const { portal } = aStaffing({ roles: ['engineer'], person: ana });
  priced(portal);
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
  await user.type(form.getByLabelText('From – to, both included'), '4 dec');
  await user.click(form.getByRole('button', { name: 'Other' }));
  await user.click(form.getByRole('button', { name: 'Sat' }));
  await user.type(form.getByLabelText('Until'), '4 times');
  await user.click(form.getByRole('button', { name: 'Half' }));
  await form.findByText('Left out: Sat 5 Dec 2026 (no working day), Sat 26 Dec 2026 (no working day)');
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  await user.click(form.getByRole('button', { name: 'Ask' }));
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  // A holiday of half a day leaves the other half.
  expect(commandsIn(portal.last('POST', '/changes')?.body).map(({ record: { from, amount } }) => [from, amount])).toEqual([
    ['2026-12-04', { portion: 0.5 }],
    ['2026-12-25', { portion: 0.5 }],
  ]);
});

const set = idOf(31);
const fridays = ['2026-12-04', '2026-12-18', '2027-01-15'].map((day, index) =>
  aLeave(idOf(31 + index), ana, { from: day, to: day, set, length: { days: 1, hours: 8 } }),
);

test('a manager answers the requests of one set together, with the price of each, or opens one of them', async () => {
  const { portal } = aStaffing({ leave: fridays });
  priced(portal);
  const { user } = renderRoutes(routes, '/leave');
  const heading = await screen.findByRole('heading', { name: /Ana Duarte asks for leave 3 times, 4 Dec 2026 – 15 Jan 2027/ });
  const row = within(heading.closest('li') as HTMLElement);
  const days = within(await row.findByRole('list', { name: 'Days asked for' }));
  await days.findByText('Atlas');
  row.getByText('3 days, 24 h', { exact: false });
  await user.click(row.getByRole('button', { name: 'Approve all 3' }));
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  expect(commandsIn(portal.last('POST', '/changes')?.body)).toMatchObject(
    fridays.map(({ id }) => ({ do: 'change', id, version: 2, patch: { state: 'approved' } })),
  );
  await user.click(days.getByRole('button', { name: 'Fri 18 Dec 2026' }));
  await screen.findByRole('dialog', { name: 'Leave' });
});

test('whoever asked withdraws all of a set, or one of it; what was answered otherwise stands apart', async () => {
  const declined = { ...fridays[2], state: 'declined' } as (typeof fridays)[0];
  const { portal } = aStaffing({ roles: ['engineer'], person: ana, leave: [...fridays.slice(0, 2), declined] });
  priced(portal);
  const { user } = renderRoutes(routes, '/leave');
  const all = await screen.findByRole('button', { name: '2 times, 4 Dec – 18 Dec 2026' });
  expect(screen.queryByRole('button', { name: '18 Dec 2026' })).toBeNull();
  await user.click(all);
  screen.getByRole('button', { name: '18 Dec 2026' });
  screen.getByText('declined');
  await user.click(screen.getByRole('button', { name: 'Withdraw all 2' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: fridays.slice(0, 2).map(({ id }) => ({ do: 'delete', kind: 'timeOff', id, version: 2 })),
    }),
  );
});

test('approving a set that leaves a project alone asks why, once for all of it; what it strands is told before', async () => {
  const { portal } = aStaffing({ leave: fridays });
  priced(portal);
  portal.set('POST /figures', ({ body }) => ({
    body: {
      head: 40,
      answers: (body as { questions: unknown[] }).questions.map(() => ({ changed: [], lostCover: 0, lostHours: 4, strandedHours: 1.5 })),
    },
  }));
  const joint = {
    ...{ code: 'joint-absence', severity: 'rule', message: 'Nobody who leads or backs up Atlas works on 18 Dec' },
    ...{ person: ana, project: atlas, assignment: null, weeks: ['2026-W51'] },
  };
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [joint] } });
  const { user } = renderRoutes(routes, '/leave');
  const heading = await screen.findByRole('heading', { name: /Ana Duarte asks for leave 3 times/ });
  const row = within(heading.closest('li') as HTMLElement);
  await row.findByText('Nobody who leads or backs up Atlas works on 18 Dec');
  await row.findByText(/4\.5 h nobody could take over/);
  await user.click(row.getByRole('button', { name: 'Decline all 3…' }));
  expect(row.queryByLabelText('Why save anyway?')).toBeNull();
  await user.click(row.getByRole('button', { name: 'Back' }));
  await user.click(row.getByRole('button', { name: 'Approve all 3 anyway' }));
  await row.findByText('Say why: the rule refuses this without a reason');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.type(row.getByLabelText('Why approve anyway?'), 'The client is away too');
  await user.click(row.getByRole('button', { name: 'Approve all 3 anyway' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ accept: ['joint-absence'], reason: 'The client is away too' }),
  );
});

test('others see of a set that somebody is away, in the month too: no kind, no word, nothing to withdraw', async () => {
  const approved = fridays.map((leave) => ({ ...leave, state: 'approved' as const, private: null }));
  aStaffing({ roles: ['engineer'], person: jonas, leave: approved });
  const { user } = renderRoutes(routes, '/leave?month=2026-12');
  const month = within(await screen.findByRole('region', { name: /Who is away/ }));
  for (const day of ['4 Dec', '18 Dec']) month.getByTitle(`${day} 2026, away, approved`);
  await user.click(await screen.findByRole('button', { name: '3 times, 4 Dec 2026 – 15 Jan 2027' }));
  expect(screen.getAllByRole('cell', { name: 'away' })).toHaveLength(4);
  expect(screen.queryByRole('button', { name: /Withdraw|^18 Dec/ })).toBeNull();
});
