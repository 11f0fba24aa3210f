import { beforeEach, expect, test } from '@jest/globals';
import { act, cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { aMe, aPage } from '../../testing/builders.ts';
import { lostTo, open, page, publish, save, text } from '../../testing/editing.tsx';
import { idOf, problem } from '../../testing/portal.ts';
import { fakeTabs } from '../../testing/tabs.ts';

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

test('headings of the text have their ids for themselves', async () => {
  const names = ['body', 'body-error', 'visibility'];
  const html = names.map((name) => `<h2 id="${name}">${name}</h2>`).join('');
  const { user } = open({ 'POST /pages/preview': { body: { html, headings: [] } } }, `/edit/${idOf(1)}?panel=about`);
  await user.type(await text(), ' more');
  await screen.findByRole('heading', { name: 'visibility' });
  expect(names.map((name) => document.querySelectorAll(`[id="${name}"]`).length)).toEqual([1, 1, 1]);
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
      [`PATCH ${page}`]: { body: aPage({ version: 5, path: 'ops/migrations' }) },
      [`POST ${page}/move`]: {
        body: {
          path: 'ops/migrations',
          version: 4,
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
  const patch = portal.last('PATCH', page);
  expect(patch?.body).toEqual({
    place: { parent: idOf(2), order: 2, exclude: false },
    owners: [{ type: 'team', id: 'Platform' }],
    reviewEveryWeeks: 12,
  });
  const move = portal.last('POST', `${page}/move`);
  expect([move?.headers.get('if-match'), move?.body]).toEqual(['"3"', { path: 'ops/migrations', from: 'data/migrations' }]);
  expect(patch?.headers.get('if-match')).toBe('"4"');
  expect(screen.getByText('One page below did not move along')).toBeTruthy();
});

test('while pages move to their new addresses that is said, and afterwards how many did', async () => {
  let answer: () => void = () => undefined;
  const moved = { body: { path: 'ops/migrations', version: 4, moved: 1200, left: [] } };
  const { portal, user, address } = open(
    { [`POST ${page}/move`]: () => new Promise((resolve) => (answer = () => resolve(moved))) },
    `/edit/${idOf(1)}?panel=about`,
  );
  const box = await screen.findByLabelText('Address, below /p/');
  await user.clear(box);
  await user.type(box, 'ops/migrations');
  expect(screen.queryByText(/^Moving/)).toBeNull();
  await save(user);
  expect((await screen.findByText(/^Moving the page and those below it/)).getAttribute('role')).toBe('status');
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  expect(portal.last('POST', `${page}/move`)).toBeDefined();
  answer();
  await waitFor(() => expect(address()).toBe('/p/ops/migrations'));
  expect(screen.getByText('1200 pages below moved along')).toBeTruthy();
});

test.each(['timeout', 'answer-lost'])('after %s it is said that nobody knows, not that nothing was saved', async (code) => {
  const { user } = open({ [`PATCH ${page}`]: problem(503, code, 'The answer took too long') });
  await user.type(await text(), ' more');
  await save(user);
  expect((await screen.findByRole('alert')).textContent).toContain('it is not known whether it was saved');
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

test('a picture that is chosen before anybody wrote stands above the text, not in its first sentence', async () => {
  const url = `/api/v1/attachments/${'a'.repeat(64)}/plan.png`;
  const file = { hash: 'a'.repeat(64), name: 'plan.png', type: 'image/png', size: 3, url, markdown: `![plan](${url})` };
  const body = { ...file, addedBy: 'Ben', addedAt: '2026-11-30T10:00:00Z', unusedSince: null, usedBy: [] };
  const { user } = open({ 'POST /attachments': { status: 201, body } });
  const box = await text();
  box.setSelectionRange(0, 0);
  await user.upload(screen.getByLabelText('Add a picture or file'), new File(['png'], 'plan.png', { type: 'image/png' }));
  await waitFor(() => expect(box.value).toBe(`![plan](${url})\n\nLine one\nLine two`));
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

test('a save that fails once somebody else has signed in here is not told to that account, nor is what it was about', async () => {
  let answer = (): void => undefined;
  const { portal, user, client } = open({ [`PATCH ${page}`]: () => new Promise((resolve) => (answer = () => resolve(refused))) });
  const refused = problem(401, 'sign-in-required', 'Sign in first');
  await user.type(await text(), ' mine');
  await save(user);
  portal.set('GET /me', { body: aMe({ account: idOf(900), name: 'Ana Duarte' }) });
  await act(() => client.refetchQueries({ queryKey: ['gateway', 'me'] }));
  await screen.findByText('Ana Duarte is signed in here now');
  answer();
  await act(() => new Promise((resolve) => setTimeout(resolve, 100)));
  expect(screen.queryByText(/was not saved/)).toBeNull();
});

test('a save of several steps is not gone on with once somebody else has signed in here', async () => {
  let answer = (): void => undefined;
  const moved = { body: { path: 'ops/migrations', version: 4, moved: 0, left: [] } };
  const { portal, user, client } = open(
    { [`POST ${page}/move`]: () => new Promise((resolve) => (answer = () => resolve(moved))) },
    `/edit/${idOf(1)}?panel=about`,
  );
  const box = await screen.findByLabelText('Address, below /p/');
  await user.clear(box);
  await user.type(box, 'ops/migrations');
  await user.type(await text(), ' mine');
  await save(user);
  await waitFor(() => expect(portal.last('POST', `${page}/move`)).toBeDefined());
  portal.set('GET /me', { body: aMe({ account: idOf(900), name: 'Ana Duarte' }) });
  await act(() => client.refetchQueries({ queryKey: ['gateway', 'me'] }));
  await screen.findByText('Ana Duarte is signed in here now');
  await act(async () => answer());
  await act(async () => undefined);
  expect(portal.last('PATCH', page)).toBeUndefined();
  expect(Object.keys(localStorage).filter((key) => key.startsWith(`sidekick-unsaved:${aMe().account}:`))).toHaveLength(1);
});

test('what was written on a page that somebody removed begins a new one, after a failed save and after a reload', async () => {
  const gone = problem(404, 'no-page', 'There is no such page');
  const first = open({ [`PATCH ${page}`]: gone });
  await first.user.type(await text(), ' mine');
  await save(first.user);
  expect(await screen.findByRole('button', { name: 'Begin a new page with it' })).toBeTruthy();
  first.unmount();
  const { portal, user, address } = open({ [`GET ${page}`]: gone, 'PUT /pages/:id': { status: 201, body: aPage() } });
  const kept = await screen.findByLabelText<HTMLTextAreaElement>(/What you wrote on “Migrations”/);
  expect(kept.value).toBe('Line one\nLine two mine');
  await user.click(screen.getByRole('button', { name: 'Begin a new page with it' }));
  await waitFor(async () => expect((await text()).value).toBe('Line one\nLine two mine'));
  expect(address()).toMatch(/^\/new\?from=/);
  await publish(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  expect(portal.last('PUT', '/pages/:id')?.body).toMatchObject({ title: 'Migrations', path: 'data/migrations' });
  expect(portal.last('PUT', '/pages/:id')?.path).not.toContain(idOf(1));
});

test('an answer that comes after the editor was left leads nobody away; what was saved is told with a way to it', async () => {
  let answer: () => void = () => undefined;
  const { portal, user, address } = open();
  await user.type(await text(), '!');
  portal.set(`PATCH ${page}`, () => new Promise((resolve) => (answer = () => resolve({ body: aPage({ version: 4, path: 'ops' }) }))));
  await save(user);
  await user.click(screen.getByRole('button', { name: 'Close' }));
  answer();
  await user.click(await screen.findByRole('button', { name: 'Read it' }).finally(() => expect(address()).toBe('/p/data/migrations')));
  expect(address()).toBe('/p/ops');
});

test('what is typed while the page is saved stays, and the next save sends it', async () => {
  let answer: () => void = () => undefined;
  const { portal, user, address } = open();
  const box = await text();
  await user.type(box, ' one');
  portal.set(`PATCH ${page}`, () => new Promise((resolve) => (answer = () => resolve({ body: aPage({ version: 4 }) }))));
  await save(user);
  await user.type(box, ' two');
  answer();
  await screen.findByText(/What you wrote since is not in it yet/);
  expect([box.value, address()]).toEqual(['Line one\nLine two one two', `/edit/${idOf(1)}`]);
  const own = lostTo('Line one\nLine two one', {}, ['text'], 4, 'Helena Prado');
  portal.set(`PATCH ${page}`, ({ headers }) => (headers.get('if-match') === '"4"' ? { body: aPage({ version: 5 }) } : own));
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({ body: 'Line one\nLine two one two' });
});

test('an owner that was typed and not entered is kept, entered by saving with keys, and never left out in silence', async () => {
  const handlers = { 'GET /people': { body: { items: [], nextCursor: null } }, [`PATCH ${page}`]: { body: aPage({ version: 4 }) } };
  const first = open(handlers, `/edit/${idOf(1)}?panel=about`);
  await first.user.type(await screen.findByLabelText('Owners'), 'Platform');
  first.unmount();
  const { portal, user, address } = open(handlers, `/edit/${idOf(1)}?panel=about`);
  const owners = await screen.findByLabelText<HTMLInputElement>('Owners');
  expect(owners.value).toBe('Platform');
  await save(user);
  await screen.findByText('Press Enter to add this owner, or take the name out');
  expect(document.activeElement).toBe(screen.getByLabelText('Owners'));
  expect(portal.last('PATCH', page)).toBeUndefined();
  owners.focus();
  await user.keyboard('{Control>}s{/Control}');
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({ owners: [{ type: 'team', id: 'Platform' }] });
});

test('a file that arrives after the text was closed is told, and writes over nothing that was kept since', async () => {
  let answer: () => void = () => undefined;
  const sent = new Promise((resolve) => (answer = () => resolve(problem(503, 'unavailable', 'The disk is full'))));
  const first = open({ 'POST /attachments': () => sent as Promise<ReturnType<typeof problem>> });
  fireEvent.paste(await text(), { clipboardData: { files: [new File(['png'], 'plan.png')], types: ['Files'] } });
  first.unmount();
  const { user } = open();
  await user.type(await text(), ' since');
  answer();
  await screen.findByText('“plan.png” was not added');
  cleanup();
  open();
  expect((await text()).value).toBe('Line one\nLine two since');
});

test('a text that another tab left behind comes without the files that were on their way', async () => {
  const first = open({ 'POST /attachments': () => new Promise(() => undefined) });
  await first.user.type(await text(), ' left');
  fireEvent.paste(await text(), { clipboardData: { files: [new File(['png'], 'plan.png')], types: ['Files'] } });
  first.unmount();
  tabs.close();
  await tabs.open();
  const { user } = open();
  await user.click(await screen.findByRole('button', { name: 'Take it' }));
  expect((await text()).value).toBe('Line one\nLine two left');
});
