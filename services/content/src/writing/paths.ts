import { StaleVersion } from '@sidekick/store';
import { pageChanged, stateOf } from '../events/event.ts';
import { pathKey } from '../pages/page.ts';
import type { WritingContent } from './writing.ts';

/** Takes a path away from a page that only used to have it. False when a page stands there now. */
export async function claimOldPath(content: WritingContent, key: string, forPage: string): Promise<boolean> {
  const { pages, revisions, replica } = content;
  for (let tries = 0; tries < 5; tries++) {
    const holder = await pages.byKey(key);
    if (!holder) return true;
    if (holder.doc._id === forPage || pathKey(holder.doc.path) === key) return false;
    const oldPaths = holder.doc.oldPaths.filter((path) => pathKey(path) !== key);
    const page = { ...holder.doc, oldPaths, touchedAt: Date.now() };
    const head = await revisions.get(page.revision);
    const state = head && stateOf(page, head.doc);
    const said = { id: page._id, epoch: await content.epoch(), reason: 'old-path-taken', at: content.clock.now() };
    try {
      replica.put(await pages.replace(holder, page, pageChanged({ ...said, state })));
      return true;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
  return false;
}
