import type { AttachmentView, Crumb } from '@sidekick/contracts';
import type { StoredPage } from '../pages/page.ts';
import type { PagesReplica } from '../pages/pages-replica.ts';
import { fileUrl, type StoredFile } from './file.ts';
import { isImage, typeOf } from './sniff.ts';

const crumbOf = ({ doc }: StoredPage): Crumb => ({ id: doc._id, path: doc.path, title: doc.title });

/** A file as it is answered; `known` is null for one of an import. */
export function attachmentView(replica: PagesReplica, hash: string, name: string, known: StoredFile | null): AttachmentView {
  const url = fileUrl(hash, name);
  const type = known?.type ?? typeOf(name);
  const usedBy = replica.usersOf(hash).map(crumbOf);
  const words = name.replace(/\.[^.]*$/, '').replaceAll(/[-_]+/g, ' ');
  return {
    hash,
    name,
    type,
    size: known?.size ?? null,
    url,
    markdown: isImage(type) ? `![${words}](${url})` : `[${name}](${url})`,
    addedBy: known?.by?.name ?? null,
    addedAt: known?.at ?? null,
    // A page that uses it again is seen at once; its record, by the next sweep.
    unusedSince: usedBy.length > 0 ? null : (known?.unusedSince ?? null),
    usedBy,
  };
}
