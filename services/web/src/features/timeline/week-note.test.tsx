import { afterEach, expect, test } from '@jest/globals';
import { act, configure, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { idOf } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing, atlas } from '../../testing/staffing.ts';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
const wide = window.matchMedia;
afterEach(() => {
  window.matchMedia = wide;
});

const aNote = { id: idOf(61), version: 7, project: atlas, week: '2026-W50', private: { note: 'Steering group' }, sample: false };

function open(at: string, roles: ('manager' | 'engineer')[] = ['manager']) {
  const { portal } = aStaffing({ roles });
  portal.set('GET /week-notes', { body: { items: [aNote], nextCursor: null } });
  return { portal, ...renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at) };
}
const cell = (week: string) => document.querySelector<HTMLElement>(`[data-project="${atlas}"] [data-week="${week}"]`);
const sent = (portal: ReturnType<typeof open>['portal']) => (portal.last('POST', '/changes')?.body as { commands: unknown[] })?.commands;

test('a week with a note is marked and says it; what it opens shows it, and it is changed against the version that was read', async () => {
  const { user, portal } = open('/staffing');
  await waitFor(() => expect(cell('2026-W50')?.dataset['tip']).toContain('Note: Steering group'));
  expect([cell('2026-W50'), cell('2026-W51')].map((one) => one?.querySelector('.wn') !== null)).toEqual([true, false]);
  await user.click(cell('2026-W50') as HTMLElement);
  const pop = within(await screen.findByRole('dialog', { name: /^Atlas has no sidekick/ }));
  pop.getByText('Steering group');
  await user.click(pop.getByRole('button', { name: 'Change the note on Atlas, 2026-W50' }));
  const form = within(await screen.findByRole('dialog', { name: /^Note on Atlas, 7 Dec – 13 Dec 2026/ }));
  const box = form.getByRole('textbox', { name: 'Note' });
  expect(document.activeElement).toBe(box);
  await user.clear(box);
  await user.type(box, 'Moved');
  await user.click(form.getByRole('button', { name: 'Save' }));
  const patch = { private: { note: 'Moved' } };
  await waitFor(() => expect(sent(portal)).toEqual([{ do: 'change', kind: 'weekNote', id: aNote.id, version: 7, patch }]));
});

test('the key n notes on the week that has the focus', async () => {
  const { user, portal } = open('/staffing');
  await waitFor(() => expect(cell('2026-W49')).not.toBeNull());
  act(() => cell('2026-W49')?.focus());
  fireEvent.keyDown(cell('2026-W49') as HTMLElement, { key: 'n' });
  const form = within(await screen.findByRole('dialog', { name: /^Note on Atlas, 30 Nov – 6 Dec 2026/ }));
  await user.click(form.getByRole('button', { name: 'Note it' }));
  form.getByText('Say what is to be noted');
  await user.type(form.getByRole('textbox', { name: 'Note' }), 'Release');
  await user.click(form.getByRole('button', { name: 'Note it' }));
  const record = { project: atlas, week: '2026-W49', private: { note: 'Release' } };
  await waitFor(() => expect(sent(portal)).toMatchObject([{ do: 'create', kind: 'weekNote', record }]));
});

test('a phone shows the note of the week and opens its form; whoever is no manager has none and asks for none', async () => {
  window.matchMedia = (query) => ({ ...wide(query), matches: query.includes('860') });
  const { user, address, unmount } = open('/staffing?at=2026-W50');
  await screen.findByText('Steering group');
  await user.click(screen.getByRole('button', { name: 'Change the note on Atlas, 2026-W50' }));
  await screen.findByRole('dialog', { name: /^Note on Atlas/ });
  expect(new URLSearchParams(address().split('?')[1]).get('noted')).toBe(`${atlas} 2026-W50`);
  unmount();
  const { portal } = open('/staffing?at=2026-W50', ['engineer']);
  await screen.findByRole('region', { name: 'Atlas' });
  expect([screen.queryByText('Steering group'), screen.queryByRole('button', { name: /ote on Atlas/ })]).toEqual([null, null]);
  expect(portal.last('GET', '/week-notes')).toBeUndefined();
});
