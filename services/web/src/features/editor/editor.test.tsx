import { beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { aMe, aPage, aRevision } from '../../testing/builders.ts';
import { fakePortal, idOf, problem } from '../../testing/portal.ts';
import { renderRoutes } from '../../testing/render.tsx';
import { EditScreen } from './edit-screen.tsx';
import { NewPageScreen } from './new-page-screen.tsx';

const page = `/pages/${idOf(1)}`;
const routes = [
  { path: '/edit/:id', element: <EditScreen /> },
  { path: '/new', element: <NewPageScreen /> },
];
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
const lost = problem(412, 'stale', 'Somebody saved this page first', {
  current: { version: 5, revision: aRevision('Line one\nTheir line', { id: idOf(105), by: 'Noor Haddad' }) },
});

beforeEach(() => localStorage.clear());

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

test('a lost race shows both texts; saving mine goes over the version that won', async () => {
  const { portal, user, address } = open({ [`PATCH ${page}`]: lost });
  await user.type(await text(), ' mine');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  expect((await screen.findByRole('alert')).textContent).toContain('Noor Haddad saved this page while you wrote');
  expect(within(screen.getByRole('region', { name: 'Saved by Noor Haddad' })).getByText('Their line').className).toBe('only');
  expect(within(screen.getByRole('region', { name: 'Yours, as you sent it' })).getByText('Line two mine').className).toBe('only');
  portal.set(`PATCH ${page}`, { body: aPage({ version: 6 }) });
  await user.click(screen.getByRole('button', { name: 'Save mine over it' }));
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"5"', { body: 'Line one\nLine two mine' }]);
});

test('a lost race can be settled by taking theirs', async () => {
  const { portal, user } = open({ [`PATCH ${page}`]: lost });
  await user.type(await text(), ' mine');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  portal.set(`GET ${page}`, { body: aPage({ version: 5, revision: idOf(105) }) });
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nTheir line') });
  await user.click(await screen.findByRole('button', { name: 'Take theirs' }));
  await waitFor(async () => expect((await text()).value).toBe('Line one\nTheir line'));
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
    [`GET ${page}`]: { body: aPage({ version: 5 }) },
    [`PATCH ${page}`]: lost,
  });
  await text();
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('region', { name: 'Saved by Noor Haddad' });
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
