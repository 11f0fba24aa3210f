import { isDeepStrictEqual } from 'node:util';
import type { ImportedMeta, Page } from './page.ts';

/** What an import may set of a page, as the page has it now. */
export function importedMetaOf(page: Page): ImportedMeta {
  const { title, visibility, status, owners, tags, place, under, searchExclude, reviewEveryWeeks, reviewedAt } = page;
  return { title, visibility, status, owners, tags, place, under, searchExclude, reviewEveryWeeks, reviewedAt };
}

/** Whether anybody changed the page here since the last import wrote it. */
export const editedHere = (page: Page): boolean =>
  page.imported !== null &&
  (page.revision !== page.imported.revision ||
    page.path !== page.imported.path ||
    !isDeepStrictEqual(importedMetaOf(page), page.imported.meta));
