import { isSeen, unseen } from '@sidekick/contracts';
import { cut } from './text.ts';

/** Markdown by its ending, also where a generator's template language stands around it. */
const pageFile = /(?:\.html)?\.(?:md|markdown|mdown|mkdn?|mdx|[rq]md)(?:\.(?:erb|liquid))?$/i;
export const isPageFile = (path: string): boolean => pageFile.test(path);
const folderPage = /^(?:index|readme|_index)$/i;

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const withoutExtension = (path: string): string => path.replace(pageFile, '');
/** Whether a file is the page of its folder. */
export const isFolderPage = (path: string): boolean => folderPage.test(withoutExtension(nameOf(path)));
export const joinPath = (...parts: string[]): string => parts.filter(Boolean).join('/');

/** Resolves `.` and `..`; null when the path leaves the source. */
export function normalise(path: string): string | null {
  const out: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') {
      if (out.length === 0) return null;
      out.pop();
    } else if (part !== '' && part !== '.') out.push(part);
  }
  return out.join('/');
}

/** A text without the slashes at its ends; a pattern for them would look at each of many again and again. */
export function trimSlashes(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && text[from] === '/') from++;
  while (to > from && text[to - 1] === '/') to--;
  return text.slice(from, to);
}

/** A folder of a Jekyll site that begins with `_` and holds pages nevertheless. */
export interface Collection {
  /** Its path in the source, as `_docs`. */
  folder: string;
  /** What the site calls it, as `docs`. */
  name: string;
  /** Template of its pages' addresses, where the site sets one. */
  permalink: string | null;
}

export const collectionOf = <T extends Pick<Collection, 'folder'>>(path: string, collections: readonly T[]): T | undefined =>
  collections.find(({ folder }) => path.startsWith(`${folder}/`));

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
  const rank = (file: string) => (/^_?index\./i.test(nameOf(file)) ? 0 : folderPage.test(withoutExtension(nameOf(file))) ? 1 : 2);
  for (const file of [...files].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))) {
    const path = withoutExtension(shown(file));
    const own = folderPage.test(nameOf(path)) ? folderOf(path) : path;
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
