import type { MissingTarget } from '@sidekick/contracts';
import { anchorIn } from '../rendering/anchors.ts';
import type { RawLink } from '../rendering/sanitise.ts';
import { folderOf, isFolderPage, isPageFile, joinPath, nameOf, normalise, withoutExtension } from '../text/paths.ts';
import type { LinkPage } from './link-page.ts';
import { indexOf } from './target-index.ts';
import { decoded, filePart, partsOf } from './target-parts.ts';

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
  /** Set for a root-relative address that is none of this site. */
  outside?: boolean;
}
export type Resolve = (from: LinkPage, link: RawLink) => Resolved;

/** Finds what links of a source mean. A relative target is tried from the file's folder, then from the page's address. */
export function createTargets(options: TargetsOptions): Resolve {
  const index = indexOf(options);
  return (from, { kind, target }) => {
    if (/^liquid:/i.test(target)) return { to: { is: 'missing', path: null, anchor: '' }, missing: null };
    if (/^wiki:/i.test(target)) return wiki(from, decoded(target.slice(5)).trim());
    const named = filePart(target);
    if (named !== null) {
      // `#` and `?` may be part of a file's name.
      const exact = candidates(from, named).find(({ path }) => index.isFile(path));
      if (exact) return found(from, [exact], '') as Resolved;
    }
    const { path, anchor } = partsOf(target);
    if (path === '') return anchored(from, anchor, { is: 'here', anchor });
    const attachment = /^\/api\/v1\/attachments\/([0-9a-f]{64})\/([^/]+)$/.exec(path);
    if (attachment) return { to: { is: 'attachment', hash: attachment[1] ?? '', name: attachment[2] ?? '' }, missing: null };
    const other = path.startsWith('/p/') ? options.anywhere?.(path.slice(3).replace(/\/$/, '')) : undefined;
    if (other) return anchored(other, anchor, { is: 'page', id: other.id, path: other.path, anchor });
    const paths = candidates(from, path);
    return found(from, paths, anchor) ?? nothing(kind, { path, paths, anchor });
  };

  /** What a path may mean, most likely first; `slash` tells an address of a folder from one of a page beside it. */
  function candidates(from: LinkPage, path: string): Candidate[] {
    const slash = /(?:^|\/)\.{0,2}$/.test(path);
    const as = (one: string): Candidate[] => {
      const normal = normalise(one);
      return normal === null ? [] : [{ path: normal, slash }];
    };
    const jekyll = /^jekyll:/i.test(path);
    if (/^post:/i.test(path)) return index.post(path.slice(5)).flatMap(as);
    if (jekyll || path.startsWith('/')) {
      const rooted = jekyll ? path.slice(7) : path;
      const without = isBelow(rooted, options.baseurl) && options.baseurl ? [rooted.slice(options.baseurl.length)] : [];
      return [...without, rooted, ...index.roots.map((root) => `${root}/${rooted}`)].flatMap(as);
    }
    const own = isFolderPage(from.file) ? folderOf(from.file) : withoutExtension(from.file);
    const served = from.address === null ? (from.pretty ? own : folderOf(own)) : folderOf(from.address);
    // A browser knows addresses alone: where the site serves something there, that is what its readers get.
    const first = from.address === null || isPageFile(path) ? [] : as(joinPath(served, path)).map((one) => ({ ...one, isAddress: true }));
    return [...first, ...[folderOf(from.file), served].flatMap((base) => as(joinPath(base, path)))];
  }

  function found(from: LinkPage, paths: readonly Candidate[], anchor: string): Resolved | undefined {
    for (const { path, slash, isAddress } of paths) {
      const page = isAddress ? index.served(path, slash) : index.page(path, slash);
      if (page) return leads(from, page, anchor);
      const file = index.file(path);
      if (file !== undefined) return { to: { is: 'file', file }, missing: null };
    }
    const folder = paths.find(({ path }) => index.folders.has(path))?.path;
    return folder === undefined ? undefined : { to: { is: 'folder', path: joinPath(options.into, folder) }, missing: null };
  }

  /** The anchor as the page has it; one it has not is kept, and missing. `#` and `#top` lead to the top of any page. */
  function anchored(page: { id: string }, anchor: string, to: RawTarget): Resolved {
    if (anchor === '' || anchor === 'top') return { to, missing: null };
    const known = anchorIn(options.anchorsOf(page.id), anchor);
    return known === undefined ? { to, missing: 'anchor' } : { to: { ...to, anchor: known } as RawTarget, missing: null };
  }

  function nothing(kind: RawLink['kind'], of: { path: string; paths: readonly Candidate[]; anchor: string }): Resolved {
    const first = of.paths[0]?.path;
    const outside = kind === 'link' && isOutside(of.path);
    if (kind === 'image') return { to: { is: 'missing', path: null, anchor: '' }, missing: 'image' };
    const name = nameOf(first ?? '');
    const isFile = /\.[a-z0-9]{1,8}$/i.test(name) && !isPageFile(name) && !/\.html?$/i.test(name);
    const wanted = joinPath(options.into, withoutExtension(first ?? '').replace(/\.html?$/i, ''));
    const path = first === undefined || isFile || outside ? null : wanted;
    return { to: { is: 'missing', path, anchor: of.anchor }, missing: isFile ? 'file' : 'page', outside };
  }

  /** Whether a root-relative address is of another site on the same server: below no base address, in no folder of this one. */
  function isOutside(path: string): boolean {
    if (!path.startsWith('/') || path.startsWith('/p/')) return false;
    const { baseurl } = options;
    if (isBelow(path, baseurl) && baseurl !== '') return false;
    return !index.tops.has(path.split('/', 2)[1]?.toLowerCase() ?? '');
  }

  /** A title may hold `#` and `|`: the whole is tried first, then without the words shown, then without a heading. */
  function wiki(from: LinkPage, whole: string): Resolved {
    const bar = whole.indexOf('|');
    const target = bar < 0 ? whole : whole.slice(0, bar).trim();
    for (const words of new Set([whole, target])) {
      const page = titled(from, words);
      if (page) return leads(from, page, '');
    }
    for (
      let hash = target.lastIndexOf('#'), tries = 0;
      hash >= 0 && tries < 8;
      hash = hash > 0 ? target.lastIndexOf('#', hash - 1) : -1, tries++
    ) {
      const anchor = target.slice(hash + 1).trim();
      const words = target.slice(0, hash).trim();
      const page = words === '' ? from : titled(from, words);
      if (page) return leads(from, page, anchor);
    }
    return { to: { is: 'missing', path: null, anchor: '' }, missing: 'page' };
  }

  function titled(from: LinkPage, words: string): LinkPage | undefined {
    const named = index.titled(words);
    const near = named.find(({ file }) => folderOf(file) === folderOf(from.file)) ?? named[0];
    const at = (path: string) => {
      const normal = normalise(path);
      return normal === null || normal === '' ? undefined : index.page(normal, false);
    };
    return near ?? at(words) ?? at(joinPath(folderOf(from.file), words));
  }

  function leads(from: LinkPage, page: LinkPage, anchor: string): Resolved {
    return anchored(page, anchor, page.id === from.id ? { is: 'here', anchor } : { is: 'page', id: page.id, path: page.path, anchor });
  }
}

interface Candidate {
  path: string;
  slash: boolean;
  /** Only what the site serves there is meant. */
  isAddress?: boolean;
}

const isBelow = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`);
