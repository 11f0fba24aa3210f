import { describe, expect, test } from '@jest/globals';
import { TooLarge } from '@sidekick/service-kit';
import { editedHere } from '../../pages/imported.ts';
import type { Page } from '../../pages/page.ts';
import { mergeBodies } from '../../rendering/merge.ts';
import { importedMeta as meta } from '../../testing/imported-page.test.helper.ts';
import { decide as decideWith, mergeMeta } from './outcome.ts';

const aPage = (more: Partial<Page> = {}): Page => ({
  _id: '01JZZZZZZZZZZZZZZZZZZZZZZA',
  ...meta,
  path: 'book/a',
  source: 'book',
  sample: false,
  oldPaths: [],
  revision: 'r1',
  createdAt: '',
  changedAt: '',
  changedBy: '',
  touchedAt: 0,
  createdFrom: null,
  jekyll: false,
  links: [],
  files: [],
  trail: [],
  imported: { file: 'a.md', bodyHash: 'h1', revision: 'r1', path: 'book/a', meta, address: null, also: [] },
  ...more,
});
const wanted = { file: 'a.md', bodyHash: 'h1', path: 'book/a', meta, jekyll: false, address: null, also: [] };
const bodies = (ours: string, theirs: string) => async () => ({ base: 'one\ntwo\nthree', ours, theirs });
const decide = (page: Page, file: typeof wanted, sides: Parameters<typeof decideWith>[2]) =>
  decideWith(page, file, sides, async (all) => mergeBodies(all));
const none = async () => Promise.reject(new Error('bodies are not needed'));

describe('what an import does with a page', () => {
  test('the same file: nothing', async () => expect(await decide(aPage(), wanted, none)).toEqual({ do: 'nothing' }));
  test('the same file elsewhere: a move', async () =>
    expect(await decide(aPage(), { ...wanted, path: 'book/b' }, none)).toMatchObject({ do: 'write', body: null, outcome: 'moved' }));
  test('another body, no edit here: the source wins', async () =>
    expect(await decide(aPage(), { ...wanted, bodyHash: 'h2' }, bodies('one\ntwo\nthree', 'new'))).toMatchObject({
      body: 'new',
      source: true,
      outcome: 'updated',
    }));
  test('an edit here elsewhere in the page: both', async () =>
    expect(
      await decide(aPage({ revision: 'r2' }), { ...wanted, bodyHash: 'h2' }, bodies('ONE\ntwo\nthree', 'one\ntwo\nTHREE')),
    ).toMatchObject({
      body: 'ONE\ntwo\nTHREE',
      source: false,
      outcome: 'merged',
    }));
  test('an edit here in the same line: kept', async () =>
    expect(await decide(aPage({ revision: 'r2' }), { ...wanted, bodyHash: 'h2' }, bodies('x\ntwo\nthree', 'y\ntwo\nthree'))).toMatchObject({
      do: 'keep',
    }));
  test('both sides changed so that merging takes too long: kept as edited here, with that reason', async () => {
    const costly = async () => Promise.reject(new TooLarge('text-too-costly', 'x'));
    const changed = aPage({ revision: 'r2' });
    expect(await decideWith(changed, { ...wanted, bodyHash: 'h2' }, bodies('x', 'y'), costly)).toEqual({
      do: 'keep',
      reason: 'Edited here and changed in the source; merging the two takes too long',
    });
  });
  test('the same change on both sides is no conflict', () =>
    expect(mergeBodies({ base: 'a\nb', ours: 'a\nc', theirs: 'a\nc' })).toBe('a\nc'));
});

describe('what a page says of itself', () => {
  test('a field changed here stays, the others follow the source', () => {
    const page = aPage({ title: 'Named here' });
    expect(mergeMeta(page, { ...meta, title: 'B', tags: ['new'] })).toMatchObject({ title: 'Named here', tags: ['new'] });
  });
  test.each([
    ['a title', { title: 'x' }],
    ['a path', { path: 'x' }],
    ['a revision', { revision: 'r2' }],
  ])('%s changed here counts as edited', (_, change) => {
    expect(editedHere(aPage())).toBe(false);
    expect(editedHere(aPage(change))).toBe(true);
  });
});
