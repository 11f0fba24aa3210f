import { beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { aPage, aRevision } from '../../testing/builders.ts';
import { open, publish, save, text } from '../../testing/editing.tsx';
import { idOf, problem } from '../../testing/portal.ts';
import { fakeTabs } from '../../testing/tabs.ts';

let tabs: ReturnType<typeof fakeTabs>;
beforeEach(async () => {
  localStorage.clear();
  tabs = fakeTabs();
  await tabs.open();
});

test('two tabs write two new pages; publishing one leaves the text of the other', async () => {
  const first = await tabs.open();
  const one = open({}, '/new?path=a');
  await one.user.type(await text(), 'first');
  one.unmount();
  await tabs.open();
  const two = open({ 'PUT /pages/:id': { status: 201, body: aPage() } }, '/new?path=b');
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

test("a new page's address follows its title until somebody writes another", async () => {
  const { portal, user, address } = open(
    { 'PUT /pages/:id': ({ body }) => ({ status: 201, body: aPage({ ...(body as object) }) }) },
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
  expect(portal.last('PUT', '/pages/:id')?.body).toEqual({
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
  expect(portal.last('PUT', '/pages/:id')).toBeUndefined();
});

test('publishing again after an answer that was lost makes no second page', async () => {
  const { portal, user, address } = open({ 'PUT /pages/:id': () => Promise.reject(new TypeError('Failed to fetch')) }, '/new');
  await user.type(await screen.findByLabelText('Title'), 'Deploying');
  await publish(user);
  expect((await screen.findByRole('alert')).textContent).toContain('it is not known whether it was published');
  const first = portal.last('PUT', '/pages/:id');
  expect(first?.headers.get('if-none-match')).toBe('*');
  await user.type(await text(), 'More');
  portal.set('PUT /pages/:id', problem(412, 'page-exists', 'Another page has this id'));
  portal.set(`PATCH ${first?.path}`, { body: aPage({ path: 'deploying' }) });
  await publish(user);
  await waitFor(() => expect(address()).toBe('/p/deploying'));
  const patch = portal.last('PATCH', first?.path ?? '');
  expect([patch?.headers.get('if-match'), patch?.body]).toMatchObject(['"1"', { title: 'Deploying', body: 'More' }]);
});

test('a new page whose answer was lost behind the gateway is not said to be unpublished', async () => {
  const { user } = open({ 'PUT /pages/:id': problem(503, 'answer-lost', 'The part broke off') }, '/new');
  await user.type(await screen.findByLabelText('Title'), 'Deploying');
  await publish(user);
  expect((await screen.findByRole('alert')).textContent).toContain('it is not known whether it was published');
});

test('only a taken address is said at the address', async () => {
  const { portal, user } = open({ 'PUT /pages/:id': problem(409, 'id-taken', 'This id belonged to a page') }, '/new');
  await user.type(await screen.findByLabelText('Title'), 'Deploying');
  await publish(user);
  await screen.findByText('It was not published. Your text is still here.');
  expect(screen.queryByText('Another page lives at this address')).toBeNull();
  portal.set('PUT /pages/:id', problem(409, 'path-taken', 'Another page stands there'));
  await publish(user);
  expect(await screen.findByText('Another page lives at this address')).toBeTruthy();
});

test('what is typed while a new page is published goes on as an edit of it', async () => {
  let answer: (id: string) => void = () => undefined;
  const slow = () =>
    new Promise((resolve) => (answer = (id) => resolve({ status: 201, body: aPage({ id, version: 1, path: 'migrations' }) })));
  const { portal, user, address } = open({ 'PUT /pages/:id': slow as never }, '/new');
  await user.type(await screen.findByLabelText('Title'), 'Migrations');
  await user.type(await text(), 'One');
  await publish(user);
  await user.type(await text(), ' two');
  const path = portal.last('PUT', '/pages/:id')?.path ?? '';
  const id = path.replace('/pages/', '');
  portal.set(`GET ${path}`, { body: aPage({ id, version: 1, path: 'migrations' }) });
  portal.set(`GET /revisions/${idOf(100)}`, { body: aRevision('One') });
  answer(id);
  await waitFor(() => expect(address()).toBe(`/edit/${id}`));
  await waitFor(async () => expect((await text()).value).toBe('One two'));
  portal.set(`PATCH ${path}`, { body: aPage({ id, version: 2, path: 'migrations' }) });
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/migrations'));
  const sent = portal.last('PATCH', path);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"1"', { body: 'One two' }]);
});
