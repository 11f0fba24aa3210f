import { beforeEach, expect, jest, test } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { aPage, aRevision } from '../../testing/builders.ts';
import { lostTo, open, page, save, text } from '../../testing/editing.tsx';
import { answerLost, idOf, problem } from '../../testing/portal.ts';
import { fakeTabs } from '../../testing/tabs.ts';

const lost = lostTo('Line one\nTheir line');
const place = (number = 1) => within(screen.getByRole('region', { name: `Place ${number}` }));

beforeEach(async () => {
  localStorage.clear();
  await fakeTabs().open();
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

/** Types at the end of the text and meets Noor's change of the same line. */
async function met() {
  const opened = open({ [`PATCH ${page}`]: lost, [`GET /revisions/${idOf(105)}`]: { body: aRevision('Line one\nTheir line') } });
  await opened.user.type(await text(), ' mine');
  await save(opened.user);
  await screen.findByRole('region', { name: 'Place 1' });
  return opened;
}

test('a second lost race asks anew: what was chosen in the first is no answer about a text that nobody has seen', async () => {
  const { portal, user, address } = await met();
  await user.click(place().getByRole('button', { name: 'Mine' }));
  portal.set(`PATCH ${page}`, lostTo('Line one\nLine of Ana', {}, ['text'], 6, 'Ana Duarte'));
  await user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  await screen.findByText(/Ana Duarte changed the text while you wrote/);
  expect(screen.getByRole('button', { name: '1 to choose' })).toHaveProperty('disabled', true);
  expect(within(place().getByRole('region', { name: 'Theirs' })).getByText('Line of Ana')).toBeTruthy();
  await user.click(place().getByRole('button', { name: 'Theirs' }));
  portal.set(`GET /revisions/${idOf(106)}`, { body: aRevision('Line one\nLine of Ana') });
  await user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
});

test('the same for a field: a second value of theirs is not overwritten by the choice about the first', async () => {
  const { portal, user } = open({ [`PATCH ${page}`]: lostTo('Line one\nLine two', { title: 'Theirs' }, ['title']) });
  const title = await screen.findByLabelText('Title');
  await user.clear(title);
  await user.type(title, 'Own');
  await save(user);
  await user.click(await screen.findByLabelText('Mine: Own'));
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nLine two') });
  portal.set(`PATCH ${page}`, lostTo('Line one\nLine two', { title: 'Another' }, ['title'], 6));
  await user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  expect(await screen.findByLabelText<HTMLInputElement>('Theirs: Another')).toHaveProperty('checked', false);
  expect(screen.getByLabelText<HTMLInputElement>('Mine: Own').checked).toBe(false);
  expect(screen.getByRole('button', { name: '1 to choose' })).toHaveProperty('disabled', true);
});

test('what was chosen and written by hand is still there after Back to my text, and after a reload', async () => {
  const first = await met();
  await first.user.click(place().getByRole('button', { name: 'Edit' }));
  await first.user.type(place().getByLabelText('Text of place 1'), ' by hand');
  await first.user.click(screen.getByRole('button', { name: 'Back to my text' }));
  expect((await text()).value).toBe('Line one\nLine two mine');
  await save(first.user);
  const written = async () => (await screen.findByLabelText<HTMLTextAreaElement>('Text of place 1')).value;
  expect(await written()).toBe('Their line\nLine two mine by hand');
  first.unmount();
  const { user } = open({ [`PATCH ${page}`]: lost });
  expect((await text()).value).toBe('Line one\nLine two mine');
  await save(user);
  expect(await written()).toBe('Their line\nLine two mine by hand');
  expect(screen.getByRole('button', { name: 'Save what is merged' })).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Throw it away' })).toBeNull();
});

test('what was written by hand for a place that asks otherwise by now is shown to be copied', async () => {
  const { portal, user } = await met();
  await user.click(place().getByRole('button', { name: 'Edit' }));
  await user.type(place().getByLabelText('Text of place 1'), ' by hand');
  await user.click(screen.getByRole('button', { name: 'Back to my text' }));
  portal.set(`PATCH ${page}`, lostTo('Line one\nLine of Ana', {}, ['text'], 6));
  await save(user);
  const before = within(await screen.findByRole('region', { name: 'Written before' }));
  expect(before.getByText(/^Their line\s+Line two mine by hand$/)).toBeTruthy();
  expect(screen.getByRole('button', { name: '1 to choose' })).toBeTruthy();
});

test('what was chosen is the own text once it is sent: a save that fails and a reload lose none of it', async () => {
  const first = await met();
  await first.user.click(place().getByRole('button', { name: 'Both' }));
  first.portal.set(`PATCH ${page}`, problem(503, 'unavailable', 'The store is away'));
  await first.user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  await screen.findByText(/It was not saved/);
  first.unmount();
  open({
    [`GET ${page}`]: { body: aPage({ version: 5, revision: idOf(105) }) },
    [`GET /revisions/${idOf(105)}`]: { body: aRevision('Line one\nTheir line') },
  });
  expect((await text()).value).toBe('Line one\nTheir line\nLine two mine');
});

test('theirs is not taken where the own text cannot be set aside', async () => {
  const { user } = await met();
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await user.click(screen.getByRole('button', { name: /^Take theirs/ }));
  await screen.findByText('Your text was not set aside');
  jest.restoreAllMocks();
  await user.click(screen.getByRole('button', { name: 'Back to my text' }));
  expect((await text()).value).toBe('Line one\nLine two mine');
});

const renamed = async (user: ReturnType<typeof open>['user']) => {
  const path = await screen.findByLabelText('Address, below /p/');
  await user.clear(path);
  await user.type(path, 'ops/migrations');
  await user.type(await text(), ' mine');
  await save(user);
};
const movedTo = (version: number) => ({ body: { path: 'ops/migrations', version, moved: 0, left: [] } });

test('an address that is taken is refused before readers see anything of the rest', async () => {
  const { portal, user } = open({ [`POST ${page}/move`]: problem(409, 'path-taken', 'Another page stands at /ops/migrations') });
  await renamed(user);
  expect((await screen.findByRole('alert')).textContent).toContain('It was not saved. Your text is still here.');
  expect(portal.last('PATCH', page)).toBeUndefined();
});

test('a page that has moved while its text was not saved says so; saving again makes the rest, and nobody merged with oneself', async () => {
  const { portal, user, address } = open({
    [`POST ${page}/move`]: movedTo(4),
    [`PATCH ${page}`]: problem(503, 'unavailable', 'The store is away'),
  });
  await renamed(user);
  expect((await screen.findByRole('alert')).textContent).toContain('The page is at /ops/migrations now, but the rest was not saved.');
  portal.set(`PATCH ${page}`, problem(503, 'answer-lost', 'The part broke off'));
  await save(user);
  await screen.findByText(/it is not known whether the rest was saved/);
  const own = lostTo('Line one\nLine two', { path: 'ops/migrations' }, ['path'], 4, 'Helena Prado');
  portal.set(`POST ${page}/move`, ({ headers }) => (headers.get('if-match') === '"4"' ? movedTo(4) : own));
  portal.set(`PATCH ${page}`, { body: aPage({ version: 5, path: 'ops/migrations' }) });
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/ops/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"4"', { body: 'Line one\nLine two mine' }]);
  expect(screen.queryByText(/Merged with what/)).toBeNull();
});

test('a save whose answer was lost is no race with oneself, though more was typed since', async () => {
  const { portal, user, address } = open();
  await user.type(await text(), ' mine');
  portal.set(`PATCH ${page}`, () => Promise.reject(new TypeError('Failed to fetch')));
  await save(user);
  expect((await screen.findByRole('alert')).textContent).toContain('it is not known whether it was saved');
  await user.type(await text(), ' and more');
  const own = lostTo('Line one\nLine two mine', {}, ['text'], 4, 'Helena Prado');
  portal.set(`PATCH ${page}`, ({ headers }) => (headers.get('if-match') === '"4"' ? { body: aPage({ version: 5 }) } : own));
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  expect(portal.last('PATCH', page)?.body).toEqual({ body: 'Line one\nLine two mine and more' });
  expect(screen.queryByText(/Merged with what/)).toBeNull();
});

test('a kept draft whose base cannot be read is not saved; after a try that went unheard nobody knows', async () => {
  const first = open();
  await first.user.type(await text(), ' mine');
  first.unmount();
  const unreadable = () => Promise.reject(new TypeError('Failed to fetch'));
  const base = `GET /revisions/${idOf(100)}`;
  const { portal, user } = open({
    [`GET ${page}`]: { body: aPage({ version: 5, revision: idOf(105) }) },
    [`GET /revisions/${idOf(105)}`]: { body: aRevision('Line zero\nLine one\nLine two') },
    [base]: unreadable,
  });
  expect((await text()).value).toBe('Line one\nLine two mine');
  await save(user);
  expect((await screen.findByRole('alert')).textContent).toContain('It was not saved. Your text is still here.');
  expect(portal.last('PATCH', page)).toBeUndefined();
  portal.set(base, { body: aRevision('Line one\nLine two') });
  portal.set(`PATCH ${page}`, answerLost);
  await save(user);
  await screen.findByText(/it is not known whether it was saved/);
  const sent = portal.asked.length;
  portal.set(base, unreadable);
  await save(user);
  await waitFor(() => expect(portal.asked.slice(sent).map(({ method }) => method)).toEqual(['GET']));
  expect((await screen.findByRole('alert')).textContent).toContain('it is not known whether it was saved');
});
