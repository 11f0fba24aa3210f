import { beforeEach, expect, test } from '@jest/globals';
import { PageMeta } from '@sidekick/contracts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { Outlet } from 'react-router-dom';
import { Guard } from '../../app/guard.tsx';
import { Reader } from '../../app/reader.tsx';
import { aMe, aPage, aRevision } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { fakeTabs } from '../../testing/tabs.ts';
import { EditScreen } from './edit-screen.tsx';
import { NewPageScreen } from './new-page-screen.tsx';

const page = `/pages/${idOf(1)}`;
const screens = [
  { path: '/edit/:id', element: <EditScreen /> },
  { path: '/new', element: <NewPageScreen /> },
];
const frame = (
  <Reader>
    <Outlet />
  </Reader>
);
const routes = [{ element: frame, children: [{ element: <Guard />, children: screens }] }];
const open = (handlers: Parameters<typeof fakePortal>[0] = {}, at = `/edit/${idOf(1)}`) => {
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    [`GET ${page}`]: { body: aPage() },
    [`GET /revisions/${idOf(100)}`]: { body: aRevision('Line one\nLine two') },
    'POST /pages/preview': ({ body }) => ({ body: { html: `<p>${(body as { body: string }).body}</p>`, headings: [] } }),
    ...handlers,
  });
  return { portal, ...renderRoutes(routes, at) };
};
const text = () => screen.findByLabelText<HTMLTextAreaElement>('Text in Markdown');
const { html: _html, headings: _headings, ...stored } = aPage();
const meta = Object.fromEntries(Object.entries(stored).filter(([key]) => PageMeta.keyof().safeParse(key).success));
/** Noor has made version 5 meanwhile. */
const lostTo = (body: string, over: object = {}, fields = ['text']) =>
  problem(412, 'stale', 'Somebody saved this page first', {
    current: {
      version: 5,
      revision: aRevision(body, { id: idOf(105) }),
      page: { ...meta, ...over },
      since: [{ version: 5, at: '2026-11-27T10:00:00.000Z', by: 'Noor Haddad', fields, movedFrom: null }],
    },
  });
const lost = lostTo('Line one\nTheir line');
const save = async (user: ReturnType<typeof open>['user']) => user.click(screen.getByRole('button', { name: 'Save' }));

let tabs: ReturnType<typeof fakeTabs>;
beforeEach(async () => {
  localStorage.clear();
  tabs = fakeTabs();
  await tabs.open();
});

test('sends only what was changed, with the version it was read at, and leads back to the page', async () => {
  const { portal, user, address } = open({ [`PATCH ${page}`]: { body: aPage({ version: 4 }) } });
  await user.type(await text(), '!');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { body: 'Line one\nLine two!' }]);
});

test('the preview shows what is written', async () => {
  const { user } = open();
  await user.type(await text(), ' and more');
  expect(await screen.findByText('Line one Line two and more')).toBeTruthy();
});

test('what others changed in other lines and fields is merged by itself, and who that was is told', async () => {
  const { portal, user, address } = open({ [`PATCH ${page}`]: lostTo('Line zero\nLine one\nLine two', { tags: ['x'] }, ['text', 'tags']) });
  await user.type(await text(), ' mine');
  portal.set(`PATCH ${page}`, ({ headers }) =>
    headers.get('if-match') === '"5"'
      ? { body: aPage({ version: 6 }) }
      : lostTo('Line zero\nLine one\nLine two', { tags: ['x'] }, ['text', 'tags']),
  );
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({ body: 'Line zero\nLine one\nLine two mine' });
  expect(screen.getByText(/Noor Haddad changed meanwhile: the text and the tags/)).toBeTruthy();
});

test('a save over tags or a move of somebody else sends no text of theirs and no tags', async () => {
  const { portal, user, address } = open();
  await user.type(await text(), ' mine');
  const moved = lostTo('Line one\nLine two', { path: 'ops/migrations', tags: ['x'] }, ['path', 'tags']);
  portal.set(`PATCH ${page}`, ({ headers }) =>
    headers.get('if-match') === '"5"' ? { body: aPage({ version: 6, path: 'ops/migrations' }) } : moved,
  );
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/ops/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({ body: 'Line one\nLine two mine' });
});

test('only what both changed differently is asked, place by place; who changed it is named', async () => {
  const { portal, user, address } = open({ [`PATCH ${page}`]: lost });
  await user.type(await text(), ' mine');
  await save(user);
  expect((await screen.findByRole('alert')).textContent).toContain('Noor Haddad changed the text while you wrote.');
  const place = within(screen.getByRole('region', { name: 'Place 1' }));
  expect(within(place.getByRole('region', { name: 'Theirs' })).getByText('Their line')).toBeTruthy();
  expect(screen.getByRole('button', { name: '1 to choose' })).toHaveProperty('disabled', true);
  await user.click(place.getByRole('button', { name: 'Both' }));
  await user.click(place.getByRole('button', { name: 'Edit' }));
  await user.type(place.getByLabelText('Text of place 1'), '!');
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nTheir line') });
  portal.set(`PATCH ${page}`, { body: aPage({ version: 6 }) });
  await user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"5"', { body: 'Line one\nTheir line\nLine two mine!' }]);
});

test('taking theirs sets the own text aside, from where it can be taken back', async () => {
  const { portal, user } = open({ [`PATCH ${page}`]: lost });
  await user.type(await text(), ' mine');
  await save(user);
  portal.set(`GET ${page}`, { body: aPage({ version: 5, revision: idOf(105) }) });
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nTheir line') });
  await user.click(await screen.findByRole('button', { name: /^Take theirs/ }));
  await waitFor(async () => expect((await text()).value).toBe('Line one\nTheir line'));
  await user.click(await screen.findByRole('button', { name: 'Take it' }));
  expect((await text()).value).toBe('Line one\nLine two mine');
});

test('an edit goes on from what it was begun with, though the page is read again under it', async () => {
  const { portal, user, client } = open({ [`PATCH ${page}`]: { body: aPage({ version: 6 }) } });
  await user.type(await text(), ' mine');
  portal.set(`GET ${page}`, { body: aPage({ version: 5, revision: idOf(105), title: 'Theirs' }) });
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nTheir line') });
  await client.invalidateQueries();
  await save(user);
  await waitFor(() => expect(portal.last('PATCH', page)).toBeDefined());
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"3"', { body: 'Line one\nLine two mine' }]);
});

test('two tabs write two new pages; publishing one leaves the text of the other', async () => {
  const first = await tabs.open();
  const one = open({}, '/new?path=a');
  await one.user.type(await text(), 'first');
  one.unmount();
  await tabs.open();
  const two = open({ 'POST /pages': { status: 201, body: aPage() } }, '/new?path=b');
  expect([(await text()).value, screen.queryByText(/Unsaved text/)]).toEqual(['', null]);
  await two.user.type(await text(), 'second');
  await two.user.type(screen.getByLabelText('Title'), 'T');
  await two.user.click(screen.getByRole('button', { name: 'Publish' }));
  await waitFor(() => expect(two.address()).toBe('/p/data/migrations'));
  two.unmount();
  await tabs.show(first);
  open({}, '/new?path=a');
  expect((await text()).value).toBe('first');
});

test('Enter goes on with a list', async () => {
  const { user } = open();
  const box = await text();
  await user.clear(box);
  await user.type(box, '- one{Enter}two{Enter}{Enter}end');
  expect(box.value).toBe('- one\n- two\nend');
});

test('place, order, owners and the review are set where one edits; a new address takes the pages below along', async () => {
  const { portal, user, address } = open(
    {
      'GET /pages/find': ({ query }) =>
        query.get('path') === 'ops' ? { body: aPage({ id: idOf(2), path: 'ops', title: 'Ops' }) } : problem(404, 'no-page', 'No'),
      'GET /people': { body: { items: [], nextCursor: null } },
      'GET /search/completions': { body: { items: [] } },
      [`PATCH ${page}`]: { body: aPage({ version: 4 }) },
      [`POST ${page}/move`]: {
        body: {
          path: 'ops/migrations',
          version: 5,
          moved: 2,
          left: [{ id: idOf(7), path: 'data/migrations/x', reason: 'Another page stands at /ops/migrations/x' }],
        },
      },
    },
    `/edit/${idOf(1)}?panel=about`,
  );
  const type = async (label: string, words: string) => {
    await user.clear(await screen.findByLabelText(label));
    await user.type(screen.getByLabelText(label), words);
  };
  await type('Below the page at the address', 'ops');
  expect(await screen.findByText('Stands below “Ops” in the tree.')).toBeTruthy();
  await type('Place among its neighbours', '2');
  await type('Owners', 'Platform{Enter}');
  await type('Weeks between reviews', '12');
  await type('Address, below /p/', 'ops/migrations');
  expect(screen.getByLabelText<HTMLInputElement>(/Pages below the old address/).checked).toBe(true);
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/ops/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({
    place: { parent: idOf(2), order: 2, exclude: false },
    owners: [{ type: 'team', id: 'Platform' }],
    reviewEveryWeeks: 12,
  });
  const move = portal.last('POST', `${page}/move`);
  expect([move?.headers.get('if-match'), move?.body]).toEqual(['"4"', { path: 'ops/migrations', from: 'data/migrations' }]);
  expect(screen.getByText('One page below did not move along')).toBeTruthy();
});

test('what was typed survives a failure, and leaving', async () => {
  const first = open({ [`PATCH ${page}`]: problem(503, 'unavailable', 'The store is away') });
  await first.user.type(await text(), ' kept');
  await first.user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Your text is still here');
  first.unmount();
  const { user } = open();
  expect((await text()).value).toBe('Line one\nLine two kept');
  await user.click(screen.getByRole('button', { name: 'Throw it away' }));
  expect((await text()).value).toBe('Line one\nLine two');
});

test('a draft begun from an older version loses the race instead of overwriting', async () => {
  const first = open();
  await first.user.type(await text(), ' old');
  first.unmount();
  const { portal, user } = open({
    [`GET ${page}`]: { body: aPage({ version: 5, revision: idOf(105) }) },
    [`GET /revisions/${idOf(105)}`]: { body: aRevision('Line one\nTheir line') },
    [`PATCH ${page}`]: lost,
  });
  await text();
  await save(user);
  await screen.findByRole('region', { name: 'Place 1' });
  expect(portal.last('PATCH', page)?.headers.get('if-match')).toBe('"3"');
});

test("a new page's address follows its title until somebody writes another", async () => {
  const { portal, user, address } = open(
    { 'POST /pages': ({ body }) => ({ status: 201, body: aPage({ ...(body as object) }) }) },
    '/new?below=data',
  );
  const title = await screen.findByLabelText('Title');
  const path = () => screen.getByLabelText<HTMLInputElement>('Address, below /p/');
  await user.type(title, 'Größe & Zero downtime');
  expect(path().value).toBe('data/große-zero-downtime');
  await user.clear(path());
  await user.type(path(), 'data/zero');
  await user.type(title, ' again');
  expect(path().value).toBe('data/zero');
  await user.type(await text(), 'Body');
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  await waitFor(() => expect(address()).toBe('/p/data/zero'));
  expect(portal.last('POST', '/pages')?.body).toEqual({
    title: 'Größe & Zero downtime again',
    path: 'data/zero',
    body: 'Body',
    visibility: 'internal',
    tags: [],
    owners: [],
    place: { parent: null, order: null, exclude: false },
    reviewEveryWeeks: null,
  });
});

test('a wrong address is named at its field and nothing is sent', async () => {
  const { portal, user } = open({}, '/new');
  await user.type(await screen.findByLabelText('Title'), 'A');
  await user.clear(screen.getByLabelText('Address, below /p/'));
  await user.type(screen.getByLabelText('Address, below /p/'), '/a/../b');
  await user.click(screen.getByRole('button', { name: 'Publish' }));
  expect((await screen.findByRole('alert')).textContent).toContain('no slash at either end');
  expect(portal.last('POST', '/pages')).toBeUndefined();
});

test('a pasted picture is sent, stands in the text where the cursor was, and a save waits for it', async () => {
  let answer: () => void = () => undefined;
  const url = `/api/v1/attachments/${'a'.repeat(64)}/plan.png`;
  const file = { hash: 'a'.repeat(64), name: 'plan.png', type: 'image/png', size: 3, url, markdown: `![plan](${url})` };
  const body = { ...file, addedBy: 'Ben', addedAt: '2026-11-30T10:00:00Z', unusedSince: null, usedBy: [] };
  const { portal, user } = open({ 'POST /attachments': () => new Promise((resolve) => (answer = () => resolve({ status: 201, body }))) });
  const box = await text();
  box.setSelectionRange(9, 9);
  fireEvent.paste(box, { clipboardData: { files: [new File(['png'], 'plan.png')], types: ['Files'] } });
  expect(box.value).toMatch(/^Line one\n!\[Sending plan\.png…\]\(sending:\w+\)Line two$/);
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('A file is still being sent: save once it has arrived');
  expect(portal.asked.some(({ method }) => method === 'PATCH')).toBe(false);
  answer();
  await waitFor(() => expect(box.value).toBe(`Line one\n![plan](${url})Line two`));
});

test('a save that somebody else would have made is not made: the text waits for its account, the form begins anew', async () => {
  const { portal, user } = open({ [`PATCH ${page}`]: problem(409, 'other-account', 'Somebody else has signed in') });
  await user.type(await text(), ' mine');
  portal.set('GET /me', { body: aMe({ account: idOf(900), name: 'Ana Duarte' }) });
  await save(user);
  expect(await screen.findByText('Ana Duarte is signed in here now')).toBeTruthy();
  await waitFor(async () => expect((await text()).value).toBe('Line one\nLine two'));
  expect(screen.queryByText(/It was not saved/)).toBeNull();
});
