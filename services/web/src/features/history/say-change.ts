import type { PageChange } from '@sidekick/contracts';

const words: Record<Exclude<PageChange['fields'][number], 'text' | 'path'>, string> = {
  title: 'title',
  place: 'place in the tree',
  status: 'archived or not',
  visibility: 'who may read it',
  owners: 'owners',
  tags: 'tags',
  review: 'review',
};

/** `Moved away from /data/old; changed: tags and owners`. */
export function sayChange({ fields, movedFrom }: PageChange): string {
  const rest = fields.flatMap((field) => (field === 'text' || field === 'path' ? [] : [words[field]]));
  const list = new Intl.ListFormat('en-GB').format(rest);
  if (movedFrom === null) return `Changed: ${list}`;
  return `Moved away from /${movedFrom}${rest.length > 0 ? `; changed: ${list}` : ''}`;
}
