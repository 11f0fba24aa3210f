import { editedHere } from '../pages/imported.ts';
import type { StoredPage } from '../pages/page.ts';
import { pageBatch } from './batch.ts';
import type { Import, ImportContent } from './imports.ts';
import { kept } from './rows.ts';

/** More than this share of a source's pages, and more than this many, are not archived without a yes. */
const share = 0.2;
const many = 10;

/**
 * Archives pages whose file is gone, those edited here aside; many at once only when the run was told to, and none for somebody
 * who may not remove the source.
 */
export async function archive(
  content: ImportContent,
  run: Import,
  { vanished, live }: { vanished: readonly StoredPage[]; live: number },
): Promise<void> {
  const standing = vanished.filter(({ doc }) => doc.status !== 'archived');
  const gone = standing.filter(({ doc }) => !editedHere(doc));
  const fileOf = ({ doc }: StoredPage) => doc.imported?.file ?? doc.path;
  for (const stored of standing) {
    if (!gone.includes(stored)) kept(run, fileOf(stored), stored.doc.title, 'Gone from the source, but edited here: it stays');
  }
  const isMuch = gone.length > many && gone.length > live * share && !run.options.archive;
  if (isMuch || !run.options.mayArchive) {
    run.report.waitingToArchive = gone.map(fileOf);
    return;
  }
  const batch = await pageBatch(content, content.replica);
  for (const stored of gone) {
    const { doc } = stored;
    const head = await content.revisions.get(doc.revision);
    if (!head || !doc.imported) continue;
    await batch.add({
      page: {
        ...doc,
        status: 'archived',
        imported: { ...doc.imported, meta: { ...doc.imported.meta, status: 'archived' } },
        changedAt: content.clock.now().toISOString(),
        changedBy: run.by,
        touchedAt: Date.now(),
      },
      old: stored,
      head: head.doc,
      inserts: [],
      reason: 'import-archived',
      written: () => {
        run.report.archived++;
        run.rows.push({ path: fileOf(stored), title: doc.title, outcome: 'archived' });
      },
      failed: (reason) => kept(run, fileOf(stored), doc.title, reason),
    });
  }
  await batch.flush();
}
