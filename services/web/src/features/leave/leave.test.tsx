import { beforeEach, expect, test } from '@jest/globals';
import { act, cleanup, configure, screen, waitFor, within } from '@testing-library/react';
import { answerLost, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aLeave, ana, aPerson, aStaffing, atlas, jonas, nothingBreaks } from '../../testing/staffing.ts';
import { LeaveScreen } from './leave-screen.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const routes = [{ path: '/leave', element: <LeaveScreen /> }];
const absence = { body: { head: 40, answers: [{ changed: [], lostCover: 0, lostHours: 0, strandedHours: 0 }] } };
const joint = (severity: 'rule' | 'warning') => ({
  code: 'joint-absence',
  severity,
  message: 'Nobody who leads or backs up Atlas is there on 21 Dec',
  person: ana,
  project: atlas,
  assignment: null,
  weeks: [],
});
const request = aLeave(idOf(31), ana, { from: '2027-01-04', to: '2027-01-17', length: { days: 9, hours: 36 } });

test('a joint absence is shown before Approve, which asks why; the length is that of the pattern', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [joint('rule')] } });
  const { user } = renderRoutes(routes, '/leave');
  const row = within((await screen.findByRole('heading', { name: /Ana Duarte asks for leave/ })).closest('li') as HTMLElement);
  await row.findByText('Nobody who leads or backs up Atlas is there on 21 Dec');
  row.getByText(/9 days, 36 h/);
  await user.click(row.getByRole('button', { name: 'Approve anyway' }));
  await row.findByText('Say why: the rule refuses this without a reason');
  expect(document.activeElement).toBe(row.getByLabelText('Why approve anyway?'));
  await user.click(row.getByRole('button', { name: 'Decline…' }));
  expect(row.queryByLabelText('Why approve anyway?')).toBeNull();
  await user.click(row.getByRole('button', { name: 'Back' }));
  await user.type(row.getByLabelText('Why approve anyway?'), 'Agreed with the client');
  await user.click(row.getByRole('button', { name: 'Approve anyway' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      accept: ['joint-absence'],
      reason: 'Agreed with the client',
      commands: [{ patch: { state: 'approved' } }],
    }),
  );
});

test('a refusal asks all rows anew, and takes from none but its own what it showed: reason and focus of another stay', async () => {
  const other = aLeave(idOf(32), jonas, { from: '2027-02-01', to: '2027-02-05', length: { days: 5, hours: 40 } });
  const { portal } = aStaffing({ leave: [request, other] });
  portal.set('POST /figures', absence);
  const asked = (body: unknown) => (body as { commands: { id: string }[] }).commands[0]?.id;
  const known = ({ body }: { body: unknown }) => ({ body: { ...nothingBreaks, broken: asked(body) === other.id ? [joint('rule')] : [] } });
  portal.set('POST /changes/preview', known);
  const { user } = renderRoutes(routes, '/leave');
  const rowOf = async (name: RegExp) => within((await screen.findByRole('heading', { name })).closest('li') as HTMLElement);
  const [first, second] = [await rowOf(/Ana Duarte asks for leave/), await rowOf(/Jonas Weber asks for leave/)];
  await user.type(await second.findByLabelText('Why approve anyway?'), 'Agreed');
  let refuse: () => void = () => undefined;
  const refused = problem(409, 'broken-rules', 'This breaks rules', { broken: [joint('rule')] });
  portal.set('POST /changes', () => new Promise((resolve) => (refuse = () => resolve(refused))));
  await user.click(first.getByRole('button', { name: 'Approve' }));
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  const reason = second.getByLabelText('Why approve anyway?');
  act(() => reason.focus());
  const before = portal.asked.length;
  portal.set('POST /changes/preview', () => new Promise(() => undefined));
  await act(async () => refuse());
  await first.findByText('Nobody who leads or backs up Atlas is there on 21 Dec');
  await waitFor(() => {
    const previews = portal.asked.slice(before).filter(({ path }) => path === '/changes/preview');
    expect(previews.map(({ body }) => asked(body)).sort()).toEqual([request.id, other.id]);
  });
  expect(second.getByLabelText('Why approve anyway?')).toBe(reason);
  expect(document.activeElement).toBe(reason);
});

test('where the other is away by pattern alone it is told, and no reason is asked', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [joint('warning')] } });
  renderRoutes(routes, '/leave');
  const row = within((await screen.findByRole('heading', { name: /Ana Duarte asks for leave/ })).closest('li') as HTMLElement);
  await row.findByText('Nobody who leads or backs up Atlas is there on 21 Dec');
  row.getByRole('button', { name: 'Approve' });
  expect(row.queryByLabelText('Why approve anyway?')).toBeNull();
  expect(document.querySelector('.printed')?.textContent).toBe('printed Monday 30 November 2026');
});

test('the form says what the leave takes and what is odd, and offers nobody who has left', async () => {
  const { portal, people } = aStaffing();
  const left = aPerson(idOf(9), 'Gone Away', { contract: { from: null, to: '2026-10-30' } });
  portal.set('GET /people', { body: { items: [...people, left], nextCursor: null } });
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', ({ body }) => {
    const { id } = (body as { commands: { id: string }[] }).commands[0] ?? { id: '' };
    const odd = { ...joint('warning'), code: 'overlapping-leave', message: 'Jonas is away on 9 Feb already' };
    return { body: { ...nothingBreaks, broken: [odd], leave: [{ timeOff: id, days: 4.5, hours: 36 }] } };
  });
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Add leave' }));
  expect(form.queryByRole('option', { name: 'Gone Away' })).toBeNull();
  await user.selectOptions(form.getByLabelText('Person'), jonas);
  await user.type(form.getByLabelText('From – to, both included'), '8 feb for 5 days');
  await form.findByText('4.5 days, 36 h');
  form.getByText('Jonas is away on 9 Feb already');
});

test('a request that is changed while it is read is not answered before that is seen; the reason typed stays', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [joint('rule')] } });
  const { user, client } = renderRoutes(routes, '/leave');
  const row = async () => within((await screen.findByRole('heading', { name: /Ana Duarte asks for leave/ })).closest('li') as HTMLElement);
  const before = await row();
  await user.type(await before.findByLabelText('Why approve anyway?'), 'Agreed with the client');
  portal.set('GET /time-off', { body: { items: [{ ...request, version: 3, to: '2027-01-31' }], nextCursor: null } });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  const said = (await before.findByText('4 Jan – 17 Jan 2027, Holiday')).closest('[role=status]');
  // Whoever it was: a manager may have.
  expect(said?.textContent).toMatch(/^This was changed since you read it/);
  expect(before.queryByRole('button', { name: /Approve|Decline/ })).toBeNull();
  // A reload forgets neither.
  cleanup();
  const again = renderRoutes(routes, '/leave');
  const after = await row();
  await after.findByText('4 Jan – 17 Jan 2027, Holiday');
  await again.user.click(after.getByRole('button', { name: 'Answer it as it is now' }));
  portal.set('POST /changes', answerLost);
  await again.user.click(await after.findByRole('button', { name: 'Approve anyway' }));
  await after.findByText('It is not known whether this was saved');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ reason: 'Agreed with the client', commands: [{ version: 3 }] }),
  );
});

test('what is typed of a leave is back after a reload, though somebody turned its days into hours', async () => {
  const { portal } = aStaffing({ leave: [request] });
  portal.set('POST /figures', absence);
  const { user } = renderRoutes(routes, `/leave?leave=${request.id}`);
  await user.type(within(await screen.findByRole('dialog', { name: 'Leave' })).getByLabelText('Note'), 'Back on Monday');
  cleanup();
  portal.set('GET /time-off', { body: { items: [{ ...request, version: 3, amount: { hours: 3 } }], nextCursor: null } });
  renderRoutes(routes, `/leave?leave=${request.id}`);
  const form = within(await screen.findByRole('dialog', { name: 'Leave' }));
  expect(form.getByLabelText<HTMLTextAreaElement>('Note').value).toBe('Back on Monday');
  await form.findByText(/^Each day:/);
});

test('the form of a holiday stays as it is while another year is looked at', async () => {
  const { portal } = aStaffing();
  const holiday = { id: idOf(41), version: 1, region: 'PT', date: '2026-12-08', name: 'Conception', portion: 1, sample: false };
  portal.set('GET /holidays', { body: { items: [holiday], nextCursor: null } });
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const sheet = within(await screen.findByRole('dialog', { name: 'Holidays' }));
  await user.click(await sheet.findByRole('button', { name: 'Change Conception' }));
  await user.type(sheet.getByLabelText('Name'), ' Day');
  await user.selectOptions(sheet.getByLabelText('Year'), '2027');
  expect(sheet.queryByText(/Somebody removed this/)).toBeNull();
  await user.click(sheet.getByRole('button', { name: 'Save' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: holiday.id, version: 1, patch: { name: 'Conception Day' } }],
    }),
  );
});

test('filling a year again after an answer that was lost makes no holiday twice', async () => {
  const { portal } = aStaffing();
  const christmas = { date: '2026-12-25', name: 'Christmas Day', portion: 1 };
  portal.set('GET /holidays/proposals', { body: { items: [christmas] } });
  portal.set('POST /changes', problem(503, 'away', 'The store is away'));
  const { user } = renderRoutes(routes, '/leave?holidays=PT');
  const fill = await screen.findByRole('button', { name: 'Fill 2026 from the calendar' });
  await user.click(fill);
  await screen.findByText('The store is away');
  await user.click(fill);
  const sent = () => portal.asked.filter(({ method, path }) => method === 'POST' && path === '/changes').map(({ body }) => body);
  await waitFor(() => expect(sent()).toHaveLength(2));
  expect(sent()[1]).toEqual(sent()[0]);
});

test('a portal that does not answer is told once, as what became of the save', async () => {
  const { portal } = aStaffing();
  const away = problem(503, 'away', 'The store is away');
  portal.set('POST /figures', absence);
  portal.set('POST /changes/preview', away);
  portal.set('POST /changes', away);
  const { user } = renderRoutes(routes, '/leave?ask=1');
  const form = within(await screen.findByRole('dialog', { name: 'Add leave' }));
  await user.selectOptions(form.getByLabelText('Person'), jonas);
  await user.type(form.getByLabelText('From – to, both included'), '8 feb for 5 days');
  await form.findByText('This would not be saved as it is');
  await user.click(form.getByRole('button', { name: 'Add' }));
  await form.findByText('This was not saved');
  portal.set('POST /changes', answerLost);
  await user.click(form.getByRole('button', { name: 'Add' }));
  await form.findByText('It is not known whether this was saved');
  expect(form.queryByText('This would not be saved as it is')).toBeNull();
});
