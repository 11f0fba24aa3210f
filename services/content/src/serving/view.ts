import type { PageView } from '@sidekick/contracts';
import type { Audience } from '../access/reader.ts';
import { dueAt, metaOf, type StoredPage } from '../pages/page.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import type { Revision } from '../revisions/revision.ts';
import { serveHeadings, serveHtml } from './serve.ts';
import { fileOfPage, suggestionsFor } from './suggestions.ts';

const wordsAMinute = 220;

/** A page as an audience sees it now. */
export async function pageView(
  { doc, version }: StoredPage,
  revision: Revision,
  replica: PagesReplica,
  audience: Audience,
): Promise<PageView> {
  const likely = await suggestionsFor(revision, replica, audience);
  const tree = replica.tree(audience);
  return {
    ...metaOf(doc),
    id: doc._id,
    version,
    revision: doc.revision,
    createdAt: doc.createdAt,
    changedAt: doc.changedAt,
    changedBy: audience === 'public' ? '' : doc.changedBy,
    ...(audience === 'public' ? hiddenFromOutside(doc.place.parent, replica, audience) : {}),
    html: serveHtml(revision, { title: doc.title, file: fileOfPage(doc), suggestionsFor: likely }, replica, audience),
    headings: serveHeadings(revision, doc.title),
    breadcrumb: tree.above(doc._id),
    children: tree.childrenOf(doc._id),
    ...tree.around(doc._id),
    linkedFrom: replica.linkedFrom(doc._id, audience),
    minutes: Math.max(1, Math.round(revision.words / wordsAMinute)),
    dueAt: dueAt(doc),
  };

  /** Who owns it and what it is filed below may be no business of an outsider. */
  function hiddenFromOutside(parent: string | null, of: PagesReplica, to: Audience): Pick<PageView, 'owners' | 'place'> {
    const seen =
      parent !== null &&
      of
        .tree(to)
        .above(doc._id)
        .some(({ id }) => id === parent);
    return { owners: doc.owners.filter(({ type }) => type === 'team'), place: { ...doc.place, parent: seen ? parent : null } };
  }
}
