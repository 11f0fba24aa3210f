import { longestBody, PageCreate, PagePatch, type PageView } from '@sidekick/contracts';
import type { Fields } from './drafts.ts';

const tagsOf = (tags: string): string[] => [
  ...new Set(
    tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

export const fieldsOf = (page: PageView, body: string): Fields => ({
  title: page.title,
  path: page.path,
  body,
  visibility: page.visibility,
  tags: page.tags.join(', '),
  message: '',
});

/** Only what differs: a field nobody touched overwrites nothing. */
export function patchOf(before: Fields, after: Fields): PagePatch {
  const tags = tagsOf(after.tags);
  return {
    ...(after.title.trim() !== before.title && { title: after.title.trim() }),
    ...(after.path !== before.path && { path: after.path }),
    ...(after.body !== before.body && { body: after.body }),
    ...(after.visibility !== before.visibility && { visibility: after.visibility }),
    ...(tags.join() !== tagsOf(before.tags).join() && { tags }),
    ...(after.message.trim() !== '' && { message: after.message.trim() }),
  };
}

export const createOf = ({ title, path, body, visibility, tags }: Fields) => ({
  title: title.trim(),
  path,
  body,
  visibility,
  tags: tagsOf(tags),
});

/** What is wrong, by field, in words; empty when it can be sent. */
export function wrongIn(fields: Fields): Map<string, string> {
  const wrong = new Map<string, string>();
  if (fields.title.trim() === '') wrong.set('title', 'A page needs a title');
  else if (!PageCreate.shape.title.safeParse(fields.title).success) wrong.set('title', 'The title is too long: 300 characters at most');
  if (!PagePatch.shape.path.safeParse(fields.path).success)
    wrong.set('path', 'Words and slashes, such as data/postgres/migrations; no slash at either end, no “.” or “..”');
  if (!PagePatch.shape.tags.safeParse(tagsOf(fields.tags)).success) wrong.set('tags', 'At most 50 tags of at most 60 characters each');
  if (new TextEncoder().encode(fields.body).length > longestBody)
    wrong.set('body', `The text is too long: ${longestBody / 1_000_000} MB at most`);
  return wrong;
}

/** The last part of an address for a title: `Zero-downtime migrations` to `zero-downtime-migrations`. */
function slugOf(title: string): string {
  return title
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

export const pathFor = (below: string, title: string): string => [below, slugOf(title)].filter(Boolean).join('/');
