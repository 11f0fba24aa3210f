import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { cleanup, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { Guard } from '../shell/guard.tsx';
import { aMe } from '../testing/builders.ts';
import { fakePortal, idOf } from '../testing/portal.ts';
import { renderRoutes } from '../testing/render.tsx';
import { fakeTabs } from '../testing/tabs.ts';
import { clearToasts } from '../ui/toast.tsx';
import { OrphanedDraftNote } from './orphaned-drafts.tsx';
import { tabId } from './tab.ts';
import { keptDays, tidyUnsaved, useUnsaved } from './unsaved.ts';

const isText = (value: unknown): value is string => typeof value === 'string';

function Form({ subject = 'page:1' }: { subject?: string }) {
  const unsaved = useUnsaved(subject, { group: subject.split(':')[0] ?? '', fits: isText });
  const [text, setText] = useState(unsaved.kept?.value ?? '');
  const [kept, setKept] = useState(true);
  const change = (value: string) => {
    setText(value);
    setKept(unsaved.keep(value));
  };
  return (
    <>
      <OrphanedDraftNote texts={unsaved.orphanedDrafts} take={setText} about={(value) => value} />
      <input aria-label="Text" value={text} onChange={({ target }) => change(target.value)} />
      <button type="button" onClick={() => unsaved.drop()}>
        Saved
      </button>
      <button type="button" onClick={() => unsaved.setAside(text)}>
        Aside
      </button>
      {!kept && <p>no room</p>}
    </>
  );
}

let tabs: ReturnType<typeof fakeTabs>;
beforeEach(async () => {
  localStorage.clear();
  // A notice of the test before would be taken for one of this.
  clearToasts();
  tabs = fakeTabs();
  await tabs.open();
});
afterEach(() => void jest.restoreAllMocks());

async function open(account = idOf(1), subject = 'page:1') {
  cleanup();
  fakePortal({ 'GET /me': { body: aMe({ account }) } });
  const routes = [{ element: <Guard />, children: [{ path: '/', element: <Form subject={subject} /> }] }];
  const { user } = renderRoutes(routes, '/');
  const field = await screen.findByLabelText<HTMLInputElement>('Text');
  return { user, field, type: (words: string) => user.type(field, words) };
}
const offered = () => screen.findByText(/^Unsaved text from/);

test('a text outlasts a reload, is seen by its account alone and is back when that signs in again', async () => {
  await (await open()).type('mine');
  await tabs.reload();
  expect((await open()).field.value).toBe('mine');
  const other = await open(idOf(2));
  expect([other.field.value, screen.queryByText(/Unsaved text/)]).toEqual(['', null]);
  await other.type('theirs');
  expect((await open()).field.value).toBe('mine');
});

test('two tabs on one subject hold two texts, and saving one keeps the other', async () => {
  const first = tabId();
  await (await open()).type('one');
  await tabs.open();
  const second = await open();
  expect([second.field.value, screen.queryByText(/Unsaved text/)]).toEqual(['', null]);
  await second.type('two');
  await second.user.click(screen.getByRole('button', { name: 'Saved' }));
  await tabs.show(first);
  expect((await open()).field.value).toBe('one');
});

test('a duplicated tab takes another id, so that it neither shows nor overwrites the text of the first', async () => {
  const first = tabId();
  await (await open()).type('one');
  await tabs.duplicate();
  expect(tabId()).not.toBe(first);
  await (await open()).type('two');
  await tabs.show(first);
  expect((await open()).field.value).toBe('one');
});

test('a closed tab leaves its text behind: taken into another, what stood there is offered in turn', async () => {
  await (await open()).type('left');
  tabs.close();
  await tabs.open();
  const { user, field, type } = await open();
  await type('own');
  expect((await offered()).textContent).toContain('left');
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  expect(field.value).toBe('left');
  await waitFor(async () => expect((await offered()).textContent).toContain('own'));
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(screen.queryByText(/^Unsaved text from/)).toBeNull());
  await tabs.reload();
  expect((await open()).field.value).toBe('left');
});

test('of two tabs that are offered a text only one gets it', async () => {
  await (await open()).type('left');
  tabs.close();
  await tabs.open();
  const { user, field } = await open();
  await offered();
  for (const key of Object.keys(localStorage)) if (key.includes('page:1')) localStorage.removeItem(key);
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  await waitFor(() => expect(screen.queryByText(/Unsaved text/)).toBeNull());
  expect(field.value).toBe('');
});

test('texts of a group are offered to each other, and a text set aside can be taken back', async () => {
  await (await open(idOf(1), 'new:a')).type('for a');
  const { user, field } = await open(idOf(1), 'new:b');
  expect([field.value, (await offered()).textContent]).toEqual(['', expect.stringContaining('for a')]);
  const again = await open(idOf(1), 'new:a');
  await user.click(screen.getByRole('button', { name: 'Aside' }));
  await offered();
  await again.user.clear(again.field);
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  expect(again.field.value).toBe('for a');
});

test('a full storage is told, and texts whose account is not known are cleared away', async () => {
  localStorage.setItem('sidekick-draft:new', '{"fields":{}}');
  tidyUnsaved();
  expect(localStorage.length).toBe(0);
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await (await open()).type('x');
  expect(screen.getByText('no room')).toBeTruthy();
});

test('what was discarded can be brought back', async () => {
  await (await open()).type('left');
  tabs.close();
  await tabs.open();
  const { user, field } = await open();
  await offered();
  await user.click(screen.getByRole('button', { name: 'Discard' }));
  await waitFor(() => expect(screen.queryByText(/^Unsaved text from/)).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await offered();
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  expect(field.value).toBe('left');
});

test('a text that could not be kept is not given up for another one', async () => {
  await (await open()).type('left');
  tabs.close();
  await tabs.open();
  const { user, field, type } = await open();
  await offered();
  const full = jest.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  await type('own');
  full.mockRestore();
  await user.click(screen.getByRole('button', { name: 'Take it' }));
  await screen.findByText('It was not taken');
  expect(field.value).toBe('own');
  await offered();
});

test('a text is kept for 90 days after its last change, and then makes room', async () => {
  await (await open()).type('mine');
  const day = 86_400_000;
  tidyUnsaved(Date.now() + (keptDays - 1) * day);
  expect((await open()).field.value).toBe('mine');
  tidyUnsaved(Date.now() + (keptDays + 1) * day);
  expect(Object.keys(localStorage).filter((key) => key.includes('page:1'))).toEqual([]);
});
