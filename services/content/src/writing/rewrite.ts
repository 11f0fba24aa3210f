import type { WriteResult } from '@sidekick/store';
import { pageChanged, stateOf } from '../events/event.ts';
import type { Page, StoredPage } from '../pages/page.ts';
import type { WritingContent } from './writing.ts';

/** Pages written in one commit. */
const chunk = 40;

/**
 * Writes what many pages say about themselves, their texts as they are; each is compared and set by itself. Answers those that
 * were not written. Whoever changes where pages stand settles their trails afterwards.
 */
export async function rewrite(
  content: WritingContent,
  pages: readonly StoredPage[],
  reason: string,
  change: (page: StoredPage) => Page,
): Promise<{ page: StoredPage; result: WriteResult<Page> | null }[]> {
  const { revisions, replica } = content;
  const epoch = await content.epoch();
  const left: { page: StoredPage; result: WriteResult<Page> | null }[] = [];
  for (let at = 0; at < pages.length; at += chunk) {
    const some = pages.slice(at, at + chunk);
    const heads = new Map((await revisions.getMany(some.map(({ doc }) => doc.revision))).map(({ doc }) => [doc._id, doc]));
    const known = some.filter(({ doc }) => heads.has(doc.revision));
    for (const page of some) if (!known.includes(page)) left.push({ page, result: null });
    const writes = known.map((old) => {
      const doc = { ...change(old), touchedAt: Date.now() };
      const head = heads.get(doc.revision) as NonNullable<ReturnType<typeof heads.get>>;
      const event = pageChanged({ id: doc._id, epoch, reason, state: stateOf(doc, head), at: content.clock.now() });
      return { do: 'replace' as const, old, doc, event };
    });
    for (const [index, result] of (await content.pages.writeMany(writes)).entries()) {
      if (result.ok && result.stored) replica.put(result.stored);
      else left.push({ page: known[index] as StoredPage, result });
    }
  }
  return left;
}
