import { Conflict } from '@sidekick/service-kit';
import { logged } from '../pages/log.ts';
import type { Page, StoredPage } from '../pages/page.ts';
import { rewrite } from './rewrite.ts';
import { settleTrails } from './trails.ts';
import type { WritingContent } from './writing.ts';

/**
 * Two pages that are put below each other in the same moment, here or by two processes, are both let through by what is known
 * before they are written. So who has written a parent looks at what is stored then: the one whose write was the last sees the
 * circle and puts his page back. Throws Conflict after that; what else was written stays.
 */
export async function breakCycle(content: WritingContent, written: StoredPage, { place, under }: Page): Promise<void> {
  if (!(await isInCycle(content, written.doc))) return;
  const { _id } = written.doc;
  let parent = written.doc.place.parent;
  // Where the former parent stands below the page by now, the page begins at the top.
  for (const back of [place, { ...place, parent: null }]) {
    for (let now = await content.pages.get(_id); now?.doc.place.parent === parent; now = await content.pages.get(_id)) {
      await rewrite(content, [now], 'edited', (old) => logged(old, { ...old.doc, place: back, under }));
    }
    const now = await content.pages.get(_id);
    if (!now || !(await isInCycle(content, now.doc))) break;
    parent = now.doc.place.parent;
  }
  await settleTrails(content);
  const message = 'Somebody put a page above it below this one in the same moment. It stays where it stood; what else was changed is saved';
  throw new Conflict('parent-below-itself', message, { errors: [{ path: 'place.parent', message }] });
}

/** By the store, not by what this process knows. */
async function isInCycle({ pages }: WritingContent, { _id, place }: Page): Promise<boolean> {
  const seen = new Set<string>();
  for (let at = place.parent; at !== null && !seen.has(at); at = (await pages.get(at))?.doc.place.parent ?? null) {
    if (at === _id) return true;
    seen.add(at);
  }
  return false;
}
