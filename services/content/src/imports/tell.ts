import type { ImportReport } from '@sidekick/contracts';
import { nearestPages } from '../links/nearest.ts';
import type { TakenFiles } from './files.ts';
import type { Import } from './imports.ts';
import type { Plan } from './matching/plan.ts';
import { leftOutOf } from './reading/left-out.ts';
import type { Scanned } from './reading/scan.ts';

export interface Told {
  scanned: Scanned;
  plan: Plan;
  files: TakenFiles;
  pause: () => Promise<void>;
}

/** What is said once all is written: every file that is no page and shown by none, drafts, where dead links may have meant to lead. */
export async function tell({ report }: Pick<Import, 'report'>, { scanned, plan, files, pause }: Told): Promise<void> {
  const named = new Set(report.failed.map(({ path }) => path));
  const unused = [...scanned.files.keys()].filter((path) => !files.isUsed(path) && !named.has(path));
  report.leftOut = leftOutOf([...scanned.leftOut, ...plan.notTaken, ...unused.map((path) => ({ path, reason: scanned.reasonFor(path) }))]);
  const drafts = plan.pages.filter(({ meta }) => meta.status === 'draft');
  report.drafts = drafts.map(({ page }) => ({ path: page.file, title: page.title })).sort((a, b) => (a.path < b.path ? -1 : 1));
  report.missing.sort(byPage);
  report.outside.sort(byPage);
  report.unknown = scanned.unknown.list();
  report.nearest = await nearestPages(
    report.missing,
    plan.pages.map(({ link }) => link),
    pause,
  );
}

type Link = ImportReport['outside'][number];
/** Sorting keeps the order on a page, which is that of the page. */
const byPage = (a: Link, b: Link): number => (a.page < b.page ? -1 : a.page > b.page ? 1 : 0);
