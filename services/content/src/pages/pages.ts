import type { Clock } from '@sidekick/service-kit';
import type { Collection } from '@sidekick/store';
import type { Page } from './page.ts';
import type { PagesReplica } from './pages-replica.ts';
import type { Removals } from './removal.ts';

/** All pages, in the store and in memory, and what their changes are dated and told by. */
export interface Pages {
  pages: Collection<Page, 'by-touched'>;
  removals: Removals;
  replica: PagesReplica;
  clock: Clock;
  epoch(): Promise<string>;
}
