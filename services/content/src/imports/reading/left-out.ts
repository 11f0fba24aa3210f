import type { ImportReport } from '@sidekick/contracts';
import { folderOf } from '../../text/paths.ts';
import { packageFolder } from './kinds.ts';

/** Files that are named one by one; beyond that those of a folder are named by the folder. */
const most = 5_000;

/** What of a source is neither a page nor shown by one, by path. */
export function leftOutOf(named: readonly { path: string; reason: string }[]): ImportReport['leftOut'] {
  const sorted = withoutPackages(named).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (sorted.length <= most) return sorted;
  const byFolder = new Map<string, { path: string; reason: string; count: number }>();
  for (const { path, reason } of sorted) {
    const key = `${folderOf(path)}\n${reason}`;
    const known = byFolder.get(key);
    if (known) known.count += 1;
    else byFolder.set(key, { path, reason, count: 1 });
  }
  return [...byFolder.values()].map(({ path, reason, count }) =>
    count === 1 ? { path, reason } : { path: `${folderOf(path)}/`, reason: `${count} files. ${reason}` },
  );
}

/** A repository's own folder and packages are named once each. */
function withoutPackages(named: readonly { path: string; reason: string }[]) {
  const folders = new Map<string, { path: string; reason: string; count: number }>();
  const others: { path: string; reason: string }[] = [];
  for (const one of named) {
    const folder = packageFolder(one.path);
    if (folder === undefined) others.push(one);
    else folders.set(folder, { path: folder, reason: one.reason, count: (folders.get(folder)?.count ?? 0) + 1 });
  }
  return [...others, ...[...folders.values()].map(({ path, reason, count }) => ({ path, reason: `${count} files. ${reason}` }))];
}
