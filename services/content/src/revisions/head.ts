import { noPage, type Page } from '../pages/page.ts';
import type { Pages } from '../pages/pages.ts';
import type { Revision } from './revision.ts';
import type { Revisions } from './revisions.ts';

/**
 * The text of a page. A release before this one could take out a text that a page pointed at, when the store had not answered: the
 * newest text that is left is read then, and the next save makes the page whole. Throws NotFound for a page that was deleted since it
 * was read: its revisions have gone with it.
 */
export async function headOf(
  { recent, pages, revisions }: Pick<Pages & Revisions, 'recent' | 'pages' | 'revisions'>,
  page: Page,
): Promise<Revision> {
  const head = await recent.get(page.revision);
  if (head) return head;
  if (!(await pages.get(page._id))) throw noPage();
  const [left] = (await revisions.query({ index: 'by-page', equals: { page: page._id }, order: 'desc', limit: 1 })).items;
  if (left) return left.doc;
  throw new Error(`revision ${page.revision} of page ${page._id} is not in the store`);
}
