import { beforeEach, expect, test } from '@jest/globals';
import { screen, waitFor } from '@testing-library/react';
import { aPage, aRevision } from '../../testing/builders.ts';
import { lostTo, open, page, save, text } from '../../testing/editing.tsx';
import { idOf, problem } from '../../testing/portal.ts';
import { fakeTabs } from '../../testing/tabs.ts';

beforeEach(async () => {
  localStorage.clear();
  await fakeTabs().open();
});

/** Sent with another parent, and put back: everything else is version 5. */
async function putBack(meanwhile = '') {
  const sentence =
    'Somebody put a page above it below this one in the same moment. It stays where it stood; what else was changed is saved';
  const errors = [{ path: 'place.parent', message: sentence }];
  let answer: () => void = () => undefined;
  const { portal, user, address } = open({
    'GET /pages/find': { body: aPage({ id: idOf(2), path: 'ops', title: 'Ops' }) },
    [`GET /pages/${idOf(2)}`]: { body: aPage({ id: idOf(2), path: 'ops', title: 'Ops' }) },
    [`PATCH ${page}`]: () => new Promise((resolve) => (answer = () => resolve(problem(409, 'parent-below-itself', sentence, { errors })))),
  });
  await user.type(await text(), ' mine');
  await user.type(screen.getByLabelText('Below the page at the address'), 'ops');
  await screen.findByText('Stands below “Ops” in the tree.');
  await save(user);
  if (meanwhile !== '') await user.type(await text(), meanwhile);
  portal.set(`GET ${page}`, { body: aPage({ version: 5, revision: idOf(105), tags: ['theirs'] }) });
  portal.set(`GET /revisions/${idOf(105)}`, { body: aRevision('Line one\nLine two mine') });
  answer();
  expect((await screen.findByRole('alert')).textContent).toBe(sentence);
  expect(screen.getByLabelText<HTMLInputElement>('Below the page at the address').value).toBe('');
  expect(screen.getAllByText(sentence)).toHaveLength(1);
  portal.set(`PATCH ${page}`, { body: aPage({ version: 6 }) });
  return { portal, user, address };
}

test('a page that is put back says so and nothing else: the rest is saved, and what is written next goes on from there', async () => {
  const { portal, user, address } = await putBack();
  expect(localStorage.length).toBe(0);
  await user.type(await text(), '!');
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"5"', { body: 'Line one\nLine two mine!' }]);
});

test('what is written while a page is put back is unsaved, and nothing else of it', async () => {
  const { portal, user, address } = await putBack(' and more');
  expect(localStorage.length).toBe(1);
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"5"', { body: 'Line one\nLine two mine and more' }]);
});

test('what somebody else saved stays in a page that is put back after it was merged with that', async () => {
  const sentence = 'Somebody put a page above it below this one in the same moment';
  const putBack = problem(409, 'parent-below-itself', sentence, { errors: [{ path: 'place.parent', message: sentence }] });
  const theirs = lostTo('Line zero\nLine one\nLine two', { tags: ['theirs'] }, ['text', 'tags']);
  const { portal, user, address } = open({
    'GET /pages/find': { body: aPage({ id: idOf(2), path: 'ops', title: 'Ops' }) },
    [`GET /pages/${idOf(2)}`]: { body: aPage({ id: idOf(2), path: 'ops', title: 'Ops' }) },
    [`PATCH ${page}`]: ({ headers }) => (headers.get('if-match') === '"5"' ? putBack : theirs),
  });
  await user.type(await text(), ' mine');
  await user.type(screen.getByLabelText('Below the page at the address'), 'ops');
  await screen.findByText('Stands below “Ops” in the tree.');
  portal.set(`GET ${page}`, { body: aPage({ version: 7, revision: idOf(107), tags: ['theirs'] }) });
  portal.set(`GET /revisions/${idOf(107)}`, { body: aRevision('Line zero\nLine one\nLine two mine') });
  await save(user);
  expect((await screen.findByRole('alert')).textContent).toBe(sentence);
  portal.set(`PATCH ${page}`, { body: aPage({ version: 8 }) });
  await user.type(await text(), '!');
  await save(user);
  await waitFor(() => expect(address()).toBe('/p/data/migrations'));
  const sent = portal.last('PATCH', page);
  expect([sent?.headers.get('if-match'), sent?.body]).toEqual(['"7"', { body: 'Line zero\nLine one\nLine two mine!' }]);
});
