import type { Page } from '../pages/page.ts';
import { rewrite } from './rewrite.ts';
import type { WritingContent } from './writing.ts';

/** Pages below one that was deleted stand below the page that it stood below. One that loses a race keeps a parent that is gone, which the tree bears. */
export async function reparent(content: WritingContent, deleted: Page): Promise<void> {
  const children = content.replica.all().filter(({ doc }) => doc.place.parent === deleted._id);
  await rewrite(content, children, 'parent-deleted', ({ doc }) => withParent(doc, deleted));
}

/** What its source asked for follows, or the next import would take this for a move made here. */
function withParent(doc: Page, { _id, place: { parent } }: Page): Page {
  const { imported } = doc;
  const meta = imported?.meta.place.parent === _id ? { ...imported.meta, place: { ...imported.meta.place, parent } } : imported?.meta;
  return { ...doc, place: { ...doc.place, parent }, imported: imported && meta ? { ...imported, meta } : imported };
}
