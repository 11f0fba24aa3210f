import { isDeepStrictEqual } from 'node:util';
import type { PageChange } from '@sidekick/contracts';
import type { Page, StoredPage } from './page.ts';

/** Changes that a page remembers; its texts are all in its revisions. */
const most = 100;

const fields = {
  text: (page: Page) => page.revision,
  title: (page: Page) => page.title,
  path: (page: Page) => page.path,
  place: (page: Page) => page.place,
  status: (page: Page) => page.status,
  visibility: (page: Page) => page.visibility,
  owners: (page: Page) => page.owners,
  tags: (page: Page) => page.tags,
  review: (page: Page) => [page.reviewEveryWeeks, page.reviewedAt],
} satisfies Record<PageChange['fields'][number], (page: Page) => unknown>;
const names = Object.keys(fields) as (keyof typeof fields)[];

/** The page with what changed since `old` in its log. */
export function logged({ doc: old, version }: StoredPage, page: Page): Page {
  const changed = names.filter((name) => !isDeepStrictEqual(fields[name](old), fields[name](page)));
  if (changed.length === 0) return page;
  const movedFrom = changed.includes('path') ? old.path : null;
  const change = { version: version + 1, at: page.changedAt, by: page.changedBy, fields: changed, movedFrom };
  return { ...page, log: [...(old.log ?? []), change].slice(-most) };
}

/** Changes after a version, oldest first. */
export const changesSince = ({ log = [] }: Page, version: number): PageChange[] => log.filter((change) => change.version > version);
