import type { SourceConfig } from './config.ts';
import { cut } from './text.ts';

const pageFile = /\.(?:md|markdown)$/i;
export const isPageFile = (path: string): boolean => pageFile.test(path);
const folderPage = /^(?:index|readme)$/i;

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

/** Whether a file takes no part: a name that begins with `.` or `_`, folders of collections aside, or what `_config.yml` excludes. */
export function isLeftOut(path: string, { collections, leftOut }: Pick<SourceConfig, 'collections' | 'leftOut'>): boolean {
  const collection = collections.find((name) => path.startsWith(`${name}/`));
  const shown = collection ? path.slice(collection.length + 1) : path;
  return shown.split('/').some((part) => part.startsWith('.') || part.startsWith('_')) || leftOut(path);
}

/** Characters for the number behind the path of a page whose own is taken. */
const numberRoom = 8;

/** Path of a page without what an address cannot hold, at most `longest` characters. */
function clean(path: string, longest: number): string {
  const parts = path.split('/').map((part) => {
    const kept = part.replaceAll(/[?#\\\p{Cc}\p{Zl}\p{Zp}]/gu, '-').trim();
    return kept === '' || kept === '.' || kept === '..' ? '-' : kept;
  });
  return cut(parts.join('/'), longest).replace(/(?:\/\.{0,2})+$/, '');
}

/**
 * Pages' paths below the source's own, by file: `a/b.md` is `a/b`, the index or README of a folder is the folder.
 * `index` goes before `README`, and both before a file beside the folder that has its name. `room` is what the path
 * of the source leaves of the 400 characters of a page's.
 */
export function pagePaths(files: readonly string[], collections: readonly string[], room = 400): Map<string, string> {
  const longest = room - numberRoom;
  const numbers = new Map<string, number>();
  const taken = new Set<string>();
  const paths = new Map<string, string>();
  const shown = (file: string) => {
    const collection = collections.find((name) => file.startsWith(`${name}/`));
    return collection ? file.slice(0, collection.lastIndexOf('/_') + 1) + file.slice(collection.lastIndexOf('_') + 1) : file;
  };
  const rank = (file: string) => (/^index\./i.test(nameOf(file)) ? 0 : folderPage.test(withoutExtension(nameOf(file))) ? 1 : 2);
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
