import { StaleVersion } from '@sidekick/store';
import type { Content } from '../content.ts';
import { pathKey } from './page.ts';

/** Takes a path away from a page that only used to have it. False when a page stands there now. */
export async function claimOldPath({ pages, site }: Pick<Content, 'pages' | 'site'>, key: string, forPage: string): Promise<boolean> {
  for (let tries = 0; tries < 5; tries++) {
    const holder = await pages.byKey(key);
    if (!holder) return true;
    if (holder.doc._id === forPage || pathKey(holder.doc.path) === key) return false;
    const oldPaths = holder.doc.oldPaths.filter((path) => pathKey(path) !== key);
    try {
      site.put(await pages.replace(holder, { ...holder.doc, oldPaths, touchedAt: Date.now() }));
      return true;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
  return false;
}
