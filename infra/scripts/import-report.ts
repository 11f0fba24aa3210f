import type { ImportReport } from '@sidekick/contracts';

/** Prints a report for people: what was done, then what was not, sorted by page. */
export function printReport(report: ImportReport): void {
  const { created, updated, unchanged, moved, archived, merged } = report;
  console.log(
    `${report.source}: ${created} created, ${updated} updated, ${unchanged} unchanged, ${moved} moved, ${archived} archived, ${merged} merged`,
  );
  const named = ({ path, reason }: { path: string; reason: string }) => `${path}: ${reason}`;
  list('Kept as edited here', report.kept.map(named));
  list('Failed', report.failed.map(named));
  list(
    'Drafts, for editors alone',
    report.drafts.map(({ path, title }) => `${path}: ${title}`),
  );
  list('Left out', report.leftOut.map(named));
  list(
    'Written for another reader, and shown plainly',
    report.unknown.map(({ kind, count, pages }) => `${kind}: ${count}, on ${pages === 1 ? '1 page' : `${pages} pages`}`),
  );
  const near = new Map(report.nearest.map(({ page, target, path }) => [`${page} ${target}`, path]));
  const hint = (page: string, target: string) => (near.has(`${page} ${target}`) ? `; /p/${near.get(`${page} ${target}`)}?` : '');
  list(
    'Links that lead nowhere',
    report.missing.map(({ page, target, kind }) => `${page} -> ${target} (${kind}${hint(page, target)})`),
  );
  list('Most missed', mostMissed(report.missing));
  list(
    'Links out of the site, to other addresses of its server',
    report.outside.map(({ page, target }) => `${page} -> ${target}`),
  );
  list('Gone from the source; run again with --archive, as a manager or ops, to archive them', report.waitingToArchive);
}

function list(title: string, lines: readonly string[]): void {
  if (lines.length > 0) console.log(`\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`);
}

/** Targets that several pages miss, most first: mending one mends many. */
function mostMissed(missing: ImportReport['missing']): string[] {
  const pages = new Map<string, Set<string>>();
  for (const { page, target } of missing) pages.set(target, (pages.get(target) ?? new Set()).add(page));
  return [...pages]
    .filter(([, of]) => of.size > 1)
    .sort(([a, x], [b, y]) => y.size - x.size || (a < b ? -1 : 1))
    .slice(0, 20)
    .map(([target, of]) => `${target}: ${of.size} pages`);
}
