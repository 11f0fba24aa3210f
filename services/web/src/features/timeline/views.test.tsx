import { beforeEach, expect, test } from '@jest/globals';
import { act, configure, screen, waitFor, within } from '@testing-library/react';
import { useNavigate } from 'react-router-dom';
import { idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { aStaffing } from '../../testing/staffing.ts';
import { clearToasts } from '../../ui/toast.tsx';
import { TimelineScreen } from './timeline-screen.tsx';

// Asking jsdom of every element whether it is hidden takes most of a test's time here.
configure({ asyncUtilTimeout: 30_000, defaultHidden: true });
beforeEach(() => {
  localStorage.clear();
  clearToasts();
});

const [mine, ours] = [idOf(701), idOf(702)];
const own = (over: object = {}) => ({ id: mine, name: 'Mine', screen: 'timeline', query: 'by=person&skill=Postgres', version: 3, ...over });
const shared = (over: object = {}) => ({
  id: ours,
  name: 'Backend',
  screen: 'timeline',
  query: 'skill=Postgres',
  version: 7,
  sample: false,
  ...over,
});

async function open(
  at: string,
  { roles = ['manager'] as ('manager' | 'engineer')[], items = [own()] as object[], all = [shared()] as object[] } = {},
) {
  const { portal } = aStaffing({ roles });
  portal.set('GET /me/views', () => ({ body: { items, nextCursor: null } }));
  portal.set('GET /views', () => ({ body: { items: all, nextCursor: null } }));
  const opened = renderRoutes([{ path: '/staffing', element: <TimelineScreen /> }], at);
  await screen.findByRole('region', { name: /by project|by person/i });
  const menu = async (name: RegExp | string = /^Saved views/) => {
    await opened.user.click(await screen.findByRole('button', { name }));
    return within(await screen.findByRole('menu'));
  };
  return { portal, menu, ...opened };
}

test('a view is chosen, is marked once what is shown differs, and is gone back to', async () => {
  const { menu, user, address } = await open('/staffing');
  await user.click(await (await menu()).findByRole('menuitem', { name: 'Mine' }));
  expect(address()).toBe(`/staffing?by=person&skill=Postgres&view=${mine}`);
  await screen.findByRole('button', { name: 'Saved views: Mine' });
  await user.click(screen.getByRole('button', { name: 'Month' }));
  const changed = await menu('Saved views: Mine, changed since it was saved');
  await user.click(changed.getByRole('menuitem', { name: 'Back to what is saved' }));
  await waitFor(() => expect(address()).toBe(`/staffing?by=person&skill=Postgres&view=${mine}`));
});

test('what is shown is saved for oneself, and a name that is taken is told at its field before anything is sent', async () => {
  const items = [own()];
  const { portal, menu, user, address } = await open('/staffing?skill=Postgres&edit=x', { items });
  portal.set('PUT /me/views/:id', ({ path, body }) => {
    const view = { id: path.split('/').at(-1) ?? '', version: 1, ...(body as object) };
    items.push(view as never);
    return { status: 201, body: view };
  });
  await user.click((await menu()).getByRole('menuitem', { name: 'Save as a new view…' }));
  const form = within(await screen.findByRole('form', { name: 'Save as a view' }));
  await user.type(form.getByLabelText('Name'), ' MINE {Enter}');
  form.getByText('A view of yours is called Mine already');
  await user.clear(form.getByLabelText('Name'));
  await user.type(form.getByLabelText('Name'), 'Databases{Enter}');
  await screen.findByRole('button', { name: 'Saved views: Databases' });
  const sent = portal.asked.filter(({ method }) => method === 'PUT');
  expect(sent.map(({ body }) => body)).toEqual([{ name: 'Databases', screen: 'timeline', query: 'skill=Postgres' }]);
  expect(address()).toContain(`view=${sent[0]?.path.split('/').at(-1)}`);
});

test('for everybody a manager saves; over it only what was changed is sent, against the version that was read', async () => {
  const { portal, menu, user } = await open(`/staffing?skill=Postgres&zoom=month&view=${ours}`);
  await user.click((await menu(/^Saved views: Backend, changed/)).getByRole('menuitem', { name: 'Save over “Backend”' }));
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toBeTruthy());
  expect(portal.last('POST', '/changes')?.body).toMatchObject({
    commands: [{ do: 'change', kind: 'view', id: ours, version: 7, patch: { query: 'zoom=month&skill=Postgres' } }],
  });
});

test('an engineer saves over no view of everybody, and is offered no such one', async () => {
  const { menu, user } = await open(`/staffing?skill=Postgres&zoom=month&view=${ours}`, { roles: ['engineer'] });
  const items = await menu(/^Saved views: Backend, changed/);
  expect(items.queryByRole('menuitem', { name: /Save over|Rename|Remove/ })).toBeNull();
  await user.click(items.getByRole('menuitem', { name: 'Save as a new view…' }));
  const form = within(await screen.findByRole('form', { name: 'Save as a view' }));
  expect(form.queryByRole('button', { name: 'Everybody' })).toBeNull();
});

test('what another tab has saved meanwhile is told with both, and nothing is overwritten unasked', async () => {
  const items = [own()];
  const { portal, menu, user } = await open(`/staffing?by=person&skill=Postgres&zoom=month&view=${mine}`, { items });
  portal.set(`PUT /me/views/${mine}`, () => {
    items[0] = own({ version: 4, query: 'by=person&zoom=day' });
    return { ...problem(412, 'stale', 'This view was changed meanwhile') };
  });
  await user.click((await menu(/^Saved views: Mine, changed/)).getByRole('menuitem', { name: 'Save over “Mine”' }));
  const dialog = within(await screen.findByRole('dialog', { name: '“Mine” was changed meanwhile' }));
  await dialog.findByText('By person · by day');
  dialog.getByText('By person · by month · Filter: Postgres at level 1 or more');
  portal.set(`PUT /me/views/${mine}`, ({ body }) => ({ body: { id: mine, version: 5, ...(body as object) } }));
  await user.click(dialog.getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(portal.last('PUT', `/me/views/${mine}`)?.headers.get('if-match')).toBe('"4"');
});

test('what another manager saves of a view while one changes it is told with both before it is saved over', async () => {
  const all = [shared()];
  const { portal, menu, user, client } = await open(`/staffing?skill=Postgres&zoom=month&view=${ours}`, { all });
  await screen.findByRole('button', { name: /^Saved views: Backend, changed/ });
  all[0] = shared({ version: 8, query: 'zoom=day' });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click((await menu()).getByRole('menuitem', { name: /^Save over/ }));
  const dialog = within(await screen.findByRole('dialog', { name: /Backend.* was changed meanwhile$/ }));
  dialog.getByText('By project · by day');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(dialog.getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({
      commands: [{ version: 8, patch: { query: 'zoom=month&skill=Postgres' } }],
    }),
  );
});

test('a view that another manager has only renamed is saved over as it is now, and is removed only once that was seen', async () => {
  const all = [shared()];
  const { portal, menu, user, client } = await open(`/staffing?skill=Postgres&zoom=month&view=${ours}`, { all });
  await screen.findByRole('button', { name: /^Saved views: Backend, changed/ });
  all[0] = shared({ version: 8, name: 'Servers' });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click((await menu(/^Saved views: Servers/)).getByRole('menuitem', { name: 'Remove' }));
  await screen.findByText('Somebody changed it first. Look at it, then remove it.');
  expect(portal.last('POST', '/changes')).toBeUndefined();
  all[0] = shared({ version: 9, name: 'Servers and more' });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click((await menu(/^Saved views: Servers and more/)).getByRole('menuitem', { name: /^Save over/ }));
  const saved = { commands: [{ version: 9, patch: { query: 'zoom=month&skill=Postgres' } }] };
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject(saved));
  // What one saves oneself is nobody else's: the answer says which version that is.
  all[0] = shared({ version: 41, name: 'Servers and more', query: 'zoom=month&skill=Postgres' });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click((await menu(/^Saved views: Servers and more/)).getByRole('menuitem', { name: 'Remove' }));
  const removed = { commands: [{ do: 'delete', kind: 'view', id: ours, version: 41 }] };
  await waitFor(() => expect(portal.last('POST', '/changes')?.body).toMatchObject(removed));
});

test('a name in right-to-left letters turns none of the words around it', async () => {
  const name = '\u05e6\u05d5\u05d5\u05ea';
  const { menu, user } = await open(`/staffing?skill=Postgres&zoom=month&view=${ours}`, { all: [shared({ name })] });
  const alone = `\u2068${name}\u2069`;
  const items = await menu(`Saved views: ${alone}, changed since it was saved`);
  items.getByRole('menuitem', { name: `Save over “${alone}”` });
  await user.click(items.getByRole('menuitem', { name: 'Link…' }));
  await screen.findByRole('dialog', { name: `Link to “${alone}”` });
});

test('a name that somebody else gives a view while it is renamed is told before it is replaced', async () => {
  const all = [shared()];
  const { portal, menu, user, client } = await open(`/staffing?skill=Postgres&view=${ours}`, { all });
  await user.click((await menu(/^Saved views: Backend/)).getByRole('menuitem', { name: 'Rename…' }));
  const form = within(await screen.findByRole('form', { name: 'Rename the view' }));
  await user.type(form.getByLabelText('Name'), ' folks');
  all[0] = shared({ version: 8, name: 'Servers' });
  await act(() => client.invalidateQueries({ queryKey: ['staffing'] }));
  await user.click(form.getByRole('button', { name: 'Rename' }));
  form.getByText(/Somebody has called it Servers meanwhile/);
  expect(portal.last('POST', '/changes')).toBeUndefined();
  await user.click(form.getByRole('button', { name: 'Rename' }));
  await waitFor(() =>
    expect(portal.last('POST', '/changes')?.body).toMatchObject({ commands: [{ version: 8, patch: { name: 'Backend folks' } }] }),
  );
});

test('one’s own is removed, with a way back', async () => {
  const items = [own()];
  const { portal, menu, user, address } = await open(`/staffing?by=person&skill=Postgres&view=${mine}`, { items });
  portal.set(`DELETE /me/views/${mine}`, () => {
    items.length = 0;
    return { status: 204 };
  });
  portal.set('PUT /me/views/:id', ({ body }) => ({ status: 201, body: { id: idOf(703), version: 1, ...(body as object) } }));
  await user.click((await menu('Saved views: Mine')).getByRole('menuitem', { name: 'Remove' }));
  const notices = within(screen.getByRole('region', { name: 'Notices' }));
  await notices.findByText('Removed the view “Mine”');
  expect(address()).toBe('/staffing?by=person&skill=Postgres');
  expect(portal.last('DELETE', `/me/views/${mine}`)?.headers.get('if-match')).toBe('"3"');
  await user.click(notices.getByRole('button', { name: 'Undo' }));
  await notices.findByText('Undone: Removed the view “Mine”');
  expect(portal.asked.filter(({ method }) => method === 'PUT').at(-1)?.body).toEqual({
    name: 'Mine',
    screen: 'timeline',
    query: 'by=person&skill=Postgres',
  });
});

function Before() {
  const navigate = useNavigate();
  return (
    <button type="button" onClick={() => navigate(`/staffing?saved=${ours}`)}>
      The link
    </button>
  );
}
function Back() {
  const navigate = useNavigate();
  return (
    <button type="button" onClick={() => navigate(-1)}>
      Back
    </button>
  );
}

test('from what a link opened, Back leads to where the link was', async () => {
  const { portal } = aStaffing();
  portal.set('GET /me/views', { body: { items: [], nextCursor: null } });
  portal.set('GET /views', { body: { items: [shared()], nextCursor: null } });
  const routes = [
    { path: '/', element: <Before /> },
    {
      path: '/staffing',
      element: (
        <>
          <TimelineScreen />
          <Back />
        </>
      ),
    },
  ];
  const { user, address } = renderRoutes(routes, '/');
  await user.click(screen.getByRole('button', { name: 'The link' }));
  await waitFor(() => expect(address()).toBe(`/staffing?skill=Postgres&view=${ours}`));
  await user.click(screen.getByRole('button', { name: 'Back' }));
  await screen.findByRole('button', { name: 'The link' });
  expect(address()).toBe('/');
});

test('a link opens what is saved, and one to what is not there says so', async () => {
  const { address } = await open(`/staffing?saved=${ours}`);
  await waitFor(() => expect(address()).toBe(`/staffing?skill=Postgres&view=${ours}`));
  const other = await open(`/staffing?saved=${idOf(799)}`);
  await other.user.click(await screen.findByRole('button', { name: 'Go on without it' }));
  expect(other.address()).toBe('/staffing');
});

test('what a view asks for that is there no more, or that this page does not know, is said', async () => {
  await open(`/staffing?skill=Cobol&view=${ours}`, { all: [shared({ query: 'skill=Cobol&colour=red' })] });
  await screen.findByText(
    'The view “Backend” asks for a skill that nobody and nothing has any more (Cobol), what this page does not know (colour).',
  );
});
