import { expect, test } from '@jest/globals';
import { NotFound } from '@sidekick/service-kit';
import type { Page } from '../pages/page.ts';
import { headOf } from './head.ts';
import type { Revision } from './revision.ts';

const page = { _id: 'page', revision: 'gone' } as unknown as Page;
const stored = (doc: unknown) => ({ doc, version: 1 });
/** A store in which the page points at a text that is not there. */
function aStore({ left, isThere = true }: { left: readonly string[]; isThere?: boolean }) {
  const asked: unknown[] = [];
  return {
    asked,
    recent: { get: async () => undefined, keep: () => undefined },
    pages: { get: async () => (isThere ? stored(page) : null) },
    revisions: {
      query: async (what: unknown) => {
        asked.push(what);
        return { items: left.map((_id) => stored({ _id })), nextCursor: null };
      },
    },
  } as never as Parameters<typeof headOf>[0] & { asked: unknown[] };
}

test('of a page whose text is gone the newest that is left is read', async () => {
  const store = aStore({ left: ['newest'] });
  expect(await headOf(store, page)).toEqual({ _id: 'newest' } as Revision);
  expect(store.asked).toEqual([expect.objectContaining({ index: 'by-page', equals: { page: 'page' }, order: 'desc', limit: 1 })]);
});

test('of one that was deleted meanwhile there is none, and one without any text is a fault', async () => {
  await expect(headOf(aStore({ left: [], isThere: false }), page)).rejects.toThrow(NotFound);
  await expect(headOf(aStore({ left: [] }), page)).rejects.toThrow('gone');
});
