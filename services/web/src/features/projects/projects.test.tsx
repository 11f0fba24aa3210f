import { beforeEach, expect, test } from '@jest/globals';
import { configure, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { recordRoutes } from '../../testing/record-form.tsx';
import { renderRoutes } from '../../testing/render.tsx';
import { anAssignment, ana, aProject, aStaffing, atlas, jonas, nothingBreaks } from '../../testing/staffing.ts';

configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const list = (items: unknown[]) => ({ body: { items, nextCursor: null } });
async function open(state: 'agreed' | 'proposal') {
  const { portal } = aStaffing();
  const tentative = { state: 'tentative' } as const;
  portal.set('GET /projects', list([aProject(atlas, 'Atlas', { state })]));
  portal.set(
    'GET /assignments',
    list([anAssignment(idOf(21), ana, tentative), anAssignment(idOf(22), jonas, { role: 'sidekick', ...tentative })]),
  );
  const { user } = renderRoutes(recordRoutes, `/projects/${atlas}/edit`);
  const form = within(await screen.findByRole('dialog', { name: 'Atlas' }));
  const become = (next: string) => user.selectOptions(form.getByLabelText('State'), next);
  const save = () => user.click(form.getByRole('button', { name: 'Save' }));
  return { portal, user, form, become, save };
}

test('winning a proposal asks whose work is confirmed: all, some or none', async () => {
  const { portal, user, form, become, save } = await open('proposal');
  await become('agreed');
  await save();
  await form.findByText('Say whose work is confirmed: all, some or none');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(form.getByRole('button', { name: 'Some' }));
  await user.click(form.getByRole('checkbox', { name: /Jonas Weber, sidekick/ }));
  await save();
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: atlas, patch: { state: 'agreed' }, confirm: [idOf(22)] }],
    }),
  );
});

test('dates that change while somebody is planned keep the dates first planned, and that is said', async () => {
  const { portal, user, form, save } = await open('agreed');
  const range = form.getByLabelText('From – to');
  expect(form.queryByText(/dates first planned/)).toBeNull();
  await user.clear(range);
  await user.type(range, '7 dec 2026 - 21 mar 2027');
  await form.findByText(/^The dates first planned, .*, are kept beside the new ones/);
  await save();
  const { from, to } = aProject(atlas, 'Atlas');
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ do: 'change', id: atlas, patch: { from: '2026-12-07', to: '2027-03-21', baseline: { from, to } } }],
    }),
  );
});

test('dates of a proposal are corrected without a trace', async () => {
  const { portal, user, form, save } = await open('proposal');
  const range = form.getByLabelText('From – to');
  await user.clear(range);
  await user.type(range, '7 dec 2026 - 21 mar 2027');
  expect(form.queryByText(/dates first planned/)).toBeNull();
  await save();
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeDefined());
  expect(JSON.stringify(portal.last('POST', '/changes')?.body)).not.toContain('baseline');
});

test('losing a project says whose hours it frees before it is saved', async () => {
  const { portal, form, become } = await open('agreed');
  const freed = {
    code: 'hours-freed',
    severity: 'warning',
    message: 'Ana Duarte gets 40 h back, 30 Nov – 13 Dec',
    person: ana,
    project: atlas,
    assignment: null,
    weeks: ['2026-W49'],
  };
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [freed] } });
  await become('lost');
  await form.findByText('Ana Duarte gets 40 h back, 30 Nov – 13 Dec');
  expect(portal.last('POST', '/changes/preview')?.body).toMatchObject({ commands: [{ patch: { state: 'lost' } }] });
  form.getByRole('button', { name: 'Save' });
});
