import { isSeen, unseen } from '@sidekick/contracts';
import { folderOf, isFolderPage, isFolderPageName, nameOf, withoutExtension } from '../../text/paths.ts';
import { cut } from '../../text/words.ts';
import { type Collection, collectionOf } from '../reading/collections.ts';

/** Characters for the number behind the path of a page whose own is taken. */
const numberRoom = 8;

/** Path of a page without what an address cannot hold, at most `longest` characters. */
function clean(path: string, longest: number): string {
  const parts = path.split('/').map((part) => {
    const written = part.replaceAll(/[?#\\\p{Cc}\p{Zl}\p{Zp}]/gu, '-');
    const kept = [...written]
      .filter((char) => !unseen.test(char))
      .join('')
      .trim();
    return !isSeen(kept) || kept === '.' || kept === '..' ? '-' : kept;
  });
  return cut(parts.join('/'), longest).replace(/(?:\/\.{0,2})+$/, '');
}

export interface PathOptions {
  collections: readonly Pick<Collection, 'folder'>[];
  /** Folder that holds all pages and is no level of its own; empty for none. */
  root: string;
  /** What the path of the source leaves of the 400 characters of a page's. */
  room: number;
}

/**
 * Pages' paths below the source's own, by file: `a/b.md` is `a/b`, the index or README of a folder is the folder.
 * `index` goes before `README`, and both before a file beside the folder that has its name.
 */
export function pagePaths(files: readonly string[], { collections, root, room }: PathOptions): Map<string, string> {
  const longest = room - numberRoom;
  const numbers = new Map<string, number>();
  const taken = new Set<string>();
  const paths = new Map<string, string>();
  const shown = (file: string) => {
    if (root !== '' && file.startsWith(`${root}/`)) return file.slice(root.length + 1);
    const collection = collectionOf(file, collections)?.folder;
    return collection ? file.slice(0, collection.lastIndexOf('/_') + 1) + file.slice(collection.lastIndexOf('_') + 1) : file;
  };
  const rank = (file: string) => (/^_?index\./i.test(nameOf(file)) ? 0 : isFolderPage(file) ? 1 : 2);
  for (const file of [...files].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const path = withoutExtension(shown(file));
    const own = isFolderPageName(nameOf(path)) ? folderOf(path) : path;
    let wanted = [own, path, shown(file)].map((one) => (one === '' ? '' : clean(one, longest))).find((one) => !taken.has(one));
    const base = clean(path, longest);
    for (let n = numbers.get(base) ?? 2; wanted === undefined; n++) {
      if (!taken.has(`${base}-${n}`)) wanted = `${base}-${n}`;
      numbers.set(base, n + 1);
    }
    taken.add(wanted);
    paths.set(file, wanted);
  }
  return paths;
}
