import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@sidekick/service-kit';
import { StaleVersion } from '@sidekick/store';
import type { Pages } from '../pages/pages.ts';
import { type Attachments, brokeOff, hashKey } from './file.ts';

export type Held = Attachments & Pick<Pages, 'clock'>;
const tries = 25;

/**
 * Says that a page is about to use these bytes, before it is written: from here on the sweep counts 30 days anew. False when
 * they are not there. Bytes that are just being removed are waited for, and are not there then; whose removal broke off are there,
 * unless they had gone before their record.
 */
export async function hold({ files, blobs, clock }: Held, hash: string): Promise<boolean> {
  for (let at = 0; at < tries; at++) {
    const known = await files.byKey(hashKey(hash));
    if (!known) return blobs.has(hash);
    if (known.doc.state === 'kept' && known.doc.unusedSince === null) return true;
    const isThere = known.doc.state === 'kept' || (await blobs.has(hash));
    if (isThere && known.doc.state === 'going' && !brokeOff(known.doc, clock.now())) {
      await pause(200);
      continue;
    }
    try {
      if (isThere) await files.replace(known, { ...known.doc, state: 'kept', unusedSince: null });
      else await files.remove(known);
      return isThere;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
  throw new Unavailable('file-is-going', 'This file is being removed just now; try again in a moment', { retryAfter: 5 });
}
