import type { PageView } from '@sidekick/contracts';
import type { Audience } from '../access/reader.ts';
import { dueAt, metaOf, type StoredPage } from '../pages/page.ts';
import type { Site } from '../pages/site.ts';
import type { Revision } from '../revisions/revision.ts';
import { fileOfPage, likelyFor } from './likely.ts';
import { serveHeadings, serveHtml } from './serve.ts';

const wordsAMinute = 220;

/** A page as an audience sees it now. */
export async function pageView({ doc, version }: StoredPage, revision: Revision, site: Site, audience: Audience): Promise<PageView> {
  const likely = await likelyFor(revision, site, audience);
  const tree = site.tree(audience);
  return {
    ...metaOf(doc),
    id: doc._id,
    version,
    revision: doc.revision,
    createdAt: doc.createdAt,
    changedAt: doc.changedAt,
    changedBy: audience === 'public' ? '' : doc.changedBy,
    ...(audience === 'public' ? hiddenFromOutside(doc.place.parent, site, audience) : {}),
    html: serveHtml(revision, { title: doc.title, file: fileOfPage(doc), likelyFor: likely }, site, audience),
    headings: serveHeadings(revision, doc.title),
    breadcrumb: tree.above(doc._id),
    children: tree.childrenOf(doc._id),
    ...tree.around(doc._id),
    linkedFrom: site.linkedFrom(doc._id, audience),
    minutes: Math.max(1, Math.round(revision.words / wordsAMinute)),
    dueAt: dueAt(doc),
  };

  /** Who owns it and what it is filed below may be no business of an outsider. */
  function hiddenFromOutside(parent: string | null, of: Site, to: Audience): Pick<PageView, 'owners' | 'place'> {
    const seen =
      parent !== null &&
      of
        .tree(to)
        .above(doc._id)
        .some(({ id }) => id === parent);
    return { owners: doc.owners.filter(({ type }) => type === 'team'), place: { ...doc.place, parent: seen ? parent : null } };
  }
}
