import { ulid } from 'ulid';
import type { ImportedMeta, Page } from '../pages/page.ts';

/** What the front matter of an ordinary file says. */
export const importedMeta: ImportedMeta = {
  title: 'A',
  visibility: 'internal',
  status: 'published',
  owners: [],
  tags: [],
  place: { parent: null, order: null, exclude: false },
  under: null,
  searchExclude: false,
  reviewEveryWeeks: null,
  reviewedAt: null,
};

/** A page as an import leaves it, unchanged since. */
export function anImportedPage(more: Partial<Page> = {}): Page {
  const { path = 'book/a', revision = ulid() } = more;
  return {
    ...importedMeta,
    _id: ulid(),
    path,
    source: 'book',
    sample: false,
    oldPaths: [],
    revision,
    createdAt: '2026-11-25T00:00:01Z',
    changedAt: '2026-11-25T00:00:01Z',
    changedBy: 'Rita',
    touchedAt: Date.now(),
    createdFrom: null,
    jekyll: false,
    links: [],
    files: [],
    trail: [],
    imported: { file: `${path}.md`, bodyHash: 'h', revision, path, meta: importedMeta, address: null, also: [] },
    ...more,
  };
}
