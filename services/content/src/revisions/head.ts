import { noPage, type Page } from '../pages/page.ts';
import type { Pages } from '../pages/pages.ts';
import type { Revision } from './revision.ts';
import type { Revisions } from './revisions.ts';

/** Throws NotFound for a page that was deleted since it was read: its revisions have gone with it. */
export async function headOf({ recent, pages }: Pick<Pages & Revisions, 'recent' | 'pages'>, page: Page): Promise<Revision> {
  const head = await recent.get(page.revision);
  if (head) return head;
  if (!(await pages.get(page._id))) throw noPage();
  throw new Error(`revision ${page.revision} of page ${page._id} is not in the store`);
}
