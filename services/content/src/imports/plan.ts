import { distinctNames } from '@sidekick/contracts';
import { ulid } from 'ulid';
import type { ImportedMeta, StoredPage } from '../pages/page.ts';
import { findParents } from './parents.ts';
import type { Scanned, SourcePage } from './scan.ts';
import { isFolderPage, joinPath, pagePaths } from './source-paths.ts';
import type { LinkPage } from './targets.ts';

/** A file, the page it is or will be, and where that stands. */
export interface Planned {
  id: string;
  page: SourcePage;
  existing: StoredPage | null;
  path: string;
  meta: ImportedMeta;
  link: LinkPage;
}

export interface PlanOptions {
  scanned: Scanned;
  /** Pages that this source made before. */
  known: readonly StoredPage[];
  into: string;
  public: boolean;
}

export interface Plan {
  pages: Planned[];
  /** Pages whose file is gone. */
  vanished: StoredPage[];
}

/** Matches files with the pages they made before, by file, then by content (a move), then by path. */
export function planImport({ scanned, known, into, public: isPublic }: PlanOptions): Plan {
  const paths = pagePaths(
    scanned.pages.map(({ file }) => file),
    scanned.config.collections,
    399 - into.length,
  );
  const pathOf = (page: SourcePage) => joinPath(into, paths.get(page.file) ?? '');
  const { matches, vanished } = match(scanned, known, pathOf);
  const ids = new Map(scanned.pages.map((page) => [page, matches.get(page)?.doc._id ?? ulid()]));
  const parents = findParents(
    scanned.pages.map((page) => ({ id: ids.get(page) ?? '', file: page.file, title: page.title, meta: page.meta })),
  );
  const pages = scanned.pages.map((page): Planned => {
    const id = ids.get(page) ?? '';
    const path = pathOf(page);
    const link = linkPage(page, { id, path }, scanned);
    return { id, page, existing: matches.get(page) ?? null, path, meta: metaFor(page, parents.get(id) ?? null, into, isPublic), link };
  });
  // What moves frees its path before anything else asks for it.
  const moves = ({ existing, path }: Planned) => (existing && existing.doc.imported?.path !== path ? 0 : 1);
  return { pages: pages.sort((a, b) => moves(a) - moves(b)), vanished };
}

function match({ pages, failed }: Scanned, known: readonly StoredPage[], pathOf: (page: SourcePage) => string) {
  const byFile = new Map(known.map((stored) => [stored.doc.imported?.file, stored]));
  const matches = new Map<SourcePage, StoredPage>();
  for (const page of pages) {
    const stored = byFile.get(page.file);
    if (stored) matches.set(page, stored);
  }
  const used = new Set(matches.values());
  const bad = new Set(failed.map(({ path }) => path));
  // The page of a file that failed this time stays as it is.
  const gone = new Set(known.filter((stored) => !used.has(stored) && !bad.has(stored.doc.imported?.file ?? '')));
  const take = (page: SourcePage, stored: StoredPage | undefined) => {
    if (!stored) return;
    matches.set(page, stored);
    gone.delete(stored);
  };
  const fresh = () => pages.filter((page) => !matches.has(page));
  const byBody = new Map<string | undefined, StoredPage[]>();
  for (const stored of gone) byBody.set(stored.doc.imported?.bodyHash, [...(byBody.get(stored.doc.imported?.bodyHash) ?? []), stored]);
  const byPath = new Map([...gone].map((stored) => [stored.doc.path, stored]));
  const same = (page: SourcePage) => (byBody.get(page.bodyHash) ?? []).filter((stored) => gone.has(stored));
  for (const page of fresh())
    take(
      page,
      same(page).find(({ doc }) => nameIn(doc.imported?.file) === nameIn(page.file)),
    );
  for (const page of fresh()) if (page.body.trim() !== '') take(page, same(page)[0]);
  for (const page of fresh())
    take(
      page,
      [byPath.get(pathOf(page))].find((stored) => stored && gone.has(stored)),
    );
  return { matches, vanished: [...gone] };
}

const nameIn = (file = ''): string => file.slice(file.lastIndexOf('/') + 1);

function metaFor({ title, meta }: SourcePage, parent: string | null, into: string, isPublic: boolean): ImportedMeta {
  return {
    title: title.normalize('NFC'),
    visibility: meta.visibility ?? (isPublic ? 'public' : 'internal'),
    status: meta.published ? 'published' : 'draft',
    owners: meta.owners,
    tags: distinctNames(meta.tags),
    place: { parent, order: meta.order, exclude: meta.exclude },
    under: parent === null && meta.parent === null && meta.navigates ? into : null,
    searchExclude: meta.searchExclude,
    reviewEveryWeeks: meta.reviewEveryWeeks,
    reviewedAt: meta.reviewedAt,
  };
}

function linkPage(page: SourcePage, { id, path }: { id: string; path: string }, { config }: Scanned): LinkPage {
  const { permalink } = page.meta;
  const address = permalink?.replace(/^\/+|\/+$|(?:index)?\.html?$/g, '') ?? null;
  const pretty = permalink === null ? !page.jekyll || config.permalink === 'pretty' || isFolderPage(page.file) : permalink.endsWith('/');
  return { id, file: page.file, path, title: page.title, permalink: address, pretty };
}
