import type { Zip, ZipItem } from '../parsing/zip.ts';

/** What operating systems leave in folders and zips. */
const leftBySystems = /(?:^|\/)(?:__MACOSX(?:\/|$)|\.DS_Store$|\._[^/]*$|Thumbs\.db$|desktop\.ini$)/i;
const isLeftBySystem = (path: string): boolean => leftBySystems.test(path);

/**
 * The files of a source without the folder that holds all of them: the zip that GitHub makes of a repository is the same source as
 * its folder. `known` are the files that the source had before: a folder that stood beside others is no wrapping. `rooted`: the
 * sender says that paths begin at the top of the source.
 */
export function withoutTopFolder(
  { items, refused }: Pick<Zip, 'items' | 'refused'>,
  { known, rooted }: { known: ReadonlySet<string>; rooted: boolean },
) {
  const own = items.filter(({ path }) => !isLeftBySystem(path));
  const top = rooted ? '' : topOf(own, known);
  const shorter = (path: string) => (path.startsWith(top) ? path.slice(top.length) : path);
  return {
    items: own.map((item): ZipItem => ({ ...item, path: shorter(item.path) })),
    refused: refused.map(({ path, reason }) => ({ path: shorter(path), reason })),
    junk: items.filter(({ path }) => isLeftBySystem(path)).map(({ path }) => shorter(path)),
  };
}

/** With a slash at its end; empty where files stand at the top. */
function topOf(items: readonly ZipItem[], known: ReadonlySet<string>): string {
  const first = items[0]?.path ?? '';
  const top = first.slice(0, first.indexOf('/') + 1);
  return top !== '' && items.every(({ path }) => path.startsWith(top)) && !stoodBesideOthers(top, known) ? top : '';
}

function stoodBesideOthers(folder: string, known: ReadonlySet<string>): boolean {
  let [within, beside] = [false, false];
  for (const file of known) {
    if (file.startsWith(folder)) within = true;
    else beside = true;
  }
  return within && beside;
}
