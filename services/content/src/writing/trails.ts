import { isDeepStrictEqual } from 'node:util';
import { trailOf } from '../events/event.ts';
import { rewrite } from './rewrite.ts';
import type { WritingContent } from './writing.ts';

/**
 * Tells anew of pages whose pages above changed their title, place or visibility, so that nobody goes on showing an old
 * title, or one that has become internal. Called after every write that may have done so; writes nothing otherwise.
 */
export async function settleTrails(content: WritingContent): Promise<void> {
  const { replica } = content;
  const stale = replica.all().filter(({ doc }) => doc.status === 'published' && !isDeepStrictEqual(doc.trail, trailOf(doc, replica)));
  // One that lost a race was written by somebody who made its trail himself.
  await rewrite(content, stale, 'trail', ({ doc }) => ({ ...doc, trail: trailOf(doc, replica) }));
}
