import { expect, test } from '@jest/globals';
import { recentRevisions } from './recent.ts';
import type { Revision } from './revision.ts';

const aRevision = (_id: string, body = ''): Revision => ({ _id, body, html: '', sections: [] }) as unknown as Revision;

function aStore(...stored: Revision[]) {
  const asked: string[] = [];
  const get = async (id: string) => {
    asked.push(id);
    const doc = stored.find(({ _id }) => _id === id);
    return doc ? { doc, version: 1 } : null;
  };
  return { get, asked };
}

test('the store is asked once for a revision, and not at all for one that was just written', async () => {
  const store = aStore(aRevision('read'));
  const recent = recentRevisions(store);
  const written = aRevision('written');
  recent.keep(written);
  expect(await recent.get('written')).toBe(written);
  expect([await recent.get('read'), await recent.get('read')]).toMatchObject([{ _id: 'read' }, { _id: 'read' }]);
  expect(store.asked).toEqual(['read']);
});

test('one that is not there is asked for again: it may come', async () => {
  const store = aStore();
  const recent = recentRevisions(store);
  expect([await recent.get('later'), await recent.get('later')]).toEqual([undefined, undefined]);
  expect(store.asked).toEqual(['later', 'later']);
});

test('what was used longest ago goes first, and one that is too large is not kept', async () => {
  const many = Array.from({ length: 20 }, (_, n) => aRevision(`r${n}`, 'x'.repeat(1_000_000)));
  const huge = aRevision('huge', 'x'.repeat(17_000_000));
  const store = aStore(...many, huge);
  const recent = recentRevisions(store);
  for (const { _id } of many) await recent.get(_id);
  await recent.get('huge');
  store.asked.length = 0;
  for (const id of ['r19', 'r0', 'huge']) await recent.get(id);
  expect(store.asked).toEqual(['r0', 'huge']);
});
