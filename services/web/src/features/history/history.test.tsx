import { expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { aMe, aPage, aRevision } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { HistoryScreen } from './history-screen.tsx';

const page = `/pages/${idOf(1)}`;
const texts = [
  aRevision('one\ntwo\nthree', { id: idOf(103), at: '2026-11-27T11:00:00.000Z', message: 'Third' }),
  aRevision('one\n2\nthree', { id: idOf(102), at: '2026-11-27T10:00:00.000Z', message: 'Second', by: 'Ana Duarte' }),
  aRevision('zero', { id: idOf(101), at: '2026-11-27T09:00:00.000Z', message: 'Created', title: 'Old name' }),
];
const move = { version: 3, at: '2026-11-27T10:30:00.000Z', by: 'Ben Carter', fields: ['path', 'tags'], movedFrom: 'data/old' };

function open(query = '') {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    [`GET ${page}`]: { body: aPage({ revision: idOf(103), version: 4 }) },
    [`GET ${page}/revisions`]: { body: { items: texts.map(({ body: _body, ...summary }) => summary), nextCursor: null } },
    [`GET ${page}/changes`]: { body: { items: [move], nextCursor: null } },
    ...Object.fromEntries(texts.map((text) => [`GET /revisions/${text.id}`, { body: text }])),
    'POST /pages/preview': { body: { html: '<p>then</p>', headings: [] } },
    [`PATCH ${page}`]: { body: aPage({ version: 5 }) },
  });
  const routes = [{ path: '/history/:id', element: <HistoryScreen /> }];
  return { portal, ...renderRoutes(routes, `/history/${idOf(1)}${query}`) };
}

test('lists texts and other changes by time, each with who made it', async () => {
  open();
  const list = await screen.findByRole('list', { name: 'Changes, newest first' });
  await within(list).findByText(/Moved away from/);
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent?.replace(/(Fri|Thu|Sat).*?·/, '|')),
  ).toEqual(['Third| Noor Haddad', 'Moved away from /data/old; changed: tags| Ben Carter', 'Second| Ana Duarte', 'Created| Noor Haddad']);
});

test('compares any two texts', async () => {
  const { user, address } = open();
  await user.click(await screen.findByRole('button', { name: 'Changes' }));
  expect((await screen.findByText('- 2')).tagName).toBe('DEL');
  expect(screen.getByText('+ two').tagName).toBe('INS');
  await user.selectOptions(screen.getByLabelText('Compared with'), idOf(101));
  expect((await screen.findByText('- zero')).tagName).toBe('DEL');
  expect(screen.getByText('Old name').tagName).toBe('DEL');
  expect(address()).toContain(`with=${idOf(101)}`);
});

test('before the first text there was none to compare it with', async () => {
  const { user } = open(`?revision=${idOf(101)}`);
  await user.click(await screen.findByRole('button', { name: 'Changes' }));
  await screen.findByText('This is the first text of this page.');
});

test('restores an older text with its title, and takes that back', async () => {
  const { portal, user } = open(`?revision=${idOf(101)}`);
  await user.click(await screen.findByRole('button', { name: 'Restore this text' }));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(portal.asked.filter(({ method }) => method === 'PATCH')).toHaveLength(2));
  const [made, undone] = portal.asked.filter(({ method }) => method === 'PATCH');
  expect([made?.headers.get('if-match'), made?.body]).toMatchObject(['"4"', { body: 'zero', title: 'Old name' }]);
  expect([undone?.headers.get('if-match'), undone?.body]).toMatchObject(['"5"', { body: 'one\ntwo\nthree', title: 'Migrations' }]);
});

test('a text is not restored in silence where the one of today, to go back to, did not load', async () => {
  const { portal, user } = open(`?revision=${idOf(101)}`);
  portal.set(`GET /revisions/${idOf(103)}`, problem(404, 'no-revision', 'There is no such revision'));
  await waitFor(() => expect(screen.getByRole('button', { name: 'Restore this text' })).toHaveProperty('disabled', false));
  await user.click(screen.getByRole('button', { name: 'Restore this text' }));
  expect(await screen.findByText('Nothing was restored')).toBeTruthy();
  expect(portal.last('PATCH', page)).toBeUndefined();
});
