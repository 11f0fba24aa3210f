import type { Collection } from '@sidekick/store';
import type { RecentRevisions } from './recent.ts';
import type { Revision } from './revision.ts';

/** What pages say and said. */
export interface Revisions {
  revisions: Collection<Revision, 'by-page'>;
  recent: RecentRevisions;
}
