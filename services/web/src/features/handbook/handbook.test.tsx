import { expect, jest, test } from '@jest/globals';
import { PageSummary } from '@sidekick/contracts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { aMe, aPage } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { inAppTarget } from './follow.ts';
import { PageScreen } from './page-screen.tsx';

const node = (path: string, title: string, children: object[] = [], id: string | null = null) => ({ id, path, title, children });
const tree = {
  items: [
    node('data', 'Data', [node('data/migrations', 'Migrations', [], idOf(1)), node('data/pools', 'Connection pools', [], idOf(2))]),
    node('hiring', 'Hiring', [node('hiring/trial', 'Trial day', [], idOf(3))], idOf(4)),
  ],
};
const read = (at: string, handlers: Parameters<typeof fakePortal>[0] = {}) => {
  const portal = fakePortal({ 'GET /me': { body: aMe() }, 'GET /tree': { body: tree }, ...handlers });
  return { portal, ...renderRoutes([{ path: '/p/*', element: <PageScreen /> }], at) };
};
const signedOut = { 'GET /me': problem(401, 'sign-in-required', 'Sign in'), 'GET /auth/options': { body: { local: true, demo: [] } } };

test('shows the page, the way to it in the tree, and where it is', async () => {
  read('/p/data/migrations', { 'GET /pages/find': { body: aPage() } });
  expect(await screen.findByRole('heading', { name: 'Migrations', level: 1 })).toBeTruthy();
  expect(screen.getByText('Change a live table in steps.')).toBeTruthy();
  const here = await screen.findByRole('link', { current: 'page' });
  expect(here.textContent).toBe('Migrations');
  expect(screen.queryByRole('link', { name: 'Trial day' })).toBeNull();
});

test('the tree is walked by keyboard: right opens, left closes or goes up', async () => {
  const { user } = read('/p/data/migrations', { 'GET /pages/find': { body: aPage() } });
  const link = (name: string) => screen.getByRole('link', { name });
  (await screen.findByRole('link', { name: 'Hiring' })).focus();
  await user.keyboard('{ArrowRight}{ArrowRight}');
  expect(document.activeElement).toBe(link('Trial day'));
  await user.keyboard('{ArrowLeft}');
  expect(document.activeElement).toBe(link('Hiring'));
  await user.keyboard('{ArrowLeft}');
  expect(screen.queryByRole('link', { name: 'Trial day' })).toBeNull();
  await user.keyboard('{Home}{ArrowDown}');
  expect(document.activeElement?.textContent).toBe('Migrations');
});

test('the contents fold open above the text, where a phone shows them, and close on the way to a heading', async () => {
  const headings = ['Steps', 'Locks'].map((text) => ({ level: 2, id: text.toLowerCase(), text }));
  const { user } = read('/p/data/migrations', { 'GET /pages/find': { body: aPage({ headings }) } });
  const fold = (await screen.findByText('On this page', { selector: 'summary' })).closest('details');
  await user.click(screen.getByText('On this page', { selector: 'summary' }));
  expect(fold?.open).toBe(true);
  await user.click(within(fold as HTMLElement).getByRole('link', { name: 'Locks' }));
  expect(fold?.open).toBe(false);
});

test('an old address leads to the page where it lives now, with its anchor', async () => {
  const { address } = read('/p/data/old-name#locks', { 'GET /pages/find': { body: aPage() } });
  await waitFor(() => expect(address()).toBe('/p/data/migrations#locks'));
});

test('a folder without a page lists what is in it', async () => {
  read('/p/data');
  expect(await screen.findByRole('heading', { name: 'Data', level: 1 })).toBeTruthy();
  const list = screen.getByRole('navigation', { name: 'In this section' });
  expect(list.textContent).toContain('Connection pools');
});

test('to an anonymous reader an internal page and no page are the same, with a sign-in form', async () => {
  const missing = problem(404, 'not-found', 'There is no such page');
  const seen: (string | null)[] = [];
  for (const at of ['/p/data/migrations', '/p/never/was']) {
    const { unmount, container } = read(at, { ...signedOut, 'GET /tree': { body: { items: [] } }, 'GET /pages/find': missing });
    expect(await screen.findByLabelText('Password')).toBeTruthy();
    seen.push(container.querySelector('main')?.textContent ?? null);
    unmount();
  }
  expect(seen[0]).toBe(seen[1]);
});

test('an empty handbook offers to import one', async () => {
  read('/p/', { 'GET /tree': { body: { items: [] } } });
  expect(await screen.findByText('The handbook is empty')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Import your handbook' }).getAttribute('href')).toBe('/imports');
});

test('a page that did not load says so with its request id, and tries again', async () => {
  const { portal, user } = read('/p/data/migrations', { 'GET /pages/find': problem(500, 'internal', 'Something failed inside') });
  expect((await screen.findByRole('alert')).textContent).toContain('req-42');
  portal.set('GET /pages/find', { body: aPage() });
  await user.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Change a live table in steps.')).toBeTruthy();
});

test('an overdue page is confirmed with one click, which can be undone', async () => {
  const stale = aPage({ reviewEveryWeeks: 26, reviewedAt: '2020-01-06T09:00:00.000Z', dueAt: '2020-07-06T09:00:00.000Z' });
  const { portal, user } = read('/p/data/migrations', {
    'GET /pages/find': { body: stale },
    [`PATCH /pages/${idOf(1)}`]: ({ body }) => ({
      body: aPage({ ...stale, version: 4, ...(body as object), dueAt: '2099-01-01T09:00:00.000Z' }),
    }),
  });
  await user.click(await screen.findByRole('button', { name: 'It is still right' }));
  await waitFor(() => expect(portal.last('PATCH', `/pages/${idOf(1)}`)?.headers.get('if-match')).toBe('"3"'));
  await user.click(await screen.findByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(portal.last('PATCH', `/pages/${idOf(1)}`)?.body).toEqual({ reviewedAt: stale.reviewedAt }));
  expect(portal.last('PATCH', `/pages/${idOf(1)}`)?.headers.get('if-match')).toBe('"4"');
});

test('code is copied without its colours', async () => {
  const html = '<div class="code" data-language="sql"><pre tabindex="0"><code><span class="k">select</span> 1;\n</code></pre></div>';
  const { user } = read('/p/data/migrations', { 'GET /pages/find': { body: aPage({ html }) } });
  const write = jest.spyOn(navigator.clipboard, 'writeText');
  await user.click(await screen.findByRole('button', { name: 'Copy' }));
  expect(write).toHaveBeenCalledWith('select 1;');
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
});

test('links to pages stay in the app; all others are left to the browser', () => {
  document.body.innerHTML = `<div><a href="/p/data/x#y">in</a><a href="https://example.org/p/x">out</a><a href="/api/v1/attachments/a/b.pdf">file</a><a href="/p/z" target="_blank">tab</a></div>`;
  const targets: (string | null)[] = [];
  document.body.addEventListener('click', (event) => {
    targets.push(inAppTarget(event));
    event.preventDefault();
  });
  const links = [...document.querySelectorAll('a')];
  for (const link of links) fireEvent.click(link);
  if (links[0]) fireEvent.click(links[0], { ctrlKey: true });
  expect(targets).toEqual(['/p/data/x#y', null, null, null, null]);
});

test('an archived page is marked, and brought back from there or from its menu', async () => {
  const archived = aPage({ status: 'archived' });
  const { portal, user } = read('/p/data/migrations', {
    'GET /pages/find': { body: archived },
    [`PATCH /pages/${archived.id}`]: { body: aPage({ version: 4 }) },
  });
  expect((await screen.findByRole('note')).textContent).toContain('Archived.');
  await user.click(screen.getByRole('button', { name: /^More/ }));
  expect(await screen.findByRole('menuitem', { name: 'Bring back' })).toBeTruthy();
  expect(screen.queryByRole('menuitem', { name: 'Archive' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Bring back' }));
  await waitFor(() => expect(portal.last('PATCH', `/pages/${archived.id}`)?.body).toEqual({ status: 'published' }));
  expect(await screen.findByText('“Migrations” is back')).toBeTruthy();
});

test('archived pages are listed, and found by words of title and address; not for readers without an account', async () => {
  const { id: _id, ...meta } = aPage();
  const one = (number: number, title: string, path: string) => ({ ...PageSummary.parse({ ...pick(meta), id: idOf(number) }), title, path });
  const list = { body: { items: [one(1, 'Old pools', 'data/pools'), one(2, 'Trial', 'hiring/trial')], nextCursor: null } };
  const first = read('/p/?archived', { 'GET /pages': list });
  expect(await screen.findAllByRole('listitem')).toBeTruthy();
  await first.user.type(await screen.findByLabelText('Find by title or address'), 'data old');
  const shown = within(screen.getByRole('list', { name: 'Archived pages' })).getAllByRole('link');
  expect(shown.map(({ textContent }) => textContent)).toEqual(['Old pools']);
  expect(first.portal.last('GET', '/pages')?.query.get('status')).toBe('archived');
  first.unmount();
  const { portal } = read('/p/?archived', { ...signedOut, 'GET /pages': list });
  await screen.findAllByText('Hiring');
  expect(portal.last('GET', '/pages')).toBeUndefined();
});

/** What a list says of a page. */
const pick = (page: object) => Object.fromEntries(Object.entries(page).filter(([key]) => key in PageSummary.shape));

test('a branch that the way does not open is fetched when the reader opens it, and the rest of a long level on demand', async () => {
  const leaf = (n: number) => ({ id: idOf(2_000 + n), path: `big/p${n}`, title: `Leaf ${n}`, children: [], total: 0 });
  const [front, big] = [
    { id: idOf(1), path: 'data/migrations', title: 'Migrations', children: [], total: 0 },
    { id: null, path: 'big', title: 'Big', children: [], total: 201 },
  ];
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    'GET /pages/find': { body: aPage() },
    'GET /tree': ({ query }) => {
      if (query.has('at')) return { body: { items: [front, big], from: 0, total: 2, way: [] } };
      const from = Number(query.get('from'));
      const items = Array.from({ length: from === 0 ? 200 : 1 }, (_, n) => leaf(from + n));
      return { body: { items, from, total: 201 } };
    },
  });
  const { user } = renderRoutes([{ path: '/p/*', element: <PageScreen /> }], '/p/data/migrations');
  await user.click(await screen.findByRole('button', { name: 'Open Big' }));
  expect(await screen.findByText('Leaf 199')).toBeTruthy();
  expect(screen.queryByText('Leaf 200')).toBeNull();
  await user.click(screen.getByText('1 more'));
  expect(await screen.findByText('Leaf 200')).toBeTruthy();
  expect(portal.last('GET', '/tree')?.query.toString()).toBe('below=big&from=200');
});

test('a folder opened by its link is asked for once and stays as it is on the way to other pages; other clicks are the browser’s', async () => {
  const leaf = (n: number) => ({ id: idOf(n), path: `big/p${n}`, title: `Leaf ${n}`, children: [], total: 0 });
  const front = { id: idOf(1), path: 'data/migrations', title: 'Migrations', children: [], total: 0 };
  const below = { items: [leaf(2), leaf(3)], from: 0, total: 2 };
  const portal = fakePortal({
    'GET /me': { body: aMe() },
    'GET /pages/find': ({ query }) => {
      const path = query.get('path') ?? '';
      return path === 'big' ? problem(404, 'not-found', 'No page') : { body: aPage({ path }) };
    },
    'GET /tree': ({ query }) => {
      if (query.has('below')) return { body: below };
      const big = { id: null, path: 'big', title: 'Big' };
      const isOn = query.get('at')?.startsWith('big');
      return { body: { items: [front, isOn ? { ...big, children: below.items, from: 0, total: 2 } : { ...big, children: [], total: 2 }] } };
    },
  });
  const { user, address } = renderRoutes([{ path: '/p/*', element: <PageScreen /> }], '/p/data/migrations');
  const tree = within(await screen.findByRole('navigation', { name: 'Handbook' }));
  fireEvent.click(await tree.findByRole('link', { name: 'Big' }), { ctrlKey: true });
  expect(address()).toBe('/p/data/migrations');
  expect(tree.queryByText('Leaf 2')).toBeNull();
  await user.click(tree.getByRole('link', { name: 'Big' }));
  const row = await tree.findByText('Leaf 2');
  expect(tree.getByRole('link', { current: 'page' }).textContent).toBe('Big');
  expect(portal.asked.filter(({ query }) => query.has('below'))).toEqual([]);
  await user.click(tree.getByRole('link', { name: 'Migrations' }));
  await waitFor(() => expect(portal.last('GET', '/tree')?.query.get('below')).toBe('big'));
  expect(tree.getByRole('link', { current: 'page' }).textContent).toBe('Migrations');
  expect(tree.getByText('Leaf 2')).toBe(row);
});
