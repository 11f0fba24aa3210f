import { setTimeout as pause } from 'node:timers/promises';
import { Unavailable } from '@sidekick/service-kit';
import { StaleVersion } from '@sidekick/store';
import type { Content } from '../content.ts';
import { hashKey } from './file.ts';

type Held = Pick<Content, 'files' | 'blobs'>;
const tries = 25;

/**
 * Says that a page is about to use these bytes, before it is written: from here on the sweep counts 30 days anew. False when
 * they are not there. Bytes that are just being removed are waited for, and are not there then; nor are those whose removal
 * broke off before its record went.
 */
export async function hold({ files, blobs }: Held, hash: string): Promise<boolean> {
  for (let at = 0; at < tries; at++) {
    const known = await files.byKey(hashKey(hash));
    if (!known) return blobs.has(hash);
    if (known.doc.state === 'kept' && known.doc.unusedSince === null) return true;
    const isGoing = known.doc.state === 'going';
    if (isGoing && (await blobs.has(hash))) {
      await pause(200);
      continue;
    }
    try {
      if (isGoing) await files.remove(known);
      else await files.replace(known, { ...known.doc, unusedSince: null });
      return !isGoing;
    } catch (error) {
      if (!(error instanceof StaleVersion)) throw error;
    }
  }
  throw new Unavailable('file-is-going', 'This file is being removed just now; try again in a moment', { retryAfter: 5 });
}
