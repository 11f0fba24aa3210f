import type { Identity, PageMeta } from '@sidekick/contracts';

/** Readers differ by this alone: nobody signed in sees public pages, everybody else all of them. */
export type Audience = 'public' | 'internal';

export const audienceOf = (identity: Identity | null): Audience => (identity ? 'internal' : 'public');

type Shown = Pick<PageMeta, 'status' | 'visibility'>;

/** Whether a page shows in the tree, links and lists of an audience. */
export const shows = (page: Shown, audience: Audience): boolean =>
  page.status === 'published' && (audience === 'internal' || page.visibility === 'public');

/** Whether its address answers. Drafts and archived pages do to those who are signed in. */
export const mayRead = (page: Shown, identity: Identity | null): boolean => identity !== null || shows(page, 'public');
