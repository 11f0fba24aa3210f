import type { MissingTarget } from '@sidekick/contracts';
import { anchorIn } from '../rendering/anchors.ts';
import type { RawLink } from '../rendering/sanitise.ts';
import { folderOf, isFolderPage, isPageFile, joinPath, nameOf, normalise, withoutExtension } from './source-paths.ts';

/** A page as links see it. Paths of files and folders are those of the source; `path` is the page's own. */
export interface LinkPage {
  id: string;
  file: string;
  path: string;
  title: string;
  /** Its address in the source's own site, without slashes at the ends, where that is not told by its file. */
  permalink: string | null;
  /** Whether that site gives it a folder of its own, from which relative links lead. */
  pretty: boolean;
}

export interface TargetsOptions {
  pages: readonly LinkPage[];
  /** Files that are no pages. */
  files: ReadonlySet<string>;
  /** Path of the source's own folder among all pages. */
  into: string;
  baseurl: string;
  anchorsOf: (id: string) => readonly string[];
  /** A page anywhere, by its path below `/p/`. */
  anywhere?: (path: string) => { id: string; path: string } | undefined;
}

export type RawTarget =
  | { is: 'page'; id: string; path: string; anchor: string }
  | { is: 'here'; anchor: string }
  | { is: 'file'; file: string }
  | { is: 'attachment'; hash: string; name: string }
  | { is: 'folder'; path: string }
  | { is: 'missing'; path: string | null; anchor: string };
export interface Resolved {
  to: RawTarget;
  /** Set when the source does not hold what is meant. */
  missing: MissingTarget['kind'] | null;
}
export type Resolve = (from: LinkPage, link: RawLink) => Resolved;

/** Finds what links of a source mean. A relative target is tried from the file's folder, then from the page's address. */
export function createTargets(options: TargetsOptions): Resolve {
  const index = indexOf(options);
  return (from, { kind, target }) => {
    if (/^liquid:/i.test(target)) return { to: { is: 'missing', path: null, anchor: '' }, missing: null };
    const { path, anchor } = split(target);
    if (/^wiki:/i.test(target)) return wiki(from, path.slice(5), anchor);
    if (path === '') return anchored(from, anchor, { is: 'here', anchor });
    const attachment = /^\/api\/v1\/attachments\/([0-9a-f]{64})\/([^/]+)$/.exec(path);
    if (attachment) return { to: { is: 'attachment', hash: attachment[1] ?? '', name: attachment[2] ?? '' }, missing: null };
    const other = path.startsWith('/p/') ? options.anywhere?.(path.slice(3).replace(/\/$/, '')) : undefined;
    if (other) return anchored(other, anchor, { is: 'page', id: other.id, path: other.path, anchor });
    return found(from, candidates(from, path), anchor) ?? nothing(kind, candidates(from, path), anchor);
  };

  function candidates(from: LinkPage, path: string): string[] {
    const jekyll = /^jekyll:/i.test(path);
    if (jekyll || path.startsWith('/')) {
      const rooted = jekyll ? path.slice(7) : path;
      const { baseurl } = options;
      const without = baseurl && (rooted === baseurl || rooted.startsWith(`${baseurl}/`)) ? [rooted.slice(baseurl.length)] : [];
      return [...without, rooted].flatMap((one) => normalise(one) ?? []);
    }
    const own = from.permalink ?? (isFolderPage(from.file) ? folderOf(from.file) : withoutExtension(from.file));
    const address = from.pretty ? own : folderOf(own);
    return [folderOf(from.file), address].flatMap((base) => normalise(joinPath(base, path)) ?? []);
  }

  function found(from: LinkPage, paths: readonly string[], anchor: string): Resolved | undefined {
    for (const path of paths) {
      const page = index.page(path);
      if (page)
        return anchored(page, anchor, page.id === from.id ? { is: 'here', anchor } : { is: 'page', id: page.id, path: page.path, anchor });
      if (options.files.has(path)) return { to: { is: 'file', file: path }, missing: null };
    }
    const folder = paths.find((path) => index.folders.has(path));
    return folder === undefined ? undefined : { to: { is: 'folder', path: joinPath(options.into, folder) }, missing: null };
  }

  /** The anchor as the page has it; one it has not is kept, and missing. `#` and `#top` lead to the top of any page. */
  function anchored(page: { id: string }, anchor: string, to: RawTarget): Resolved {
    if (anchor === '' || anchor === 'top') return { to, missing: null };
    const known = anchorIn(options.anchorsOf(page.id), anchor);
    return known === undefined ? { to, missing: 'anchor' } : { to: { ...to, anchor: known } as RawTarget, missing: null };
  }

  function nothing(kind: RawLink['kind'], paths: readonly string[], anchor: string): Resolved {
    const [first] = paths;
    if (kind === 'image') return { to: { is: 'missing', path: null, anchor: '' }, missing: 'image' };
    const name = nameOf(first ?? '');
    const isFile = /\.[a-z0-9]{1,8}$/i.test(name) && !isPageFile(name) && !/\.html?$/i.test(name);
    const path = first === undefined || isFile ? null : joinPath(options.into, withoutExtension(first).replace(/\.html?$/i, ''));
    return { to: { is: 'missing', path, anchor }, missing: isFile ? 'file' : 'page' };
  }

  function wiki(from: LinkPage, words: string, anchor: string): Resolved {
    const named = index.titled(words);
    const near = named.find(({ file }) => folderOf(file) === folderOf(from.file)) ?? named[0];
    const page = near ?? index.page(normalise(words) ?? '') ?? index.page(normalise(joinPath(folderOf(from.file), words)) ?? '');
    if (!page) return { to: { is: 'missing', path: null, anchor }, missing: 'page' };
    return anchored(page, anchor, page.id === from.id ? { is: 'here', anchor } : { is: 'page', id: page.id, path: page.path, anchor });
  }
}

/** The path and anchor of a target, decoded; a query such as `?raw=true` says nothing here. */
function split(target: string): { path: string; anchor: string } {
  const isWiki = /^wiki:/i.test(target);
  const whole = isWiki ? decoded(target).replace(/\|.*$/, '') : target;
  const hash = whole.indexOf('#');
  const before = hash < 0 ? whole : whole.slice(0, hash);
  return {
    path: isWiki ? before.trim() : decoded(before.replace(/\?.*$/, '')),
    anchor: hash < 0 ? '' : decoded(whole.slice(hash + 1)).trim(),
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function indexOf({ pages, files }: TargetsOptions) {
  const byFile = new Map(pages.map((page) => [page.file, page]));
  const byAddress = new Map<string, LinkPage>();
  const byTitle = new Map<string, LinkPage[]>();
  const folders = new Set<string>();
  const claim = (address: string, page: LinkPage) => {
    if (!byAddress.has(address)) byAddress.set(address, page);
  };
  for (const page of pages) if (page.permalink !== null) claim(page.permalink, page);
  for (const page of pages) if (/^index\./i.test(nameOf(page.file))) claim(folderOf(page.file), page);
  for (const page of pages) if (isFolderPage(page.file)) claim(folderOf(page.file), page);
  for (const page of pages) {
    claim(withoutExtension(page.file), page);
    const title = page.title.toLowerCase();
    byTitle.set(title, [...(byTitle.get(title) ?? []), page]);
  }
  for (const file of [...byFile.keys(), ...files])
    for (let at = folderOf(file); at !== '' && !folders.has(at); at = folderOf(at)) folders.add(at);
  return {
    folders,
    titled: (words: string) => byTitle.get(words.toLowerCase()) ?? [],
    page: (path: string) =>
      byFile.get(path) ??
      byAddress.get(path) ??
      byAddress.get(path.replace(/(?:^|\/)index\.html?$|\.html?$/i, '')) ??
      byFile.get(`${path}.md`),
  };
}
