import { beforeEach, expect, jest, test } from '@jest/globals';
import { act, configure, screen, waitFor } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aStaffing, jonas, nothingBreaks } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000 });
beforeEach(() => localStorage.clear());

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const absence = { body: { head: 40, answers: [{ changed: [], lostCover: 0, lostHours: 0, strandedHours: 0 }] } };
const ofAna = aLeave(idOf(31), ana, { from: '2027-01-04', to: '2027-01-17' });
const ofJonas = aLeave(idOf(32), jonas, { from: '2027-02-01', to: '2027-02-05' });
const approved = aLeave(idOf(33), jonas, { from: '2027-03-01', to: '2027-03-05', state: 'approved' });
const preview = { body: { ...nothingBreaks, broken: [] } };
const heading = (name: RegExp) => screen.findByRole('heading', { name });
const personOf = (body: unknown) => (body as { questions: { args: { person: string } }[] }).questions[0]?.args.person;

test('nobody is offered to answer a request before its price is there', async () => {
  const { portal } = aStaffing({ leave: [ofAna] });
  let count: (answer: typeof absence) => void = () => {};
  portal.set('POST /figures', () => new Promise((resolve) => (count = resolve)));
  portal.set('POST /changes/preview', preview);
  renderRoutes(routes, '/leave');
  await screen.findByRole('status', { name: 'Counting what the requests cost' });
  await waitFor(() => expect(portal.last('POST', '/figures')).toBeDefined());
  expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  await act(async () => count(absence));
  await screen.findByRole('button', { name: 'Approve' });
  screen.getByText('No covered week is lost');
});

test('one that cannot be counted holds neither the others nor the table for long', async () => {
  const { portal } = aStaffing({ leave: [ofAna, ofJonas, approved] });
  portal.set('POST /figures', ({ body }) => (personOf(body) === ana ? new Promise(() => {}) : absence));
  portal.set('POST /changes/preview', preview);
  renderRoutes(routes, '/leave');
  await heading(/Jonas Weber asks for leave/);
  await heading(/Away now and later/);
  screen.getByRole('status', { name: 'Counting what it costs' });
});

test('a request that comes later does not take away what is read', async () => {
  const { portal } = aStaffing({ leave: [approved] });
  portal.set('POST /figures', () => new Promise(() => {}));
  portal.set('POST /changes/preview', preview);
  const { client } = renderRoutes(routes, '/leave');
  await screen.findByText('none to answer');
  const table = await heading(/Away now and later/);
  portal.set('GET /time-off', { body: { items: [approved, ofAna], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await heading(/Ana Duarte asks for leave/);
  expect(table.closest('[hidden]')).toBeNull();
});

test('a link to a request leads to it once it is shown', async () => {
  const seen: (string | null)[] = [];
  const scroll = jest.fn(function (this: Element) {
    seen.push(this.closest('[hidden]') ? 'hidden' : this.id);
  });
  HTMLElement.prototype.scrollIntoView = scroll;
  const { portal } = aStaffing({ leave: [ofAna, ofJonas] });
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', preview);
  renderRoutes(routes, `/leave#request-${ofJonas.id}`);
  await heading(/Jonas Weber asks for leave/);
  await waitFor(() => expect(seen).toEqual([`request-${ofJonas.id}`]));
});
