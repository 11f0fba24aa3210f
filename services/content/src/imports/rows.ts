import { decoded } from '../links/target-parts.ts';
import type { Resolve } from '../links/targets.ts';
import type { Link } from '../revisions/revision.ts';
import { cut } from '../text/words.ts';
import type { Import } from './imports.ts';
import type { Planned } from './matching/plan.ts';

/** Counts a page and lists it. */
export function row(run: Import, { page }: Pick<Planned, 'page'>, outcome: 'created' | 'updated' | 'moved' | 'merged' | 'unchanged'): void {
  run.report[outcome]++;
  run.rows.push({ path: page.file, title: page.title, outcome });
}

export function failedRow(run: Import, path: string, reason: string): void {
  run.report.failed.push({ path, reason });
  run.rows.push({ path, title: path, outcome: 'failed' });
}

export function kept(run: Import, path: string, title: string, reason: string): void {
  run.report.kept.push({ path, reason });
  run.rows.push({ path, title, outcome: 'kept' });
}

/** Links as the source has them: each target of a page is named once. */
export function noteMissing(
  { run, resolve }: { run: Import; resolve: Resolve },
  { page, link: from }: Planned,
  links: readonly Link[],
): void {
  const named = new Set<string>();
  for (const link of links) {
    const { missing: kind, outside } = resolve(from, link);
    if (!kind || named.has(`${kind} ${link.target}`)) continue;
    named.add(`${kind} ${link.target}`);
    const target = shownTarget(link.target);
    if (outside) run.report.outside.push({ page: page.file, target });
    else run.report.missing.push({ page: page.file, target, kind });
  }
}

/** Characters of a target that are shown. */
const longestTarget = 1_000;

/** A target as its author wrote it. */
function shownTarget(target: string): string {
  const [site] = /^(?:jekyll|post):/.exec(target) ?? [];
  if (site !== undefined) return shortened(target.slice(site.length));
  return target.startsWith('wiki:') ? `[[${shortened(decoded(target.slice(5)))}]]` : shortened(target);
}

const shortened = (text: string): string => (text.length > longestTarget ? `${cut(text, longestTarget)}…` : text);
