import { beforeEach, expect, test } from '@jest/globals';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { aPage, aRevision } from '../../testing/builders.ts';
import { lostTo, open, page, save, text } from '../../testing/editing.tsx';
import { idOf } from '../../testing/portal.ts';
import { fakeTabs } from '../../testing/tabs.ts';
import { clearToasts } from '../../ui/toast.tsx';

let tabs: ReturnType<typeof fakeTabs>;
let first: string;
beforeEach(async () => {
  localStorage.clear();
  clearToasts();
  tabs = fakeTabs();
  first = await tabs.open();
});

/** Saved by the same account in another tab. */
const lost = lostTo('Line one\nTheir line', {}, ['text'], 5, 'Helena Prado');
const stored = { [`PATCH ${page}`]: lost, [`GET /revisions/${idOf(105)}`]: { body: aRevision('Line one\nTheir line') } };
const place = () => within(screen.getByRole('region', { name: 'Place 1' }));

/** The editor in the tab that is in front, up to the question. */
async function asked(typed: string) {
  const opened = open(stored);
  await text();
  if (typed) await opened.user.type(await text(), typed);
  await save(opened.user);
  expect((await screen.findByRole('alert')).textContent).toContain('Helena Prado changed the text while you wrote.');
  return opened;
}

test('two tabs of one account merge each for itself: what is chosen in one is asked in the other, and each keeps its own', async () => {
  const one = await asked(' mine');
  await one.user.click(place().getByRole('button', { name: 'Mine' }));
  screen.getByRole('button', { name: 'Save what is merged' });
  cleanup();

  const second = await tabs.open();
  const two = await asked(' mine');
  // Word for word the same question, and no answer of this tab.
  expect(screen.getByRole('button', { name: '1 to choose' })).toHaveProperty('disabled', true);
  await two.user.click(place().getByRole('button', { name: 'Both' }));
  two.portal.set(`PATCH ${page}`, { body: aPage({ version: 6 }) });
  await two.user.click(screen.getByRole('button', { name: 'Save what is merged' }));
  await waitFor(() => expect(two.address()).toBe('/p/data/migrations'));
  expect(two.portal.last('PATCH', page)?.body).toEqual({ body: 'Line one\nTheir line\nLine two mine' });
  expect(Object.keys(localStorage).some((key) => key.includes(`:${second}:`))).toBe(false);
  cleanup();

  await tabs.show(first);
  await asked('');
  const isPressed = (name: string) => place().getByRole('button', { name }).getAttribute('aria-pressed');
  expect([isPressed('Mine'), isPressed('Both')]).toEqual(['true', 'false']);
  screen.getByRole('button', { name: 'Save what is merged' });
});

test('a text that one tab sets aside is offered in both, and taken in one it is gone from the other', async () => {
  const one = await asked(' mine');
  one.portal.set(`GET ${page}`, { body: aPage({ version: 5, revision: idOf(105) }) });
  await one.user.click(screen.getByRole('button', { name: /^Take theirs/ }));
  await waitFor(async () => expect((await text()).value).toBe('Line one\nTheir line'));
  cleanup();

  await tabs.open();
  const now = { ...stored, [`GET ${page}`]: { body: aPage({ version: 5, revision: idOf(105) }) } };
  const two = open(now);
  await two.user.type(await text(), ' of two');
  await two.user.click(await screen.findByRole('button', { name: 'Take it' }));
  expect((await text()).value).toBe('Line one\nLine two mine');
  // What stood here takes its place, and is lost by nobody.
  await screen.findByText(/^Unsaved text from/);
  await two.user.click(screen.getByRole('button', { name: 'Discard' }));
  cleanup();

  await tabs.show(first);
  open(now);
  await waitFor(async () => expect((await text()).value).toBe('Line one\nTheir line'));
  expect(screen.queryByText(/^Unsaved text from/)).toBeNull();
});
