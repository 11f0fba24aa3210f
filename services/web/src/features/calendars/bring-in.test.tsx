import { beforeEach, expect, jest, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { Guard } from '../../shell/guard.tsx';
import { aMe } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { BringIn } from './index.ts';

const days = { from: '2026-12-24', to: '2026-12-31', amount: { portion: 1 } };
const item = { key: 'k1', id: idOf(60), uid: 'xmas', summary: 'Skiing', person: idOf(1), ...days, what: 'new', before: null };
const seen = { name: 'Mine', items: [item, { ...item, key: 'k2', id: idOf(61), uid: 'gone', summary: 'Back' }], more: 0, digest: 'd1' };
const told = [
  { why: 'removed-here', uid: 'gone', summary: 'Back' },
  { why: 'no-hours', uid: 'n', summary: 'Party' },
];
const vanished = [{ id: idOf(62), person: idOf(1), ...days, amount: { portion: 0.5 } }];
const ics = () =>
  Object.assign(new File(['BEGIN:VCALENDAR'], 'mine.ics', { type: 'text/calendar' }), {
    arrayBuffer: async () => new TextEncoder().encode('BEGIN:VCALENDAR').buffer,
  });
const open = (onClose = () => undefined) =>
  renderRoutes([{ element: <Guard />, children: [{ path: '/', element: <BringIn onClose={onClose} /> }] }], '/');
beforeEach(() => localStorage.clear());

test('a calendar is looked at, then brought in less what is left out; what was removed here stays out until it is ticked', async () => {
  const portal = fakePortal({
    'GET /me': { body: aMe({ roles: ['engineer'], person: idOf(1) }) },
    'GET /people': { body: { items: [], nextCursor: null } },
    'POST /calendars/preview': { body: { ...seen, told, vanished } },
    'POST /calendars/import': { body: { number: 7, made: 1, changed: 0, removed: 1 } },
  });
  const onClose = jest.fn<() => undefined>();
  const { user } = open(onClose);
  await user.upload(await screen.findByLabelText('Calendar file (.ics)'), ics());
  await user.click(await screen.findByRole('button', { name: 'Look at it' }));
  const items = within(await screen.findByRole('region', { name: 'What becomes leave' })).getAllByRole<HTMLInputElement>('checkbox');
  expect(items.map(({ checked }) => checked)).toEqual([true, false]);
  expect(screen.getByText(/it takes no hour of work/)).toBeTruthy();
  await user.click(within(screen.getByRole('region', { name: 'Not in the calendar any more' })).getByRole('checkbox'));
  await user.click(screen.getByRole('button', { name: 'Ask for 2 changes' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(portal.last('POST', '/calendars/import')?.body).toMatchObject({
    ...{ person: idOf(1), words: [], digest: 'd1', without: ['k2'], remove: [idOf(62)] },
    file: { name: 'mine.ics', bytes: btoa('BEGIN:VCALENDAR') },
  });
});

test('a calendar that is none is refused in words, and what changed meanwhile is said', async () => {
  const portal = fakePortal({
    'GET /me': { body: aMe({ roles: ['manager'], person: null }) },
    'GET /people': { body: { items: [], nextCursor: null } },
    'POST /calendars/preview': { body: { refused: 'not-a-calendar', words: 'This is no iCalendar file' } },
    'POST /calendars/import': problem(409, 'other-preview', 'Leave or the calendar changed since this was shown: look at it again'),
  });
  const { user } = open();
  await user.upload(await screen.findByLabelText('Calendar file (.ics)'), ics());
  await user.click(await screen.findByRole('button', { name: 'Look at it' }));
  expect((await screen.findByRole('alert')).textContent).toBe('This is no iCalendar file');
  portal.set('POST /calendars/preview', { body: { ...seen, told: [], vanished: [] } });
  await user.click(screen.getByRole('button', { name: 'Look at it' }));
  await user.click(await screen.findByRole('button', { name: 'Bring in 2 changes' }));
  expect(await screen.findByText(/changed since this was shown/)).toBeTruthy();
  expect(portal.last('POST', '/calendars/preview')?.body).toMatchObject({ person: null });
});
