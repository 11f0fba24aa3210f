import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { list, routes, saves } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const regions = [
  { code: 'PT', name: 'Portugal', calendar: true },
  { code: 'DE-BY', name: 'Germany, Bavaria', calendar: true },
];
const opened = async (moves?: { from: string; region: string | null }[]) => {
  const { portal } = aStaffing();
  portal.set('GET /people', list([aPerson(ana, 'Ana Duarte', moves ? { moves } : {})]));
  portal.set('GET /holidays/regions', { body: { items: regions } });
  portal.set('POST /changes', { status: 201, body: { number: 41, items: [], warnings: [] } });
  const { user } = renderRoutes(routes, `/people/${ana}/edit`);
  return { portal, user };
};

test('a person moves to another region from a day on; what is no region or no day is said at the field', async () => {
  const { portal, user } = await opened();
  const form = within(await screen.findByRole('dialog'));
  await user.click(form.getByRole('button', { name: 'Another region from a day on' }));
  await user.type(form.getByLabelText('Holidays then of'), 'Bavariaa');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await form.findByText('Say from which day the holidays are those of another region');
  form.getByText(/No region is called “Bavariaa”/);
  await user.type(form.getByLabelText('From'), '1 feb');
  await user.clear(form.getByLabelText('Holidays then of'));
  await user.type(form.getByLabelText('Holidays then of'), 'Germany, Bavaria');
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saves(portal)).toHaveLength(1));
  expect(saves(portal)[0]).toMatchObject({ kind: 'person', id: ana, patch: { moves: [{ from: '2027-02-01', region: 'DE-BY' }] } });
  expect(Object.keys((saves(portal)[0] as unknown as { patch: object }).patch)).toEqual(['moves']);
});

test('before other hours are saved it is told what they would change; a name asks nothing', async () => {
  const { portal, user } = await opened();
  const week = { week: '2027-W05', before: { hours: 24, net: 40 }, after: { hours: 24, net: 20 } };
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated], load: [{ person: ana, ...week }] } });
  const form = within(await screen.findByRole('dialog'));
  await user.type(form.getByLabelText('Name'), ' Silva');
  await user.click(form.getByRole('button', { name: 'Other hours from a day on' }));
  const [from] = form.getAllByLabelText('Hold from');
  await user.clear(from as HTMLElement);
  await user.type(from as HTMLElement, '1 feb');
  await form.findByText(/of 20 h net/);
  form.getByText(overAllocated.message);
  expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({
    commands: [{ kind: 'person', id: ana, patch: { patterns: [{ from: '2027-02-01' }, {}] } }],
  });
  await user.click(form.getByRole('button', { name: 'Cancel' }));
  expect(saves(portal)).toEqual([]);
});

test('the page tells the regions one after another, and the last move can be taken away again', async () => {
  const { portal, user } = await opened([{ from: '2027-02-01', region: 'DE-BY' }]);
  const form = within(await screen.findByRole('dialog'));
  await screen.findByText('Portugal (PT), from 1 Feb 2027 Germany, Bavaria (DE-BY)');
  await user.click(form.getByRole('button', { name: 'Remove the move from 1 Feb 2027' }));
  await user.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saves(portal)).toMatchObject([{ patch: { moves: [] } }]));
});
