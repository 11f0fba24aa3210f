import { longestBody, PageCreate, type PageMeta, PagePatch, type PageView } from '@sidekick/contracts';
import { type Base, type Fields, isOpen } from './draft.ts';

export const tagsOf = (tags: string): string[] => [
  ...new Set(
    tags
      .split(',')
      .map((tag) => tag.trim())
      .filter(Boolean),
  ),
];

/** Text as a text box has it: with line feeds alone. */
export const unix = (text: string): string => text.replaceAll(/\r\n?/g, '\n');

export const fieldsOf = (page: PageMeta, body: string): Fields => ({
  title: page.title,
  path: page.path,
  body: unix(body),
  visibility: page.visibility,
  tags: page.tags.join(', '),
  message: '',
  parent: page.place.parent,
  order: page.place.order === null ? '' : String(page.place.order),
  owners: page.owners,
  newOwner: '',
  review: page.reviewEveryWeeks === null ? '' : String(page.reviewEveryWeeks),
});

export function baseOf(page: PageView): Base {
  const { body: _body, ...fields } = fieldsOf(page, '');
  return { version: page.version, revision: page.revision, fields };
}

/** A number where it reads as one: `2` stands before `10`. */
function orderOf(typed: string): number | string | null {
  const words = typed.trim();
  if (words === '') return null;
  return /^-?\d+(?:\.\d+)?$/.test(words) ? Number(words) : words;
}
const weeksOf = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed));
const placeOf = ({ parent, order }: Fields, exclude: boolean) => ({ parent, order: orderOf(order), exclude });

/** Only what differs: a field nobody touched overwrites nothing. `exclude` as it is stored: the form has no field for it. */
export function patchOf(before: Fields, after: Fields, exclude = false): PagePatch {
  const tags = tagsOf(after.tags);
  return {
    ...(after.title.trim() !== before.title && { title: after.title.trim() }),
    ...(after.path !== before.path && { path: after.path }),
    ...(after.body !== before.body && { body: after.body }),
    ...(after.visibility !== before.visibility && { visibility: after.visibility }),
    ...(tags.join() !== tagsOf(before.tags).join() && { tags }),
    ...((after.parent !== before.parent || after.order.trim() !== before.order) && { place: placeOf(after, exclude) }),
    ...(JSON.stringify(after.owners) !== JSON.stringify(before.owners) && { owners: after.owners }),
    ...(weeksOf(after.review) !== weeksOf(before.review) && { reviewEveryWeeks: weeksOf(after.review) }),
    ...(after.message.trim() !== '' && { message: after.message.trim() }),
  };
}

export const createOf = (fields: Fields) => ({
  title: fields.title.trim(),
  path: fields.path,
  body: fields.body,
  visibility: fields.visibility,
  tags: tagsOf(fields.tags),
  owners: fields.owners,
  place: placeOf(fields, false),
  reviewEveryWeeks: weeksOf(fields.review),
});

/** What is wrong, by field, in words; empty when it can be sent. */
export function wrongIn(fields: Fields): Map<string, string> {
  const wrong = new Map<string, string>();
  if (fields.title.trim() === '') wrong.set('title', 'A page needs a title');
  else if (!PageCreate.shape.title.safeParse(fields.title).success) wrong.set('title', 'The title is too long: 300 characters at most');
  if (!PagePatch.shape.path.safeParse(fields.path).success)
    wrong.set('path', 'Words and slashes, such as data/postgres/migrations; no slash at either end, no “.” or “..”');
  if (!PagePatch.shape.tags.safeParse(tagsOf(fields.tags)).success) wrong.set('tags', 'At most 50 tags of at most 60 characters each');
  if (!PagePatch.shape.reviewEveryWeeks.safeParse(weeksOf(fields.review)).success)
    wrong.set('review', 'Whole weeks from 1 to 520; empty for never');
  if (isOpen(fields.parent)) wrong.set('parent', 'There is no page at this address');
  if (fields.newOwner.trim() !== '') wrong.set('owners', 'Press Enter to add this owner, or take the name out');
  if (fields.order.trim().length > 100) wrong.set('order', 'At most 100 characters');
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
