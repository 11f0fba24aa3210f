import { type Audience, shows } from '../access/reader.ts';
import { fileUrl } from '../attachments/file.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import type { Link } from '../revisions/revision.ts';

/** Addresses as the browser asks for them, through the gateway. */
export const pageUrl = (path: string, anchor = ''): string =>
  `/p/${path.split('/').map(encodeURIComponent).join('/')}${anchor ? `#${encodeURIComponent(anchor)}` : ''}`;

/** Where a link leads for an audience; null for nowhere. */
export function urlOf(link: Link | undefined, replica: PagesReplica, audience: Audience): string | null {
  if (!link) return null;
  const { to } = link;
  switch (to.is) {
    case 'here':
      return `#${encodeURIComponent(to.anchor)}`;
    case 'file':
      return fileUrl(to.hash, to.name);
    case 'page':
      return pageAt(replica.get(to.id) ?? replica.byPath(to.path), to.anchor, audience) ?? late(to.path, to.anchor, replica, audience);
    case 'folder':
      return late(to.path, '', replica, audience);
    case 'missing':
      return to.path === null ? null : late(to.path, to.anchor, replica, audience);
  }
}

const pageAt = (stored: ReturnType<PagesReplica['get']>, anchor: string, audience: Audience): string | null =>
  stored && shows(stored.doc, audience) ? pageUrl(stored.doc.path, anchor) : null;

/** What was made at that path since, or the folder that stands for its children. */
function late(path: string, anchor: string, replica: PagesReplica, audience: Audience): string | null {
  return pageAt(replica.byPath(path), anchor, audience) ?? (replica.tree(audience).hasFolder(path) ? pageUrl(path) : null);
}

export const isDead = (link: Link, replica: PagesReplica, audience: Audience): boolean => urlOf(link, replica, audience) === null;
