import { isDeepStrictEqual } from 'node:util';
import type { Content } from '../content.ts';
import { pageChanged, stateOf, trailOf } from './event.ts';

/** Pages written in one commit. */
const chunk = 40;

/**
 * Tells anew of pages whose pages above changed their title, place or visibility, so that nobody goes on showing an old
 * title, or one that has become internal. Called after every write that may have done so; writes nothing otherwise.
 */
export async function settleTrails(content: Content): Promise<void> {
  const { site, pages, revisions } = content;
  const epoch = await content.epoch();
  const stale = site.all().filter(({ doc }) => doc.status === 'published' && !isDeepStrictEqual(doc.trail, trailOf(doc, site)));
  for (let at = 0; at < stale.length; at += chunk) {
    const some = stale.slice(at, at + chunk);
    const heads = new Map((await revisions.getMany(some.map(({ doc }) => doc.revision))).map(({ doc }) => [doc._id, doc]));
    const writes = some.flatMap((old) => {
      const head = heads.get(old.doc.revision);
      if (!head) return [];
      const doc = { ...old.doc, trail: trailOf(old.doc, site), touchedAt: Date.now() };
      const event = pageChanged({ id: doc._id, epoch, reason: 'trail', state: stateOf(doc, head), at: content.clock.now() });
      return [{ do: 'replace' as const, old, doc, event }];
    });
    // One that lost a race was written by somebody who made its trail himself.
    for (const result of await pages.writeMany(writes)) if (result.ok && result.stored) site.put(result.stored);
  }
}
