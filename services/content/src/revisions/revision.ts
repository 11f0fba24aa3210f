import { Heading, Instant, type RevisionView, Ulid } from '@sidekick/contracts';
import type { CollectionDef } from '@sidekick/store';
import { z } from 'zod';

/** Where a link leads, by the id of the page, so that renaming or moving it changes nothing here. */
const Target = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('page'), id: Ulid, path: z.string(), anchor: z.string() }),
  z.strictObject({ is: z.literal('here'), anchor: z.string() }),
  z.strictObject({ is: z.literal('file'), hash: z.string(), name: z.string() }),
  z.strictObject({ is: z.literal('folder'), path: z.string() }),
  /** Nothing is there; `path` is where a page would have to be made to mend it. */
  z.strictObject({ is: z.literal('missing'), path: z.string().nullable(), anchor: z.string() }),
]);
export type Target = z.infer<typeof Target>;

/** A link as written and where it leads. `sk:<index>` in the HTML stands for it. */
export const Link = z.strictObject({ kind: z.enum(['link', 'image']), target: z.string(), to: Target });
export type Link = z.infer<typeof Link>;

/** A body and what was rendered from it; never changed. */
export const Revision = z.strictObject({
  _id: Ulid,
  page: Ulid,
  title: z.string(),
  body: z.string(),
  at: Instant,
  by: z.string(),
  message: z.string(),
  origin: z.enum(['edit', 'import']),
  html: z.string(),
  lead: z.strictObject({ id: z.string(), text: z.string() }).nullable(),
  headings: z.array(Heading),
  anchors: z.array(z.string()),
  links: z.array(Link),
  sections: z.array(
    z.strictObject({ anchor: z.string(), heading: z.string(), level: z.number().int(), text: z.string(), code: z.string() }),
  ),
  words: z.number().int(),
});
export type Revision = z.infer<typeof Revision>;

/** ULIDs sort by time: a page's revisions in order of their ids. */
export const revisions = {
  name: 'revisions',
  schema: Revision,
  indexes: { 'by-page': ['page', '_id'] },
} as const satisfies CollectionDef<Revision, 'by-page'>;

export const viewOf = ({ _id, page, title, body, at, by, message, origin }: Revision): RevisionView => ({
  id: _id,
  page,
  title,
  body,
  at,
  by,
  message,
  origin,
});

/** Whether an opening heading says the title of its page again. */
export const isTitle = (lead: { text: string }, title: string): boolean => lead.text.trim().toLowerCase() === title.trim().toLowerCase();
