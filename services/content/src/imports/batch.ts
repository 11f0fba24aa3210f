import { TakenKey, type Write, type WriteResult } from '@sidekick/store';
import { pageChanged, stateOf, trailOf } from '../events/event.ts';
import { Page, pathKey, type StoredPage } from '../pages/page.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import type { Revision } from '../revisions/revision.ts';
import { claimOldPath } from '../writing/paths.ts';
import type { ImportContent } from './imports.ts';

/** A page to write, with the revisions to insert before it. */
export interface PageWrite {
  page: Page;
  old: StoredPage | null;
  /** The revision that the page points at. */
  head: Revision;
  inserts: Revision[];
  reason: string;
  written: () => void;
  failed: (reason: string) => void;
}

export interface Batch {
  add(write: PageWrite): Promise<void>;
  flush(): Promise<void>;
}

/** Pages written in one commit, and characters of their new revisions. */
const size = 40;
const mostText = 10_000_000;
const textOf = ({ inserts }: PageWrite): number => inserts.reduce((sum, { body, html }) => sum + body.length + html.length, 0);

/** Writes pages in batches, each page by its own compare-and-set: one that lost a race is reported and holds up no other. */
export async function pageBatch(content: ImportContent, future: Pick<PagesReplica, 'tree'>): Promise<Batch> {
  const epoch = await content.epoch();
  let waiting: PageWrite[] = [];
  let text = 0;

  const toWrite = ({ page: wanted, old, head, reason }: PageWrite): Write<Page> => {
    const page = { ...wanted, trail: trailOf(wanted, future) };
    const state = stateOf(page, head);
    const event = pageChanged({ id: page._id, epoch, reason, state, at: content.clock.now() });
    return old ? { do: 'replace', old, doc: page, event } : { do: 'insert', doc: page, event };
  };
  const take = (write: PageWrite, result: WriteResult<Page> | undefined): boolean => {
    if (!result?.ok) return false;
    if (result.stored) content.replica.put(result.stored);
    write.written();
    return true;
  };
  async function again(write: PageWrite, result: WriteResult<Page> | undefined): Promise<void> {
    const error = result && !result.ok ? result.error : undefined;
    if (error instanceof TakenKey && (await claimOldPath(content, error.key, write.page._id))) {
      const [second] = await content.pages.writeMany([toWrite(write)]);
      if (take(write, second)) return;
    }
    if (error instanceof TakenKey && write.page.oldPaths.some((path) => pathKey(path) === error.key)) {
      // An old path is worth less than the page: whoever stands there now keeps it.
      const oldPaths = write.page.oldPaths.filter((path) => pathKey(path) !== error.key);
      const [second] = await content.pages.writeMany([toWrite({ ...write, page: { ...write.page, oldPaths } })]);
      if (take(write, second)) return;
    }
    write.failed(error instanceof TakenKey ? 'Another page stands at this path' : 'Changed here while the import ran; import it again');
  }
  async function flush(): Promise<void> {
    const batch = waiting;
    waiting = [];
    text = 0;
    if (batch.length === 0) return;
    const inserted = await content.revisions.writeMany(
      batch.flatMap(({ inserts }) => inserts.map((doc) => ({ do: 'insert' as const, doc }))),
    );
    const lost = inserted.find((one) => !one.ok);
    if (lost && !lost.ok) throw lost.error;
    const results = await content.pages.writeMany(batch.map(toWrite));
    for (const [index, write] of batch.entries()) if (!take(write, results[index])) await again(write, results[index]);
  }
  return {
    async add(write) {
      const { error } = Page.safeParse(write.page);
      if (error) return write.failed(`Cannot be kept: ${error.issues[0]?.path.join('.')} ${error.issues[0]?.message}`);
      waiting.push(write);
      text += textOf(write);
      if (waiting.length >= size || text > mostText) await flush();
    },
    flush,
  };
}
