import { PagePath } from '@sidekick/contracts';
import { folderOf, joinPath } from '../text/paths.ts';
import type { ImportContent } from './imports.ts';
import type { Planned } from './matching/plan.ts';
import { redirectsOf } from './reading/addresses.ts';

/** Old paths that a page keeps at most, its site's own addresses among them. */
const most = 40;

export type Redirects = (one: Planned, old: readonly string[]) => string[];

/**
 * Old paths of a page with those that its own site serves, so that an address copied from there leads here too. What another page
 * or folder has or will have is left to it.
 */
export function redirectsFor({ replica }: Pick<ImportContent, 'replica'>, planned: readonly Planned[], into: string): Redirects {
  const holders = new Map(replica.all().flatMap(({ doc }) => [doc.path, ...doc.oldPaths].map((path) => [path, doc._id] as const)));
  for (const { id, path } of planned) holders.set(path, id);
  const folders = new Set<string>();
  for (const path of holders.keys()) for (let at = folderOf(path); at !== '' && !folders.has(at); at = folderOf(at)) folders.add(at);
  return (one, old) => {
    const wanted = redirectsOf(one.page).flatMap((address) => PagePath.safeParse(joinPath(into, address)).data ?? []);
    const free = wanted.filter((path) => path !== '' && !folders.has(path) && (holders.get(path) ?? one.id) === one.id);
    for (const path of free) holders.set(path, one.id);
    return [...new Set([...old, ...free.slice(0, Math.max(0, most - old.length))])].filter((path) => path !== one.path);
  };
}
