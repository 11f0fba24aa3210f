import { beforeEach, expect, test } from '@jest/globals';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aStaffing, atlas, jonas } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const absence = { body: { head: 40, answers: [{ changed: [], lostCover: 0, lostHours: 0, strandedHours: 0 }] } };
const request = aLeave(idOf(31), ana, { from: '2027-01-04', to: '2027-01-08' });
const why = { kind: 'Holiday', note: 'Trains are booked', reason: 'The release is that week' };

test('a manager declines with a word', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  const { user } = renderRoutes(routes, '/leave');
  const row = within((await screen.findByRole('heading', { name: /Ana Duarte asks for leave/ })).closest('li') as HTMLElement);
  await user.click(await row.findByRole('button', { name: 'Decline…' }));
  expect(row.queryByRole('button', { name: /^Approve/ })).toBeNull();
  expect(document.activeElement).toBe(row.getByLabelText('Why not?'));
  await user.click(row.getByRole('button', { name: 'Back' }));
  expect(document.activeElement).toBe(row.getByRole('button', { name: 'Decline…' }));
  await user.click(row.getByRole('button', { name: 'Decline…' }));
  await user.type(row.getByLabelText('Why not?'), 'The release is that week{Enter}');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      accept: [],
      reason: 'The release is that week',
      commands: [{ do: 'change', id: request.id, version: 2, patch: { state: 'declined' } }],
    }),
  );
});

test('leave that takes cover away is approved with the plan of who covers its weeks', async () => {
  const { portal } = aStaffing({ leave: [request] });
  const changed = [{ project: atlas, week: '2027-W01', before: 'covered', after: 'alone' }];
  portal.set('POST /figures', { body: { head: 40, answers: [{ changed, lostCover: 1, lostHours: 8, strandedHours: 0 }] } });
  portal.set('POST /plans', problem(503, 'plans-wait', 'Many plans wait'));
  const { user } = renderRoutes(routes, '/leave');
  await user.click(await screen.findByRole('button', { name: 'Approve and plan who covers' }));
  await screen.findByText('The leave is approved, but no plan was started');
  expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ id: request.id, patch: { state: 'approved' } }] });
  expect(portal.last('POST', '/plans')?.body).toMatchObject({ weeks: ['2027-W01', '2027-W01'], minStay: 3, locks: [], forbid: [] });
});

test('a word that was typed for other days waits until they are looked at', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  const { user, client } = renderRoutes(routes, '/leave');
  const row = () => within(screen.getByRole('heading', { name: /Ana Duarte asks for leave/ }).closest('li') as HTMLElement);
  await screen.findByRole('heading', { name: /Ana Duarte asks for leave/ });
  await user.click(await row().findByRole('button', { name: 'Decline…' }));
  await user.type(row().getByLabelText('Why not?'), 'The release is that week');
  portal.set('GET /time-off', { body: { items: [{ ...request, version: 3, from: '2027-02-01', to: '2027-02-05' }], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await row().findByText(/^This was changed since you read it/);
  expect(row().queryByRole('button', { name: 'Decline' })).toBeNull();
  await user.click(row().getByRole('button', { name: 'Answer it as it is now' }));
  expect(row().getByLabelText<HTMLInputElement>('Why not?').value).toBe('The release is that week');
});

test('the form sends the word with which a manager declines there', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  const { user } = renderRoutes(routes, `/leave?leave=${request.id}`);
  const form = within(await screen.findByRole('dialog', { name: 'Leave' }));
  await user.click(form.getByRole('button', { name: 'Declined' }));
  await user.type(form.getByLabelText('Why not?'), 'Too late');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ reason: 'Too late', commands: [{ patch: { state: 'declined' } }] }),
  );
});

test('whoever asked reads why it was declined, and asks anew with the days and words of before', async () => {
  const declined = aLeave(idOf(31), ana, { from: '2027-01-04', to: '2027-01-08', state: 'declined', private: why });
  const { portal } = aStaffing({ roles: ['engineer'], person: ana, leave: [declined] });
  portal.set('POST /figures', absence);
  const { user } = renderRoutes(routes, '/leave');
  await screen.findByText('“The release is that week”');
  await user.click(screen.getByRole('button', { name: 'Ask anew' }));
  const form = within(await screen.findByRole('dialog', { name: 'Ask for leave' }));
  form.getByText(/was declined and stays so/);
  const range = form.getByLabelText<HTMLInputElement>('From – to, both included');
  expect(range.value).toBe('4 Jan 2027 – 8 Jan 2027');
  await user.clear(range);
  await user.type(range, '11 jan 2027 - 15 jan 2027');
  await user.click(form.getByRole('button', { name: 'Ask' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [
        {
          do: 'create',
          record: { from: '2027-01-11', to: '2027-01-15', state: 'requested', private: { kind: 'Holiday', note: 'Trains are booked' } },
        },
      ],
    }),
  );
  expect(portal.last('POST', '/changes')?.body).not.toMatchObject({ commands: [{ id: declined.id }] });
});

test('whoever asked changes and withdraws the request; leave of others opens for nobody but managers', async () => {
  const ofJonas = aLeave(idOf(32), jonas, { from: '2027-02-01', to: '2027-02-05', private: null });
  const { portal } = aStaffing({ roles: ['engineer'], person: ana, leave: [request, ofJonas] });
  portal.set('POST /figures', absence);
  const { user } = renderRoutes(routes, '/leave');
  await screen.findByText('1 Feb – 5 Feb 2027');
  expect(screen.queryByRole('button', { name: '1 Feb – 5 Feb 2027' })).toBeNull();
  await user.click(screen.getByRole('button', { name: '4 Jan – 8 Jan 2027' }));
  const form = within(await screen.findByRole('dialog', { name: 'Leave' }));
  expect(form.queryByText('State')).toBeNull();
  await user.click(form.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ do: 'delete', id: request.id }] }));
});
