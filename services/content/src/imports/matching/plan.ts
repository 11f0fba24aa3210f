import { ulid } from 'ulid';
import type { LinkPage } from '../../links/link-page.ts';
import type { ImportedMeta, StoredPage } from '../../pages/page.ts';
import { isFolderPage, joinPath } from '../../text/paths.ts';
import type { Scanned, SourcePage } from '../reading/scan.ts';
import { type MatchOptions, matchPages } from './match.ts';
import { type Opened, openCircles } from './open-circles.ts';
import { pagePaths } from './page-paths.ts';
import { findParents } from './parents.ts';

/** A file, the page it is or will be, and where that stands. */
export interface Planned {
  id: string;
  page: SourcePage;
  existing: StoredPage | null;
  path: string;
  meta: ImportedMeta;
  link: LinkPage;
}

export interface PlanOptions extends Omit<MatchOptions, 'pathOf'> {
  scanned: Scanned;
  into: string;
  public: boolean;
  /** Every page that is there, of whatever source. */
  stored: readonly StoredPage[];
}

export interface Plan {
  pages: Planned[];
  /** Pages whose file is gone. */
  vanished: StoredPage[];
  notTaken: Opened<Planned>['notTaken'];
}

/** Matches files with the pages they made before and finds where each stands. */
export async function planImport({ scanned, into, public: isPublic, stored, ...matching }: PlanOptions): Promise<Plan> {
  const { config, root } = scanned;
  const paths = pagePaths(
    scanned.pages.map(({ file }) => file),
    { collections: config.collections, root, room: 399 - into.length },
  );
  const pathOf = (page: SourcePage) => joinPath(into, paths.get(page.file) ?? '');
  const { matches, vanished } = await matchPages(scanned, { ...matching, pathOf });
  const ids = new Map(scanned.pages.map((page) => [page, matches.get(page)?.doc._id ?? ulid()]));
  const placed = scanned.pages.map((page) => ({ ...page, id: ids.get(page) ?? '' }));
  const parents = await findParents(placed, matching.pause);
  const asked = scanned.pages.map((page): Planned => {
    const id = ids.get(page) ?? '';
    const path = pathOf(page);
    const link = linkPage(page, { id, path });
    return { id, page, existing: matches.get(page) ?? null, path, meta: metaFor(page, parents.get(id) ?? null, into, isPublic), link };
  });
  const { pages, notTaken } = openCircles(asked, stored);
  // What moves frees its path before anything else asks for it.
  const moves = ({ existing, path }: Planned) => (existing && existing.doc.imported?.path !== path ? 0 : 1);
  return { pages: pages.sort((a, b) => moves(a) - moves(b)), vanished, notTaken };
}

function metaFor({ title, meta }: SourcePage, parent: string | null, into: string, isPublic: boolean): ImportedMeta {
  return {
    title,
    visibility: meta.visibility ?? (isPublic ? 'public' : 'internal'),
    status: meta.published ? 'published' : 'draft',
    owners: meta.owners,
    tags: meta.tags,
    place: { parent, order: meta.order, exclude: meta.exclude },
    under: parent === null && meta.parent === null && meta.navigates ? into : null,
    searchExclude: meta.searchExclude,
    reviewEveryWeeks: meta.reviewEveryWeeks,
    reviewedAt: meta.reviewedAt,
  };
}

const linkPage = ({ file, title, jekyll, address, also }: SourcePage, { id, path }: { id: string; path: string }): LinkPage => ({
  id,
  file,
  path,
  title,
  address,
  also,
  pretty: !jekyll || isFolderPage(file),
});
