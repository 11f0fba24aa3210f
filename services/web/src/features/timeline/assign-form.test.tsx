import { beforeEach, expect, test } from '@jest/globals';
import { act, cleanup, configure, screen, waitFor, within } from '@testing-library/react';
import { problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { ana, aPerson, aStaffing, atlas, candidates, jonas, noor, nothingBreaks, overAllocated } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => localStorage.clear());

const open = (at: string) => renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);

test('lists people by free hours, the rest with their rule, and saves a broken rule only with a reason', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
  const { user } = open(`/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2026-12-27`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  expect(form.getByLabelText<HTMLInputElement>('From – to').value).toBe('7 Dec 2026 – 27 Dec 2026');
  const jonasRow = await form.findByRole('radio', { name: /Jonas Weber/ });
  expect(form.getAllByRole('radio').map((radio) => radio.closest('label')?.textContent)).toEqual([
    'Noor Haddad14.4 – 18 hPostgres 4 · knows it: 81 h, warm',
    'Ana Duartealready leads Atlas, 7 Dec – 27 Dec, so cannot be the sidekick there',
    'Jonas Weber0 h left in the week of 14 Dec',
  ]);
  await user.click(jonasRow);
  await form.findByText('Jonas Weber would be over by 8 h, 14 Dec – 20 Dec');
  await user.click(form.getByRole('button', { name: 'Save anyway' }));
  await form.findByText('Say why: the rule refuses this without a reason');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.type(form.getByLabelText('Why save anyway?'), 'Two weeks only');
  await user.click(form.getByRole('button', { name: 'Save anyway' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ accept: ['over-allocated'], reason: 'Two weeks only' }),
  );
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('the role that a form starts from filters nothing, and a filter by role stays when the form is closed', async () => {
  aStaffing();
  const { user, address } = open(`/staffing?role=contributor&add=${atlas}&wanted=lead&days=2026-12-07+2026-12-27`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  expect(form.getByRole('button', { name: 'Lead' }).getAttribute('aria-pressed')).toBe('true');
  await user.click(form.getByRole('button', { name: 'Nobody yet…' }));
  await user.click(within(await screen.findByRole('dialog', { name: 'New open place' })).getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(address()).toBe('/staffing?role=contributor'));
});

test('names nobody among the ruled out whose contract is over', async () => {
  const { portal } = aStaffing();
  const left = aPerson(ana, 'Ana Duarte', { contract: { from: null, to: '2026-10-30' } });
  const others = [aPerson(jonas, 'Jonas Weber'), aPerson(noor, 'Noor Haddad')];
  portal.set('GET /people', { body: { items: [left, ...others], nextCursor: null } });
  open(`/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2026-12-27`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await form.findByRole('radio', { name: /Jonas Weber/ });
  expect(form.queryByRole('radio', { name: /Ana Duarte/ })).toBeNull();
});

test('says why the portal does not know who could do it, and asks again', async () => {
  const { portal } = aStaffing();
  const refused = { errors: [{ path: 'to', message: 'A range spans at most 104 weeks' }] };
  portal.set('GET /candidates', problem(400, 'invalid', 'Some fields do not fit', refused));
  const { user } = open(`/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2029-12-27`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await form.findByText('to: A range spans at most 104 weeks');
  form.getByText('Who could do it is not known');
  portal.set('GET /candidates', { body: candidates });
  await user.click(form.getByRole('button', { name: 'Try again' }));
  await form.findByRole('radio', { name: /Jonas Weber/ });
  expect(form.queryByText('Who could do it is not known')).toBeNull();
});

test('of two who assign the same hours at once the second is told what the first has taken, loses nothing, and may save with a reason', async () => {
  const { portal } = aStaffing();
  const slot = `/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2026-12-27&who=${noor}`;
  const { user } = open(slot);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await waitFor(() => expect(portal.last('POST', '/changes/preview')).toBeDefined());
  await user.clear(form.getByLabelText('Hours a week'));
  await user.type(form.getByLabelText('Hours a week'), '12');
  const previews = () => portal.asked.filter(({ path }) => path === '/changes/preview').length;
  await waitFor(() => expect(previews()).toBe(2));
  // Saved by the first between the preview and the save; the live event of that is still on its way.
  const taken = { ...overAllocated, message: 'Noor Haddad would be over by 4 h, 14 Dec – 20 Dec', person: noor };
  let answer: () => void = () => undefined;
  portal.set('POST /changes', problem(409, 'broken-rules', 'This breaks rules', { broken: [taken] }));
  portal.set(
    'POST /changes/preview',
    () => new Promise((resolve) => (answer = () => resolve({ body: { ...nothingBreaks, broken: [taken] } }))),
  );
  await user.click(form.getByRole('button', { name: 'Assign' }));
  await form.findByText('Noor Haddad would be over by 4 h, 14 Dec – 20 Dec');
  expect(screen.queryByText(/Noor Haddad is sidekick on Atlas/)).toBeNull();
  // The preview is asked anew, and says the same.
  await waitFor(() => expect(previews()).toBe(3));
  await act(async () => answer());
  form.getByText('Noor Haddad would be over by 4 h, 14 Dec – 20 Dec');
  expect(form.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('12');
  const first = portal.last('POST', '/changes')?.body as { commands: { id: string }[] };
  cleanup();
  const again = open(slot);
  const back = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  expect(back.getByLabelText<HTMLInputElement>('Hours a week').value).toBe('12');
  await waitFor(() => expect(previews()).toBe(4));
  await act(async () => answer());
  await again.user.type(await back.findByLabelText('Why save anyway?'), 'Only that week');
  portal.set('POST /changes', { status: 201, body: { number: 42, items: [], warnings: [] } });
  await again.user.click(back.getByRole('button', { name: 'Save anyway' }));
  await screen.findByText('Noor Haddad is sidekick on Atlas, 12 h a week, 7 Dec – 27 Dec 2026');
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    accept: ['over-allocated'],
    reason: 'Only that week',
    commands: [{ do: 'create', kind: 'assignment', id: first.commands[0]?.id, record: { person: noor, hoursPerWeek: 12 } }],
  });
});

test('a preview under way is ended before its commands are saved, and not asked again once they are', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', () => new Promise(() => {}));
  let saved = (): void => undefined;
  portal.set('POST /changes', async () => {
    await new Promise<void>((resolve) => {
      saved = resolve;
    });
    return { status: 201, body: { number: 41, items: [], warnings: [] } };
  });
  const { user, client } = open(`/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2026-12-27`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await user.click(await form.findByRole('radio', { name: /Noor Haddad/ }));
  await waitFor(() => expect(portal.last('POST', '/changes/preview')).toBeTruthy());
  await user.click(form.getByRole('button', { name: 'Assign' }));
  await waitFor(() => expect(portal.last('POST', '/changes')).toBeTruthy());
  expect(portal.last('POST', '/changes/preview')?.signal?.aborted).toBe(true);
  // The live event of the change arrives before its answer.
  await client.invalidateQueries({ queryKey: ['staffing'] });
  saved();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(portal.asked.filter(({ path }) => path === '/changes/preview')).toHaveLength(1);
});

test('an end before its start is told at the field, and what was typed stays', async () => {
  const { portal } = aStaffing();
  const { user } = open(`/staffing?add=${atlas}`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  const range = form.getByLabelText<HTMLInputElement>('From – to');
  await user.clear(range);
  await user.type(range, '7 dec 2026 - 4 dec 2026');
  await user.tab();
  await form.findByText('The end is before the start: 4 Dec < 7 Dec');
  await user.click(form.getByRole('button', { name: 'Assign' }));
  expect(portal.last('POST', '/changes')).toBeUndefined();
  expect(range.value).toBe('7 dec 2026 - 4 dec 2026');
});

test('what was typed for one gap is offered in the form that is opened elsewhere, be it the reason alone', async () => {
  const { portal } = aStaffing();
  portal.set('POST /changes/preview', { body: { ...nothingBreaks, broken: [overAllocated] } });
  const { user } = open(`/staffing?add=${atlas}&wanted=sidekick&days=2026-12-07+2026-12-27&who=${jonas}`);
  const form = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await user.type(await form.findByLabelText('Why save anyway?'), 'Two weeks only');
  await user.keyboard('{Escape}');
  await screen.findByText('What you typed is kept', { selector: '.toast span' });
  cleanup();
  const again = open('/staffing?add=');
  const other = within(await screen.findByRole('dialog', { name: 'New assignment' }));
  await other.findByText(/^Unsaved text from .*: Jonas Weber is sidekick on Atlas, 8 h a week, 7 Dec – 27 Dec 2026$/);
  await again.user.click(other.getByRole('button', { name: 'Take it' }));
  expect((await other.findByLabelText<HTMLTextAreaElement>('Why save anyway?')).value).toBe('Two weeks only');
});
